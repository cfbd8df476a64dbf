// A PAPI for tests. A worker is linked statically, and its sandbox keeps the processor's counters
// from it; so where the tools are tested, these functions answer in place of libpapi's. They obey
// PAPI's manual (man PAPI_start and the others), count what the driver says, and remember what was
// left behind. They are defined here: drivers.cpp includes this, and nothing else may.
#pragma once

#include <papi.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace lab06 {

/// What becomes of an event that is asked for.
enum class EventKind : std::int32_t {
  counts,
  unknown,    // no event has this name
  not_here,   // a preset of PAPI's, which this processor does not have
  conflicts,  // is added, but others use the counter that it needs
  forbidden,  // is added, but the system keeps counters from programs
};

/// The library's state.
struct PapiStandIn {
  struct Event {
    std::string name;
    EventKind kind;
    long long raw;  // the counter, which others use, too: it is not 0 when it is started
  };
  struct Set {
    std::vector<std::size_t> events;  // their places
    std::vector<long long> from;      // what the counters showed when they were started
    std::vector<long long> shown;     // what was counted when they were stopped
    bool running = false;
  };

  std::vector<Event> events = {};
  std::map<int, Set> sets = {};
  int next_set = 0;
  int init_answer = PAPI_VER_CURRENT;
  bool initialised = false;
  int times_shut_down = 0;

  [[nodiscard]] std::ptrdiff_t running() const {
    return std::ranges::count_if(sets, [](const auto& entry) { return entry.second.running; });
  }
};

inline PapiStandIn& papi() {
  static PapiStandIn one;
  return one;
}

/// The name of the i-th event that is asked for.
inline std::string papi_event_name(std::size_t i) {
  constexpr std::array kNames = {"PAPI_L1_DCM", "PAPI_L2_DCM", "PAPI_L3_TCM", "perf::CACHE-MISSES",
                                 "sde:::rooflab::D1_MISSES"};
  const std::string name = kNames[i % kNames.size()];
  return i < kNames.size() ? name : name + "_" + std::to_string(i / kNames.size());
}

namespace detail {

constexpr int kFirstCode = PAPI_PRESET_MASK;

/// The event of a code, or nothing. Of an unknown event nobody has the code.
inline PapiStandIn::Event* papi_event(int code) {
  const auto place = static_cast<std::size_t>(std::int64_t{code} - kFirstCode);
  return place < papi().events.size() ? &papi().events[place] : nullptr;
}

inline PapiStandIn::Set* papi_set(int number) {
  const auto found = papi().sets.find(number);
  return found == papi().sets.end() ? nullptr : &found->second;
}

/// What speaks against using a set: PAPI_OK if nothing does.
inline int papi_set_error(int number, bool may_run) {
  if (!papi().initialised) return PAPI_ENOINIT;
  const PapiStandIn::Set* set = papi_set(number);
  if (set == nullptr) return PAPI_ENOEVST;
  return set->running && !may_run ? PAPI_EISRUN : PAPI_OK;
}

inline void papi_copy(const PapiStandIn::Set& set, long long* values) {
  for (std::size_t i = 0; i < set.events.size(); ++i) {
    values[i] = set.running ? papi().events[set.events[i]].raw - set.from[i] : set.shown[i];
  }
}

inline void papi_zero(PapiStandIn::Set& set) {
  set.shown.assign(set.events.size(), 0);
  set.from.clear();
  for (const std::size_t event : set.events) set.from.push_back(papi().events[event].raw);
}

}  // namespace detail
}  // namespace lab06

