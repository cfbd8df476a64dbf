// Hardware counters on another process: on this machine's own where it has some, what is said where
// it has none, and each step on a fake processor.
#include <doctest/doctest.h>
#include <papi.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <latch>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "counters/papi_counters.h"
#include "fake_processor.h"

using namespace rooflab::harness;

namespace {

const std::vector<std::string> kMisses = {"PAPI_L1_DCM"};

std::string reason(const Measured<Counts>& result) {
  const auto* failure = std::get_if<Unmeasured>(&result);
  return failure != nullptr ? failure->reason : "measured";
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// A process that is stopped like a worker, and computes a little each time it is continued.
class Stopped {
 public:
  Stopped() : pid_(fork()) {
    if (pid_ < 0) throw std::runtime_error("fork");
    if (pid_ == 0) {
      volatile int sum = 0;
      for (;;) {
        raise(SIGSTOP);
        for (int i = 0; i < 100'000; ++i) sum = sum + 1;
      }
    }
    wait_for_stop();
  }
  Stopped(const Stopped&) = delete;
  Stopped& operator=(const Stopped&) = delete;
  ~Stopped() {
    ::kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  void call() const {
    ::kill(pid_, SIGCONT);
    wait_for_stop();
  }
  [[nodiscard]] pid_t pid() const { return pid_; }

 private:
  void wait_for_stop() const { waitpid(pid_, nullptr, WUNTRACED); }
  pid_t pid_;
};

}  // namespace

TEST_SUITE("hardware_counters") {
  TEST_CASE("there are counters or a reason, and never both") {
    const HardwareCounters hardware = hardware_available();
    CHECK(hardware.available == hardware.reason.empty());
    CHECK(hardware.available == (std::ranges::count(hardware.events, "PAPI_L1_DCM") == 1));
  }
  TEST_CASE("a call in another process is counted, or is not made and said to be unmeasured") {
    const HardwareCounters hardware = hardware_available();
    const Stopped process;
    int calls = 0;
    const auto result = count_call(process.pid(), {"PAPI_TOT_INS", "PAPI_L1_DCM"}, [&] {
      ++calls;
      process.call();
    });
    if (const auto* counts = std::get_if<Counts>(&result)) {
      CHECK(calls == 1);
      CHECK(counts->at("PAPI_TOT_INS") >= 100'000);
    } else {
      CHECK(calls == 0);
      CHECK(!reason(result).empty());
    }
    if (!hardware.available) CHECK(calls == 0);
  }
  TEST_CASE("the reason says what to do where something can be done") {
    CHECK(why_no_hardware("Error libpfm4 no default PMU found", false, 2) ==
          "this machine offers no hardware counters (PAPI: Error libpfm4 no default PMU found)");
    CHECK(contains(why_no_hardware("", false, std::nullopt), "PAPI: gives no reason"));
    const std::string strict =
        why_no_hardware("perf_event support disabled by Linux with paranoid=4", false, 4);
    CHECK(contains(strict, "kernel.perf_event_paranoid is 4"));
    CHECK(contains(strict, "sudo sysctl kernel.perf_event_paranoid=2"));
    CHECK(contains(why_no_hardware("Permission", true, 1), "--cap-add=PERFMON"));
  }
  TEST_CASE("processes that cannot be counted whole are refused") {
    const auto never = [] { FAIL("called"); };
    CHECK(contains(reason(count_call(-1, kMisses, never)), "there is no process -1"));
    CHECK(contains(reason(count_call(getpid(), {"sde:::rooflab::D1_MISSES"}, never)),
                   "for themselves"));
    std::latch done(1);
    std::jthread other([&] { done.wait(); });
    const std::string why = reason(count_call(getpid(), kMisses, never));
    done.count_down();
    CHECK(contains(why, "threads already"));
  }
}

TEST_SUITE("fake_processor") {
  TEST_CASE("counters are attached before any event is opened, and run during the call only") {
    const Stopped process;
    FakeProcessor fake;
    fake.counts = {{"PAPI_L1_DCM", 123}, {"PAPI_TOT_INS", 4567}};
    const auto result =
        count_call(process.pid(), kMisses, [&] { fake.calls.emplace_back("the call"); });
    REQUIRE(reason(result) == "measured");
    CHECK(std::get<Counts>(result) == Counts{{"PAPI_L1_DCM", 123}});
    CHECK(fake.calls == std::vector<std::string>{"assign", "inherit",
                                                 "attach " + std::to_string(process.pid()),
                                                 "add PAPI_L1_DCM", "add PAPI_TOT_INS", "start",
                                                 "the call", "stop", "destroy"});
  }
  TEST_CASE("counters that stood still are refused") {
    const Stopped process;
    FakeProcessor fake;
    fake.counts = {{"PAPI_L1_DCM", 0}, {"PAPI_TOT_INS", 0}};
    CHECK(contains(reason(count_call(process.pid(), kMisses, [] {})), "stood still"));
    fake.counts = {{"PAPI_L1_DCM", 0}, {"PAPI_TOT_INS", 9}};  // a call without misses
    const auto both = count_call(process.pid(), {"PAPI_TOT_INS", "PAPI_L1_DCM"}, [] {});
    REQUIRE(reason(both) == "measured");
    CHECK(std::get<Counts>(both) == Counts{{"PAPI_L1_DCM", 0}, {"PAPI_TOT_INS", 9}});
    fake.counts = {{"PAPI_TOT_INS", 0}};
    const HardwareCounters hardware = hardware_available();
    CHECK(hardware.available);
    CHECK(std::ranges::count(hardware.events, "PAPI_TOT_INS") == 0);
    fake.counts = {{"PAPI_L1_DCM", 0}};
    CHECK(contains(hardware_available().reason, "PAPI_L1_DCM stands still"));
  }
  TEST_CASE("each step that fails leaves no count, makes no call and frees the counters") {
    const Stopped process;
    const std::string attach = "attach " + std::to_string(process.pid());
    for (const std::string& step :
         {std::string("assign"), std::string("inherit"), attach, std::string("add PAPI_L1_DCM"),
          std::string("add PAPI_TOT_INS"), std::string("start"), std::string("stop")}) {
      CAPTURE(step);
      FakeProcessor fake;
      fake.fails[step] = PAPI_ESYS;
      bool called = false;
      CHECK(contains(reason(count_call(process.pid(), kMisses, [&] { called = true; })),
                     "PAPI says"));
      CHECK(called == (step == "stop"));
      CHECK(fake.calls.back() == "destroy");
    }
  }
  TEST_CASE("failures are told apart") {
    const Stopped process;
    const auto why = [&](const std::string& step, int status) {
      FakeProcessor fake;
      fake.fails[step] = status;
      return reason(count_call(process.pid(), kMisses, [] {}));
    };
    CHECK(contains(why("add PAPI_TOT_INS", PAPI_ECNFLCT), "at the same time"));
    CHECK(contains(why("start", PAPI_EISRUN), "counting already"));
    CHECK(contains(why("add PAPI_L1_DCM", PAPI_ENOEVNT), "counting PAPI_L1_DCM: PAPI says"));
    CHECK(contains(why("inherit", PAPI_EPERM), "hardware counters"));
  }
  TEST_CASE("counts that would be estimated are refused") {
    const Stopped process;
    FakeProcessor fake;
    fake.multiplexed = true;
    CHECK(contains(reason(count_call(process.pid(), kMisses, [] { FAIL("called"); })), "estimate"));
  }
  TEST_CASE("a call that throws ends the counting and passes through") {
    const Stopped process;
    FakeProcessor fake;
    const auto crash = [] { throw std::runtime_error("the worker crashed"); };
    CHECK_THROWS_WITH(static_cast<void>(count_call(process.pid(), kMisses, crash)),
                      "the worker crashed");
    CHECK(std::vector(fake.calls.end() - 2, fake.calls.end()) ==
          std::vector<std::string>{"stop", "destroy"});
  }
}
