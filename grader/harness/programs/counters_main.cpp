// rooflab_counters: what PAPI can count on this machine, as JSON, for ./lab doctor.
//
//   {"papi_version": "7.0.0.0",
//    "hardware": {"available": false, "reason": "this machine offers …", "events": []},
//    "self_test": {"status": "pass", "expected": 4368, "counted": 4368}}
//
// `reason` is "" when counters are available. `counted` is null, and "reason" is added, when the
// self-test got no count. Exit status: 0 the self-test passed; 1 it failed; 2 wrong usage.
#include <rooflab/matrix.h>

#include <cstdio>
#include <exception>
#include <string>

#include "counters/cache_events.h"
#include "counters/cache_model.h"
#include "counters/papi_counters.h"
#include "counters/recording_view.h"
#include "programs/json.h"

namespace {

using rooflab::harness::Counts;
using rooflab::harness::json_string;
using rooflab::harness::Measured;
using rooflab::harness::Unmeasured;

// One row of a matrix fills one line of the cache.
constexpr std::int64_t kSize = 16;
constexpr std::int64_t kLineBytes = 64;
// Eight lines, any of them anywhere, so that places in memory do not matter. A product row by row
// walks down 16 lines of b for each element of c: each comes back too late. The row of a is used
// in between and stays; the row of c is needed once in 16 lines of b, too late as well.
constexpr rooflab::harness::CacheGeometry kGeometry = {8 * kLineBytes, 8, kLineBytes};
constexpr std::int64_t kExpected = kSize * kSize * kSize + kSize * kSize + kSize;

template <class A, class B, class C>
void matmul(const A& a, const B& b, const C& c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) {
      float sum = 0;
      for (std::int64_t k = 0; k < a.cols; ++k) sum += a(i, k) * b(k, j);
      c(i, j) = sum;
    }
  }
}

Measured<Counts> count_matmul() {
  using namespace rooflab::harness;
  CacheModel cache(kGeometry);
  const CacheEvents events(cache);
  auto created = CounterSet::create({std::string(kD1Misses)});
  if (auto* failure = std::get_if<Unmeasured>(&created)) return std::move(*failure);
  auto& set = std::get<CounterSet>(created);
  const rooflab::Matrix<float> a(kSize, kSize), b(kSize, kSize), c(kSize, kSize);
  if (auto failure = set.start()) return *std::move(failure);
  matmul(RecordingMatrixView(a.view(), cache), RecordingMatrixView(b.view(), cache),
         RecordingMatrixView(c.view(), cache));
  return set.stop();
}

std::string hardware_json() {
  const auto hardware = rooflab::harness::hardware_available();
  std::string events;
  for (const std::string& event : hardware.events) {
    events += (events.empty() ? "" : ", ") + json_string(event);
  }
  return std::string("{\"available\": ") + (hardware.available ? "true" : "false") +
         ", \"reason\": " + json_string(hardware.reason) + ", \"events\": [" + events + "]}";
}

}  // namespace

int main(int argc, char** /*argv*/) {
  if (argc > 1) {
    std::fputs("usage: rooflab_counters\n", stderr);
    return 2;
  }
  try {
    const auto measured = count_matmul();
    std::string counted = "null";
    std::string reason;
    if (const auto* counts = std::get_if<Counts>(&measured)) {
      counted = std::to_string(counts->at(std::string(rooflab::harness::kD1Misses)));
    } else {
      reason = ", \"reason\": " + json_string(std::get<Unmeasured>(measured).reason);
    }
    const std::string expected = std::to_string(kExpected);
    const bool pass = counted == expected;
    std::printf(
        "{\"papi_version\": %s, \"hardware\": %s, "
        "\"self_test\": {\"status\": \"%s\", \"expected\": %s, \"counted\": %s%s}}\n",
        json_string(rooflab::harness::PapiLibrary::version()).c_str(), hardware_json().c_str(),
        pass ? "pass" : "fail", expected.c_str(), counted.c_str(), reason.c_str());
    return pass ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "rooflab_counters: %s\n", error.what());
    return 1;
  }
}
