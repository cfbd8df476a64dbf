#include "counters/cache_events.h"

#include <sde_lib.h>

#include <functional>
#include <stdexcept>
#include <string>

namespace rooflab::harness {
namespace {

// libsde keeps what it is given until the process ends, so these live as long.
const CacheModel* shown_d1 = nullptr;
const CacheModel* shown_ll = nullptr;

template <auto level, auto count>
long long read_count(void* /*parameter*/) {
  // Without a model each look shows less than the one before, which every reader must refuse.
  static long long nothing = 0;
  return *level != nullptr ? std::invoke(count, (*level)->counts()) : --nothing;
}

struct Event {
  std::string_view name;
  papi_sde_fptr_t read;
};

constexpr std::array kEvents = {
    Event{kAccesses, read_count<&shown_d1, &CacheCounts::accesses>},
    Event{kD1Misses, read_count<&shown_d1, &CacheCounts::misses>},
    Event{kD1ReadMisses, read_count<&shown_d1, &CacheCounts::read_misses>},
    Event{kD1WriteMisses, read_count<&shown_d1, &CacheCounts::write_misses>},
    Event{kLLMisses, read_count<&shown_ll, &CacheCounts::misses>},
};

void register_events() {
  const papi_handle_t library = papi_sde_init("rooflab");
  for (const Event& event : kEvents) {
    const std::string name(event.name.substr(event.name.rfind(':') + 1));
    const int status = library == nullptr ? SDE_ECMP
                                          : papi_sde_register_counter_cb(
                                                library, name.c_str(), PAPI_SDE_RO | PAPI_SDE_DELTA,
                                                PAPI_SDE_long_long, event.read, nullptr);
    if (status == SDE_OK) continue;
    throw std::runtime_error("libsde does not take the event " + name + " (error " +
                             std::to_string(status) + ")");
  }
}

}  // namespace

CacheEvents::CacheEvents(const CacheModel& d1, const CacheModel* ll) {
  if (shown_d1 != nullptr) {
    throw std::logic_error("the events sde:::rooflab:: show another cache model already");
  }
  static const bool registered = (register_events(), true);
  static_cast<void>(registered);
  shown_d1 = &d1;
  shown_ll = ll;
}

CacheEvents::~CacheEvents() { shown_d1 = shown_ll = nullptr; }

}  // namespace rooflab::harness