extern "C" {

int PAPI_library_init(int version) {
  lab06::PapiStandIn& papi = lab06::papi();
  if (version != PAPI_VER_CURRENT) return PAPI_EINVAL;
  papi.initialised = papi.init_answer == PAPI_VER_CURRENT;
  return papi.init_answer;
}

int PAPI_is_initialized() {
  return lab06::papi().initialised ? PAPI_LOW_LEVEL_INITED : PAPI_NOT_INITED;
}

void PAPI_shutdown() {
  lab06::PapiStandIn& papi = lab06::papi();
  papi.sets.clear();
  papi.initialised = false;
  ++papi.times_shut_down;
}

auto PAPI_strerror(int code) -> decltype(PAPI_strerror(code)) {
  static std::array<char, 64> text{};
  const std::string words = code == PAPI_OK ? "No error" : "PAPI error " + std::to_string(code);
  words.copy(text.data(), text.size() - 1);
  text[std::min(words.size(), text.size() - 1)] = '\0';
  return text.data();
}

int PAPI_event_name_to_code(const char* in, int* out) {
  if (!lab06::papi().initialised) return PAPI_ENOINIT;
  if (in == nullptr || out == nullptr) return PAPI_EINVAL;
  const auto& events = lab06::papi().events;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (events[i].kind == lab06::EventKind::unknown || events[i].name != in) continue;
    *out = lab06::detail::kFirstCode + static_cast<int>(i);
    return PAPI_OK;
  }
  return PAPI_ENOEVNT;
}

int PAPI_query_event(int code) {
  if (!lab06::papi().initialised) return PAPI_ENOINIT;
  const auto* event = lab06::detail::papi_event(code);
  const bool here = event != nullptr && event->kind != lab06::EventKind::unknown &&
                    event->kind != lab06::EventKind::not_here;
  return here ? PAPI_OK : PAPI_ENOEVNT;
}

int PAPI_query_named_event(const char* name) {
  int code = PAPI_NULL;
  const int status = PAPI_event_name_to_code(name, &code);
  return status == PAPI_OK ? PAPI_query_event(code) : status;
}

int PAPI_create_eventset(int* set) {
  lab06::PapiStandIn& papi = lab06::papi();
  if (!papi.initialised) return PAPI_ENOINIT;
  if (set == nullptr || *set != PAPI_NULL) return PAPI_EINVAL;
  *set = papi.next_set++;
  papi.sets.try_emplace(*set);
  return PAPI_OK;
}

int PAPI_add_event(int set, int event) {
  if (const int error = lab06::detail::papi_set_error(set, false); error != PAPI_OK) return error;
  if (const int error = PAPI_query_event(event); error != PAPI_OK) return error;
  auto& events = lab06::detail::papi_set(set)->events;
  const auto place = static_cast<std::size_t>(event - lab06::detail::kFirstCode);
  if (std::ranges::find(events, place) != events.end()) return PAPI_ECNFLCT;
  events.push_back(place);
  lab06::detail::papi_set(set)->shown.push_back(0);
  return PAPI_OK;
}

int PAPI_add_named_event(int set, const char* name) {
  if (const int error = lab06::detail::papi_set_error(set, false); error != PAPI_OK) return error;
  int code = PAPI_NULL;
  const int status = PAPI_event_name_to_code(name, &code);
  return status == PAPI_OK ? PAPI_add_event(set, code) : status;
}

// As many as could be added, unless none could.
int PAPI_add_events(int set, int* events, int number) {
  if (events == nullptr || number <= 0) return PAPI_EINVAL;
  for (int i = 0; i < number; ++i) {
    const int status = PAPI_add_event(set, events[i]);
    if (status != PAPI_OK) return i == 0 ? status : i;
  }
  return PAPI_OK;
}

int PAPI_remove_event(int set, int code) {
  if (const int error = lab06::detail::papi_set_error(set, false); error != PAPI_OK) return error;
  auto& events = lab06::detail::papi_set(set)->events;
  const auto event = static_cast<std::size_t>(std::int64_t{code} - lab06::detail::kFirstCode);
  const auto found = std::ranges::find(events, event);
  if (found == events.end()) return PAPI_EINVAL;
  lab06::detail::papi_set(set)->shown.erase(lab06::detail::papi_set(set)->shown.begin() +
                                            (found - events.begin()));
  events.erase(found);
  return PAPI_OK;
}

