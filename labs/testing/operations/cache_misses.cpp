#include <rooflab/testing/operations/cache_misses.h>
#include <rooflab/testing/operations/threads.h>

#include <algorithm>
#include <cmath>

namespace rooflab::testing {
namespace {

std::string words(EventIs kind) {
  switch (kind) {
    case EventIs::counted:
      return "one that counts";
    case EventIs::unknown:
      return "one without that name";
    case EventIs::not_here:
      return "one that this processor does not have";
    case EventIs::in_conflict:
      return "one that cannot be started, for its counter is in use";
    case EventIs::forbidden:
      return "one that may not be started";
  }
  return "";
}

struct Facts {
  std::int64_t count, event, calls, uncounted, sets, running, thrown, shut_down;
};

std::string number(std::int64_t n) { return std::to_string(n); }

std::optional<Failure> judge_calls(const Facts& f, bool expected) {
  if (f.calls != (expected ? 1 : 0)) {
    return wrong("called the operation " + number(f.calls) + " times, not " +
                 (expected ? "once" : "never: nothing could be counted"));
  }
  if (f.uncounted > 0) return wrong("called the operation while nothing was counted");
  return std::nullopt;
}

std::optional<Failure> judge_rest(const Facts& f) {
  if (f.running > 0) return wrong("left counters running");
  if (f.sets > 0) {
    return wrong("left " + number(f.sets) + (f.sets == 1 ? " event set" : " event sets") +
                 " that it had created");
  }
  if (f.shut_down > 0) return wrong("shut PAPI down, which others may be using");
  return std::nullopt;
}

}  // namespace

std::string CacheMissesProblem::describe() const {
  std::string text = events.empty() ? "no events" : "events: ";
  for (const EventIs& kind : events) text += (&kind == events.data() ? "" : ", ") + words(kind);
  if (start == PapiStart::fails) text += "; PAPI_library_init fails";
  if (start == PapiStart::is_another_version) {
    text += "; PAPI_library_init gives another version than PAPI_VER_CURRENT";
  }
  return text + (throws ? "; the operation throws" : "");
}

std::optional<Failure> CacheMissesProblem::run(CacheMissesKernel kernel) const {
  Random random(key);
  std::vector<std::int32_t> kinds;
  std::vector<double> misses;
  for (const EventIs kind : events) {
    kinds.push_back(static_cast<std::int32_t>(kind));
    misses.push_back(static_cast<double>(random.integer(most_misses / 2, most_misses)));
  }
  std::vector<double> seen(8);
  kernel(kinds, misses, static_cast<int>(start), throws, seen);
  const auto fact = [&](std::size_t i) { return std::llround(seen[i]); };
  const Facts f{fact(0), fact(1), fact(2), fact(3), fact(4), fact(5), fact(6), fact(7)};

  const auto first = std::ranges::find(events, EventIs::counted);
  const bool counted = start == PapiStart::succeeds && first != events.end();
  if (auto failure = judge_calls(f, counted)) return failure;
  if (auto failure = judge_rest(f)) return failure;
  if (f.thrown != (counted && throws ? 1 : 0)) {
    return wrong(f.thrown == 0 ? "did not let out what the operation threw"
                               : "threw what the operation had not thrown");
  }
  if (f.thrown != 0) return std::nullopt;
  const std::int64_t event = counted ? first - events.begin() : -1;
  const std::int64_t count =
      counted ? std::llround(misses[static_cast<std::size_t>(event)]) : std::int64_t{-1};
  if (f.count == count && f.event == event) return std::nullopt;
  const auto pair = [](std::int64_t a, std::int64_t b) {
    return "{" + number(a) + ", " + number(b) + "}";
  };
  return Failure{.reason = "wrong_result",
                 .what = "the count or its event is wrong",
                 .first = "the result",
                 .expected = pair(count, event),
                 .actual = pair(f.count, f.event)};
}

}  // namespace rooflab::testing
