// main() of a lab's program for counting instructions: every one that the worker executes in one
// call of one case, by kind, and the output of that very call verified.
//
//   labNN_instructions --case=relu/1003 --worker=PATH --max=200000
//
// Prints {"instructions": 912, "kinds": {"packed_256": 125, …}, "cut_short": ""}; "cut_short" says
// why the count ended before the call was over, if it did. Or {"unmeasured": "why"} where workers
// cannot be traced. Exit status: 0 in all these cases; 1 the kernel failed, explained on standard
// error as "key: value" lines; 2 wrong usage; 3 this machine cannot. The key comes in ROOFLAB_KEY.
#include <rooflab/testing/core/case.h>

#include <cstdio>
#include <string>

#include "instructions/stepper.h"
#include "programs/json.h"
#include "programs/one_call.h"
#include "session/remote.h"

namespace {

using rooflab::harness::Arguments;
using rooflab::harness::Executed;
using rooflab::harness::Session;
using rooflab::testing::Case;

void print(const Executed& executed) {
  std::printf("{\"instructions\": %lld, \"kinds\": {",
              static_cast<long long>(executed.instructions));
  const char* separator = "";
  for (std::size_t kind = 0; kind < rooflab::harness::kKinds; ++kind) {
    std::printf("%s\"%s\": %lld", separator, rooflab::harness::kKindNames.at(kind),
                static_cast<long long>(executed.of_kind.at(kind)));
    separator = ", ";
  }
  std::printf("}, \"cut_short\": %s}\n", rooflab::harness::json_string(executed.cut_short).c_str());
}

int count(const Arguments& given, const Case& measured) {
  Session::Options options;
  options.program = given.at("--worker");
  options.policy.own_user = rooflab::harness::may_trace_other_users();
  options.input_bytes = options.output_bytes =
      static_cast<std::size_t>(measured.bytes) + (1U << 20U);
  rooflab::harness::Stepper stepper(std::stoll(given.at("--max")), options.policy.defences);
  options.observer = &stepper;
  Session session(std::move(options));
  Session::set_current(&session);
  const auto run = measured.prepare(rooflab::testing::session_key());
  try {
    run->call();
  } catch (const rooflab::harness::NotTraceable& why) {
    std::printf("{\"unmeasured\": %s}\n", rooflab::harness::json_string(why.what()).c_str());
    return 0;
  }
  const auto failure = session.defences().verify ? run->verify() : std::nullopt;
  if (failure) {
    return rooflab::harness::report_failure(explain(measured.kernel, measured.call, *failure));
  }
  print(stepper.executed());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  return rooflab::harness::measure_one_call(argc, argv, {"--case", "--worker", "--max"}, count);
}
