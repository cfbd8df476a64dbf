// main() of a lab's program for hardware counters: one call of one case in a fresh worker, with the
// processor's counters attached to it, and the output of that very call verified.
//
//   labNN_hardware --case=matmul_blocked/64x400x400 --worker=PATH --threads=1
//                  --events=PAPI_L1_DCM,PAPI_L2_DCM
//
// The worker is sandboxed as for timing; the counters are opened here, on its pid, and it can
// neither see nor steer them. Prints {"counts": {"PAPI_L1_DCM": 123, …}}, or {"unmeasured": "why"}
// where the machine has none. Exit status: 0 in both cases; 1 the kernel failed, explained on
// standard error as "key: value" lines; 2 wrong usage; 3 this machine cannot. The key comes in
// ROOFLAB_KEY.
#include <rooflab/testing/core/case.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "counters/papi_counters.h"
#include "programs/json.h"
#include "programs/one_call.h"
#include "session/remote.h"

namespace {

using rooflab::harness::Arguments;
using rooflab::harness::Counts;
using rooflab::harness::Measured;
using rooflab::harness::Session;
using rooflab::harness::Unmeasured;
using rooflab::testing::Case;

std::vector<std::string> split(const std::string& list) {
  std::istringstream stream(list);
  std::vector<std::string> parts;
  for (std::string part; std::getline(stream, part, ',');) parts.push_back(part);
  return parts;
}

std::string as_json(const Measured<Counts>& measured) {
  if (const auto* unmeasured = std::get_if<Unmeasured>(&measured)) {
    return "{\"unmeasured\": " + rooflab::harness::json_string(unmeasured->reason) + "}";
  }
  std::string text;
  for (const auto& [event, count] : std::get<Counts>(measured)) {
    text += (text.empty() ? "\"" : ", \"") + event + "\": " + std::to_string(count);
  }
  return "{\"counts\": {" + text + "}}";
}

int count(const Arguments& given, const Case& measured) {
  Session::Options options;
  options.program = given.at("--worker");
  options.policy.limits.threads = std::stoi(given.at("--threads"));
  options.deadline = {std::chrono::seconds(20), std::chrono::seconds(30)};
  options.input_bytes = options.output_bytes =
      static_cast<std::size_t>(measured.bytes) + (1U << 20U);
  options.populate = true;
  Session session(std::move(options));
  Session::set_current(&session);
  const auto run = measured.prepare(rooflab::testing::session_key());
  bool called = false;
  // Inputs are made and outputs taken by this process, which is not counted.
  const auto counts =
      rooflab::harness::count_call(session.worker().pid(), split(given.at("--events")), [&] {
        called = true;
        run->call();
      });
  if (const auto failure = called ? run->verify() : std::nullopt) {
    return rooflab::harness::report_failure(explain(measured.kernel, measured.call, *failure));
  }
  std::puts(as_json(counts).c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  return rooflab::harness::measure_one_call(argc, argv,
                                            {"--case", "--worker", "--threads", "--events"}, count);
}
