// main() of a lab's cache-miss program: one call of one case in a worker that runs on an emulated
// processor (emulation.h), and the output of that very call verified.
//
//   labNN_misses --case=matmul_blocked/64x400x400 --worker=PATH --emulator=PATH
//                --d1=32768,8,64 --ll=1048576,16,64 --max-instructions=2000000000
//   labNN_misses --list                  the cases: name, floating-point operations, bytes
//
// Counted is what the worker loads and stores between go and stop, beginning with empty caches. The
// same program has the same count on every machine.
//
// Prints {"flops": …, "bytes": …, "accesses": …, "d1_misses": …, "ll_misses": …, "instructions": …,
// "sites": [[address of the instruction, accesses, D1 misses], …]}, those with the most misses
// first. Exit status: 0 counted and right; 1 the kernel failed, explained on standard error as
// "key: value" lines; 2 wrong usage; 3 this machine cannot. The key comes in ROOFLAB_KEY.
#include <rooflab/testing/core/case.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "programs/one_call.h"
#include "session/remote.h"

namespace {

using rooflab::harness::Arguments;
using rooflab::harness::CacheGeometry;
using rooflab::harness::Deadline;
using rooflab::harness::Emulated;
using rooflab::harness::Emulation;
using rooflab::harness::Policy;
using rooflab::harness::Session;
using rooflab::testing::Case;

// Should the count of instructions not end it.
constexpr Deadline kDeadline{std::chrono::seconds(120), std::chrono::seconds(600)};

CacheGeometry geometry(const std::string& text) {
  CacheGeometry result;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (std::int64_t* number : {&result.size_bytes, &result.ways, &result.line_bytes}) {
    const auto read = std::from_chars(at, end, *number);
    if (read.ec != std::errc()) throw std::invalid_argument("no cache: " + text);
    at = read.ptr == end ? end : read.ptr + 1;
  }
  return result;
}

Session::Options emulated_by(const Arguments& given, const Case& measured,
                             const Emulated& emulated) {
  Session::Options options;
  options.program = given.at("--emulator");
  options.emulated = &emulated;
  options.policy.kind = Policy::Kind::emulator;
  options.policy.argv = {"rooflab_emulator"};
  // For the emulator of test builds; others have no such switches.
  if (const char* without = std::getenv("ROOFLAB_WITHOUT")) {
    options.policy.environment = {std::string("ROOFLAB_WITHOUT=") + without};
  }
  options.deadline = kDeadline;
  options.input_bytes = options.output_bytes =
      static_cast<std::size_t>(measured.bytes) + (1U << 20U);
  options.fixed_places = true;
  return options;
}

void print(const Case& measured, const Emulation& record) {
  const auto number = [](std::int64_t value) { return static_cast<long long>(value); };
  std::printf(
      "{\"flops\": %.0f, \"bytes\": %.0f, \"accesses\": %lld, \"d1_misses\": %lld, "
      "\"ll_misses\": %lld, \"instructions\": %lld, \"sites\": [",
      measured.flops, measured.bytes, number(record.accesses), number(record.d1_misses),
      number(record.ll_misses), number(record.instructions));
  for (std::size_t i = 0; i < record.site_count; ++i) {
    const auto& site = record.sites[i];
    std::printf("%s[%llu, %lld, %lld]", i == 0 ? "" : ", ",
                static_cast<unsigned long long>(site.pc), number(site.accesses),
                number(site.d1_misses));
  }
  std::puts("]}");
}

int count(const Arguments& given, const Case& measured) {
  const Emulated emulated(given.at("--worker"), geometry(given.at("--d1")),
                          geometry(given.at("--ll")), std::stoll(given.at("--max-instructions")));
  Session session(emulated_by(given, measured, emulated));
  Session::set_current(&session);
  const auto run = measured.prepare(rooflab::testing::session_key());
  run->call();
  const auto failure = session.defences().verify ? run->verify() : std::nullopt;
  if (failure) {
    return rooflab::harness::report_failure(explain(measured.kernel, measured.call, *failure));
  }
  print(measured, emulated.record());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--list") return rooflab::harness::list_cases();
  return rooflab::harness::measure_one_call(
      argc, argv, {"--case", "--worker", "--emulator", "--d1", "--ll", "--max-instructions"},
      count);
}