int PAPI_remove_named_event(int set, const char* name) {
  int code = PAPI_NULL;
  const int status = PAPI_event_name_to_code(name, &code);
  return status == PAPI_OK ? PAPI_remove_event(set, code) : status;
}

int PAPI_num_events(int set) {
  if (const int error = lab06::detail::papi_set_error(set, true); error != PAPI_OK) return error;
  return static_cast<int>(lab06::detail::papi_set(set)->events.size());
}

int PAPI_state(int set, int* status) {
  if (const int error = lab06::detail::papi_set_error(set, true); error != PAPI_OK) return error;
  if (status == nullptr) return PAPI_EINVAL;
  *status = lab06::detail::papi_set(set)->running ? PAPI_RUNNING : PAPI_STOPPED;
  return PAPI_OK;
}

int PAPI_start(int set) {
  if (const int error = lab06::detail::papi_set_error(set, false); error != PAPI_OK) return error;
  lab06::PapiStandIn::Set& own = *lab06::detail::papi_set(set);
  if (own.events.empty()) return PAPI_EINVAL;
  if (lab06::papi().running() > 0) return PAPI_EISRUN;  // one set of a component at a time
  for (const std::size_t event : own.events) {
    const lab06::EventKind kind = lab06::papi().events[event].kind;
    if (kind == lab06::EventKind::conflicts) return PAPI_ECNFLCT;
    if (kind == lab06::EventKind::forbidden) return PAPI_EPERM;
  }
  lab06::detail::papi_zero(own);
  own.running = true;
  return PAPI_OK;
}

int PAPI_read(int set, long long* values) {
  if (const int error = lab06::detail::papi_set_error(set, true); error != PAPI_OK) return error;
  if (values == nullptr) return PAPI_EINVAL;
  lab06::detail::papi_copy(*lab06::detail::papi_set(set), values);
  return PAPI_OK;
}

int PAPI_reset(int set) {
  if (const int error = lab06::detail::papi_set_error(set, true); error != PAPI_OK) return error;
  lab06::detail::papi_zero(*lab06::detail::papi_set(set));
  return PAPI_OK;
}

int PAPI_accum(int set, long long* values) {
  if (const int error = lab06::detail::papi_set_error(set, true); error != PAPI_OK) return error;
  if (values == nullptr) return PAPI_EINVAL;
  lab06::PapiStandIn::Set& own = *lab06::detail::papi_set(set);
  std::vector<long long> counted(own.events.size());
  lab06::detail::papi_copy(own, counted.data());
  for (std::size_t i = 0; i < counted.size(); ++i) values[i] += counted[i];
  lab06::detail::papi_zero(own);
  return PAPI_OK;
}

int PAPI_stop(int set, long long* values) {
  if (const int error = lab06::detail::papi_set_error(set, true); error != PAPI_OK) return error;
  lab06::PapiStandIn::Set& own = *lab06::detail::papi_set(set);
  if (!own.running) return PAPI_ENOTRUN;
  lab06::detail::papi_copy(own, own.shown.data());
  own.running = false;
  if (values != nullptr) lab06::detail::papi_copy(own, values);
  return PAPI_OK;
}

int PAPI_cleanup_eventset(int set) {
  if (const int error = lab06::detail::papi_set_error(set, false); error != PAPI_OK) return error;
  *lab06::detail::papi_set(set) = {};
  return PAPI_OK;
}

int PAPI_destroy_eventset(int* set) {
  if (set == nullptr) return PAPI_EINVAL;
  if (const int error = lab06::detail::papi_set_error(*set, false); error != PAPI_OK) return error;
  if (!lab06::detail::papi_set(*set)->events.empty()) return PAPI_EINVAL;
  lab06::papi().sets.erase(*set);
  *set = PAPI_NULL;
  return PAPI_OK;
}

}  // extern "C"
