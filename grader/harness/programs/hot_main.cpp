// main() of a lab's program that samples: where calls of one case are at random moments, and their
// outputs verified.
//
//   labNN_hot --case=matmul_blocked/512 --worker=PATH --threads=1 --samples=400
//   labNN_hot --list                     the cases: name, floating-point operations, bytes
//
// Calls follow each other until there are enough samples or the time for them is spent. Of a worker
// with several threads, the first is sampled. Prints {"samples": 400, "calls": 12, "call_ns": …,
// "sites": [[address, samples, "kind", "text"], …]}, in the order of addresses, or {"unmeasured":
// "why"} where workers cannot be traced. Exit status: 0 in both cases; 1 the kernel failed,
// explained on standard error as "key: value" lines; 2 wrong usage; 3 this machine cannot. The key
// comes in ROOFLAB_KEY.
#include <rooflab/testing/core/case.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "instructions/sampler.h"
#include "programs/json.h"
#include "programs/one_call.h"
#include "session/remote.h"

namespace {

using rooflab::harness::Arguments;
using rooflab::harness::KernelFailure;
using rooflab::harness::Sampler;
using rooflab::harness::Session;
using rooflab::testing::Case;

constexpr std::chrono::nanoseconds kShortestGap = std::chrono::microseconds(50);
constexpr std::int64_t kCalls = 4;  // that the samples come from, at least
constexpr std::chrono::seconds kLongest(4);
constexpr int kTimedCalls = 5;

Session::Options options_for(const Arguments& given, const Case& measured) {
  Session::Options options;
  options.program = given.at("--worker");
  options.policy.own_user = rooflab::harness::may_trace_other_users();
  options.policy.limits.threads = std::stoi(given.at("--threads"));
  options.deadline = {std::chrono::seconds(20), std::chrono::seconds(30)};
  options.input_bytes = options.output_bytes =
      static_cast<std::size_t>(measured.bytes) + (1U << 20U);
  options.populate = true;
  return options;
}

// One verified call; what is wrong with it is thrown.
void call_once(Session& session, const Case& measured, std::uint64_t number) {
  const auto run = measured.prepare(rooflab::testing::session_key().derived(number));
  Session::set_current(&session);
  run->call();
  if (const auto failure = run->verify()) {
    throw KernelFailure("wrong_result", explain(measured.kernel, measured.call, *failure));
  }
}

// How long a call takes that nobody looks at: the shortest.
std::chrono::nanoseconds time_calls(const Arguments& given, const Case& measured) {
  Session session(options_for(given, measured));
  std::int64_t least_ns = std::numeric_limits<std::int64_t>::max();
  for (int number = 0; number < kTimedCalls; ++number) {
    call_once(session, measured, static_cast<std::uint64_t>(number));
    least_ns = std::min(least_ns, session.last_cost().wall_ns);
  }
  return std::chrono::nanoseconds(least_ns);
}

void print(const Sampler& sampler, std::int64_t calls, std::chrono::nanoseconds typical) {
  std::printf("{\"samples\": %lld, \"calls\": %lld, \"call_ns\": %lld, \"sites\": [",
              static_cast<long long>(sampler.samples()), static_cast<long long>(calls),
              static_cast<long long>(typical.count()));
  const char* separator = "";
  for (const auto& [address, site] : sampler.sites()) {
    std::printf("%s[%llu, %lld, \"%s\", %s]", separator, static_cast<unsigned long long>(address),
                static_cast<long long>(site.samples), name_of(site.instruction.kind),
                rooflab::harness::json_string(site.instruction.text).c_str());
    separator = ", ";
  }
  std::puts("]}");
}

int sample(const Arguments& given, const Case& measured) {
  const auto end = std::chrono::steady_clock::now() + kLongest;
  const std::int64_t wanted = std::stoll(given.at("--samples"));
  const std::chrono::nanoseconds typical = time_calls(given, measured);
  Sampler sampler(std::max(kShortestGap, typical * kCalls / wanted));
  Session::Options options = options_for(given, measured);
  options.observer = &sampler;
  Session session(std::move(options));
  std::int64_t calls = 0;
  try {
    while (sampler.samples() < wanted && std::chrono::steady_clock::now() < end) {
      call_once(session, measured, static_cast<std::uint64_t>(kTimedCalls + calls));
      ++calls;
    }
  } catch (const rooflab::harness::NotTraceable& why) {
    std::printf("{\"unmeasured\": %s}\n", rooflab::harness::json_string(why.what()).c_str());
    return 0;
  }
  print(sampler, calls, typical);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--list") return rooflab::harness::list_cases();
  return rooflab::harness::measure_one_call(
      argc, argv, {"--case", "--worker", "--threads", "--samples"}, sample);
}
