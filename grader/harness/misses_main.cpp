// main() of a lab's cache-miss program: one call of one case in a worker that runs under Valgrind's
// cache simulator; the output of that very call is verified.
//
//   labNN_misses --case=matmul_blocked/64x400x400 --worker=PATH
//                --simulator=/usr/libexec/valgrind/callgrind-amd64-linux
//                --out=FOLDER/callgrind.out --d1=32768,8,64 --ll=1048576,16,64
//
// Counted is all that the worker does from its start to its end. That is a little more than the
// call, and leaves no place where a kernel could do its work uncounted: not in a handler that runs
// before the call, and not (Policy::Kind::simulator) in another process. The simulator tells of
// each system call before it is made, and one that kernels may not make elsewhere spoils the count
// here (simulator_log.h): so no code appears that rooflab/plausibility.py has not scanned for
// requests to the simulator. The simulator shares its memory with the kernel, though; what it
// counts must be plausible as well.
//
// Standard output tells how many "flops" and "bytes" the call takes at least. Exit status: 0
// counted and right; 1 the kernel failed, explained on standard error as "key: value" lines; 2
// wrong usage; 3 this machine cannot. The key comes in ROOFLAB_KEY.
#include <case.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>

#include "arguments.h"
#include "remote.h"
#include "simulator_log.h"

namespace {

using rooflab::harness::Arguments;
using rooflab::harness::Deadline;
using rooflab::harness::forbidden_call;
using rooflab::harness::Policy;
using rooflab::harness::Session;
using rooflab::testing::Case;

// A simulated call takes some fifty times as long.
constexpr Deadline kDeadline{std::chrono::seconds(60), std::chrono::seconds(240)};

Session::Options simulated(const Arguments& given, const Case& measured) {
  // From inside the folder, every path that the worker's stack holds is the same in all folders,
  // and so is the count.
  const std::filesystem::path output = std::filesystem::absolute(given.at("--out"));
  const std::filesystem::path worker = std::filesystem::absolute(given.at("--worker"));
  const std::string folder = output.parent_path();
  std::filesystem::current_path(folder);
  Session::Options options;
  // Valgrind's tool itself: the command `valgrind` would have to start it, which is forbidden here.
  options.program = given.at("--simulator");
  options.policy.kind = Policy::Kind::simulator;
  options.policy.argv = {"valgrind",
                         "-q",
                         "--quiet",
                         "--tool=callgrind",
                         "--cache-sim=yes",
                         "--vgdb=no",
                         "--trace-syscalls=yes",
                         "--D1=" + given.at("--d1"),
                         "--I1=" + given.at("--d1"),
                         "--LL=" + given.at("--ll"),
                         "--callgrind-out-file=" + output.string(),
                         "./" + worker.lexically_proximate(folder).string()};
  if (!options.policy.defences.whole_run) {
    options.policy.argv.insert(options.policy.argv.end() - 1,
                               "--toggle-collect=*rooflab_measured_call*");
  }
  const std::string tools = std::filesystem::path(options.program).parent_path();
  options.policy.environment = {"VALGRIND_LAUNCHER=valgrind", "VALGRIND_LIB=" + tools, "TMPDIR=."};
  options.policy.readable = {tools, "/proc", "/dev/null", worker};
  options.policy.writable = {folder, "/dev/null"};
  options.policy.limits.memory_bytes = 0;  // the simulator reserves far more than it uses
  options.policy.limits.stack_bytes = 0;
  options.policy.limits.file_bytes = std::size_t{64} << 20U;
  options.deadline = kDeadline;
  options.input_bytes = options.output_bytes =
      static_cast<std::size_t>(measured.bytes) + (1U << 20U);
  options.fixed_places = true;
  return options;
}

int count(const Arguments& given, const Case& measured) {
  std::printf("flops: %.0f\nbytes: %.0f\n", measured.flops, measured.bytes);
  Session session(simulated(given, measured));
  Session::set_current(&session);
  const auto run = measured.prepare(rooflab::testing::session_key());
  try {
    run->call();
  } catch (const rooflab::testing::KernelStopped& stopped) {
    std::fprintf(stderr, "%s\n", stopped.what());
    return 1;
  }
  const auto failure = session.defences().verify ? run->verify() : std::nullopt;
  if (failure) {
    const auto text = explain(measured.kernel, measured.call, measured.call, *failure);
    std::fprintf(stderr, "%s\n", text.c_str());
    return 1;
  }
  if (!session.worker().finish(kDeadline)) {
    std::fprintf(stderr, "reason: exited\nwhat: did not end in order\n");
    return 1;
  }
  const auto call = forbidden_call(session.worker().simulator_said(), session.limits());
  if (call && session.defences().traced_calls) {
    std::fprintf(stderr, "reason: forbidden_syscall\nwhat: asked for %s under the simulator\n",
                 call->c_str());
    return 1;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const auto given = rooflab::harness::read_arguments(
      argc, argv, {"--case", "--worker", "--simulator", "--out", "--d1", "--ll"});
  if (!given) return 2;
  const auto measured = rooflab::testing::find_case(given->at("--case"));
  if (!measured) return 2;
  try {
    return count(*given, *measured);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 3;
  }
}
