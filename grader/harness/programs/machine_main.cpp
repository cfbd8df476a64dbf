// rooflab_machine: what this machine can do, and whether the sandbox holds on it, as JSON.
//
//   rooflab_machine PROBE_WORKER
//   rooflab_machine --threads=2      only what one thread reaches, and so many at the same time
//
// Each probe is a kernel that tries something forbidden in a worker of its own. The tier is
// `complete` when every one of them was stopped and Landlock is there for the tools; else
// `partial`. ./lab doctor says what to do about it.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "programs/json.h"
#include "programs/peak.h"
#include "session/remote.h"

namespace {

using rooflab::harness::json_string;
using rooflab::harness::KernelFailure;
using rooflab::harness::Session;

struct Probe {
  const char* name;
  const char* reason;     // what the harness must say
  const char* what = "";  // and with which words in it
};

constexpr int kMostThreads = 64;
constexpr int kTurns = 4;

constexpr std::array kProbes = {
    Probe{"open_a_file", "forbidden_syscall", "openat"},
    Probe{"open_a_socket", "forbidden_syscall", "socket"},
    Probe{"start_a_process", "forbidden_syscall", "to start a process"},
    Probe{"signal_the_grader", "forbidden_syscall", "kill"},
    Probe{"trace", "forbidden_syscall", "ptrace"},
    Probe{"map_code", "forbidden_syscall", "mmap"},
    Probe{"make_memory_executable", "forbidden_syscall", "mprotect"},
    Probe{"set_a_limit", "forbidden_syscall", "prlimit64"},
    Probe{"read_a_limit_of_the_grader", "forbidden_syscall", "prlimit64"},
    Probe{"change_its_user", "forbidden_syscall", "setuid"},
    Probe{"write_an_input", "input_modified"},
};

// "stopped", or what happened instead.
std::string outcome(Session& session, const Probe& probe) {
  const std::array<float, 4> input{};
  try {
    if (std::string_view(probe.name) == "write_an_input") {
      rooflab::harness::remote(probe.name, std::span<const float>(input));
    } else {
      rooflab::harness::remote(probe.name);
    }
  } catch (const KernelFailure& failure) {
    // A probe that was stopped at something else has not tried what its name says.
    const bool there = failure.what_happened.find(probe.what) != std::string::npos;
    if (failure.reason == probe.reason && there) return "stopped";
    return "NOT stopped: " + failure.what_happened;
  }
  session.end_worker();
  return "NOT stopped";
}

int print_peaks(std::string_view number) {
  int threads = 0;
  const auto [rest, error] = std::from_chars(number.begin(), number.end(), threads);
  if (error != std::errc() || rest != number.end() || threads < 1 || threads > kMostThreads) {
    std::fprintf(stderr, "--threads=NUMBER, from 1 to %d\n", kMostThreads);
    return 2;
  }
  // In turns, so that a neighbour who comes or goes meets both.
  double one = 0;
  double all = 0;
  for (int turn = 0; turn < kTurns; ++turn) {
    one = std::max(one, rooflab::harness::measure_gflops_of(1));
    all = std::max(all, rooflab::harness::measure_gflops_of(threads));
  }
  std::printf("{\"one_gflops\": %.6g, \"all_gflops\": %.6g}\n", one, all);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: rooflab_machine PROBE_WORKER | --threads=NUMBER\n");
    return 2;
  }
  constexpr std::string_view kThreads = "--threads=";
  if (std::string_view(argv[1]).starts_with(kThreads)) {
    return print_peaks(std::string_view(argv[1]).substr(kThreads.size()));
  }
  const auto peak = rooflab::harness::measure_peak();
  const auto available = rooflab::harness::available();
  std::string parts;
  bool all_stopped = true;
  try {
    Session::Options options;
    options.program = argv[1];
    options.input_bytes = options.output_bytes = 1U << 16U;
    Session session(std::move(options));
    Session::set_current(&session);
    for (const Probe& probe : kProbes) {
      const std::string result = outcome(session, probe);
      all_stopped = all_stopped && result == "stopped";
      parts += ", " + json_string(probe.name) + ": " + json_string(result);
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 3;
  }
  const std::string landlock = available.landlock_abi > 0
                                   ? "version " + std::to_string(available.landlock_abi)
                                   : "missing: this kernel does not offer Landlock";
  const std::string user =
      available.root ? "separate" : "the grader's own: start the grader as root to separate them";
  const bool complete = all_stopped && available.landlock_abi > 0;
  std::printf(
      "{\"peak_gflops\": %.4g, \"bandwidth_gbs\": %.4g, \"sandbox\": {\"tier\": \"%s\", "
      "\"landlock\": %s, \"user\": %s%s}}\n",
      peak.gflops, peak.bandwidth_gbs, complete ? "complete" : "partial",
      json_string(landlock).c_str(), json_string(user).c_str(), parts.c_str());
  return 0;
}
