#include "counters/papi_counters.h"

#include <papi.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace rooflab::harness {
namespace {

constexpr std::string_view kSoftwarePrefix = "sde:::";
constexpr std::string_view kInstructions = "PAPI_TOT_INS";
constexpr std::array kHardwareEvents = {"PAPI_L1_DCM",  "PAPI_L2_DCM",  "PAPI_L3_TCM",
                                        "PAPI_LST_INS", "PAPI_TOT_INS", "PAPI_TOT_CYC"};

std::optional<int> paranoid_level() {
  std::ifstream file("/proc/sys/kernel/perf_event_paranoid");
  int level = 0;
  if (file >> level) return level;
  return std::nullopt;
}

int hardware_component() { return PAPI_get_component_index("perf_event"); }

std::string no_hardware() {
  const PAPI_component_info_t* info = PAPI_get_component_info(hardware_component());
  return why_no_hardware(info != nullptr ? info->disabled_reason : "", false, paranoid_level());
}

Unmeasured failed(const std::string& step, int status) {
  switch (status) {
    case PAPI_ECMP_DISABLED:
      return {no_hardware()};
    case PAPI_EPERM:
      return {why_no_hardware(PAPI_strerror(status), true, paranoid_level())};
    case PAPI_ENOEVNT:  // as in virtual machines that pass on some counters, or none
      return {"this machine offers no such hardware counter (" + step + ": PAPI says " +
              PAPI_strerror(status) + ")"};
    case PAPI_ECNFLCT:
      return {step + ": not all of these events can be counted at the same time here"};
    case PAPI_EISRUN:
      return {step + ": another set of counters is counting already"};
    default:
      return {step + ": PAPI says " + PAPI_strerror(status)};
  }
}

// PAPI adds a software-defined event of any name and counts 0 until somebody registers it, even
// when merely asked whether it exists. So the names that are registered are looked through first.
bool software_event_exists(std::string_view name) {
  const int component = PAPI_get_component_index("sde");
  int code = PAPI_NATIVE_MASK;
  int status = PAPI_enum_cmp_event(&code, PAPI_ENUM_FIRST, component);
  while (status == PAPI_OK) {
    std::array<char, PAPI_HUGE_STR_LEN> found{};
    if (PAPI_event_code_to_name(code, found.data()) == PAPI_OK && name == found.data()) return true;
    status = PAPI_enum_cmp_event(&code, PAPI_ENUM_EVENTS, component);
  }
  return false;
}

std::int64_t threads_of(pid_t process) {
  std::error_code gone;
  const std::filesystem::directory_iterator tasks("/proc/" + std::to_string(process) + "/task",
                                                  gone);
  return gone ? 0 : std::distance(begin(tasks), end(tasks));
}

}  // namespace

std::string why_no_hardware(std::string_view papi_says, bool refused, std::optional<int> paranoid) {
  // Level 3 and above are distributions' additions: nobody but an administrator may count.
  if (paranoid && *paranoid > 2) {
    return "the system keeps hardware counters from programs (kernel.perf_event_paranoid is " +
           std::to_string(*paranoid) +
           "); an administrator can allow them: sudo sysctl kernel.perf_event_paranoid=2";
  }
  if (refused) {
    return "the system does not let this program use hardware counters (PAPI: " +
           std::string(papi_says) +
           "); in a container, allow perf_event_open, with --cap-add=PERFMON for instance";
  }
  return "this machine offers no hardware counters (PAPI: " +
         std::string(papi_says.empty() ? "gives no reason" : papi_says) + ")";
}

const std::optional<Unmeasured>& PapiLibrary::start() {
  static const std::optional<Unmeasured> failure = []() -> std::optional<Unmeasured> {
    const int found = PAPI_library_init(PAPI_VER_CURRENT);
    if (found == PAPI_VER_CURRENT) return std::nullopt;
    if (found > 0 || found == PAPI_EINVAL) {
      return Unmeasured{"the installed PAPI is another version than the one this was built with (" +
                        std::to_string(PAPI_VERSION_MAJOR(PAPI_VERSION)) + "." +
                        std::to_string(PAPI_VERSION_MINOR(PAPI_VERSION)) + "): build it again"};
    }
    // PAPI_strerror crashes in a library that has not started.
    return Unmeasured{"PAPI does not start (error " + std::to_string(found) + ")"};
  }();
  return failure;
}

std::string PapiLibrary::version() {
  if (start()) return "unknown";
  const int version = PAPI_get_opt(PAPI_LIB_VERSION, nullptr);
  return std::to_string(PAPI_VERSION_MAJOR(version)) + "." +
         std::to_string(PAPI_VERSION_MINOR(version)) + "." +
         std::to_string(PAPI_VERSION_REVISION(version)) + "." +
         std::to_string(PAPI_VERSION_INCREMENT(version));
}

CounterSet::CounterSet(std::vector<std::string> events)
    : set_(PAPI_NULL), events_(std::move(events)), values_(events_.size()), last_(events_.size()) {}

CounterSet::CounterSet(CounterSet&& other) noexcept
    : set_(std::exchange(other.set_, PAPI_NULL)),
      running_(std::exchange(other.running_, false)),
      events_(std::move(other.events_)),
      values_(std::move(other.values_)),
      last_(std::move(other.last_)),
      spoiled_(std::move(other.spoiled_)) {}

CounterSet::~CounterSet() {
  if (set_ == PAPI_NULL) return;
  if (running_) PAPI_stop(set_, nullptr);
  PAPI_cleanup_eventset(set_);
  PAPI_destroy_eventset(&set_);
}

Measured<CounterSet> CounterSet::create(std::vector<std::string> events,
                                        std::optional<pid_t> process) {
  if (const auto& failure = PapiLibrary::start()) return *failure;
  if (events.empty()) return Unmeasured{"no event was asked for"};
  CounterSet set(std::move(events));
  if (const int status = PAPI_create_eventset(&set.set_); status != PAPI_OK) {
    return failed("a set of counters", status);
  }
  // First, so that no event is opened for this process in between.
  if (process) {
    if (auto failure = set.attach(*process)) return *std::move(failure);
  }
  if (auto failure = set.add_events()) return *std::move(failure);
  return set;
}

std::optional<Unmeasured> CounterSet::attach(pid_t process) const {
  const std::string whom = "process " + std::to_string(process);
  for (const std::string& event : events_) {
    if (event.starts_with(kSoftwarePrefix)) {
      return Unmeasured{"programs count " + event + " for themselves, not for others"};
    }
  }
  const std::int64_t threads = threads_of(process);
  if (threads == 0) return Unmeasured{"there is no " + whom};
  if (threads > 1) {
    return Unmeasured{whom + " runs " + std::to_string(threads) +
                      " threads already; counters would see the first one only"};
  }
  const PAPI_component_info_t* hardware = PAPI_get_component_info(hardware_component());
  if (hardware == nullptr || hardware->disabled != PAPI_OK) return Unmeasured{no_hardware()};
  int status = PAPI_assign_eventset_component(set_, hardware_component());
  PAPI_option_t inherit{};
  inherit.inherit.eventset = set_;
  inherit.inherit.inherit = PAPI_INHERIT_ALL;
  if (status == PAPI_OK) status = PAPI_set_opt(PAPI_INHERIT, &inherit);
  if (status == PAPI_OK) status = PAPI_attach(set_, static_cast<unsigned long>(process));
  if (status == PAPI_OK) return std::nullopt;
  return failed("attaching to " + whom, status);
}

std::optional<Unmeasured> CounterSet::add_events() const {
  for (const std::string& event : events_) {
    if (event.starts_with(kSoftwarePrefix) && !software_event_exists(event)) {
      return Unmeasured{"no program part offers the event " + event};
    }
    const int status = PAPI_add_named_event(set_, event.c_str());
    if (status != PAPI_OK) return failed("counting " + event, status);
  }
  return std::nullopt;
}

std::optional<Unmeasured> CounterSet::start() {
  if (PAPI_get_multiplex(set_) > 0) {
    return Unmeasured{"PAPI would share counters out in turns and estimate the counts"};
  }
  if (const int status = PAPI_start(set_); status != PAPI_OK) {
    return failed("starting to count", status);
  }
  running_ = true;
  spoiled_.reset();
  std::ranges::fill(last_, 0);
  return std::nullopt;
}

Measured<Counts> CounterSet::read() {
  if (!running_) return Unmeasured{"these counters were not started"};
  return accept(PAPI_read(set_, values_.data()), "reading counters");
}

Measured<Counts> CounterSet::stop() {
  if (!std::exchange(running_, false)) return Unmeasured{"these counters were not started"};
  return accept(PAPI_stop(set_, values_.data()), "stopping counters");
}

std::optional<Unmeasured> CounterSet::reset() {
  if (!running_) return Unmeasured{"these counters were not started"};
  if (const int status = PAPI_reset(set_); status != PAPI_OK) {
    return spoiled_ = failed("setting counters to zero", status);
  }
  std::ranges::fill(last_, 0);
  return std::nullopt;
}

Measured<Counts> CounterSet::accept(int status, const char* step) {
  if (status != PAPI_OK) spoiled_ = failed(step, status);
  Counts counts;
  for (std::size_t i = 0; i < events_.size() && !spoiled_; ++i) {
    if (values_[i] < last_[i]) {
      spoiled_ = Unmeasured{events_[i] + " went from " + std::to_string(last_[i]) + " to " +
                            std::to_string(values_[i]) +
                            ": the counter wrapped around, or somebody reset it"};
    }
    counts[events_[i]] = values_[i];
  }
  if (spoiled_) return *spoiled_;
  last_ = values_;
  return counts;
}

Measured<Counts> count_call(pid_t process, const std::vector<std::string>& events,
                            const std::function<void()>& go) {
  // A counter that another user of the processor's counters took away can read as 0 without an
  // error. No call runs without instructions, so they are counted along as a witness.
  std::vector<std::string> with_witness = events;
  const bool asked_for = std::ranges::find(events, kInstructions) != events.end();
  if (!asked_for && !events.empty()) with_witness.emplace_back(kInstructions);
  auto created = CounterSet::create(std::move(with_witness), process);
  if (auto* failure = std::get_if<Unmeasured>(&created)) return std::move(*failure);
  auto& set = std::get<CounterSet>(created);
  if (auto failure = set.start()) return *std::move(failure);
  go();
  auto stopped = set.stop();
  if (auto* counts = std::get_if<Counts>(&stopped)) {
    const auto witness = counts->find(kInstructions);
    if (witness->second == 0) {
      return Unmeasured{
          "the counters stood still during the call: something else on this machine "
          "(perf, a watchdog) holds them, or it only pretends to have them"};
    }
    if (!asked_for) counts->erase(witness);
  }
  return stopped;
}

namespace {

// Nothing when the event counts more than 0 while lines are fetched from beyond the last cache.
std::optional<Unmeasured> try_event(const std::string& event) {
  auto created = CounterSet::create({event});
  if (auto* failure = std::get_if<Unmeasured>(&created)) return std::move(*failure);
  auto& set = std::get<CounterSet>(created);
  std::vector<int> memory(std::size_t{16} << 20U, 1);
  if (auto failure = set.start()) return failure;
  volatile std::int64_t sum = 0;
  for (std::size_t i = 0; i < memory.size(); i += 16) sum = sum + memory[i];
  auto stopped = set.stop();
  if (auto* failure = std::get_if<Unmeasured>(&stopped)) return std::move(*failure);
  if (std::get<Counts>(stopped).at(event) > 0) return std::nullopt;
  return Unmeasured{event + " stands still on this machine"};
}

}  // namespace

HardwareCounters hardware_available() {
  HardwareCounters result;
  for (const char* event : kHardwareEvents) {
    const auto failure = try_event(event);
    if (!failure) result.events.emplace_back(event);
    if (event == kHardwareEvents.front() && failure) result.reason = failure->reason;
  }
  result.available = result.reason.empty();
  return result;
}

}  // namespace rooflab::harness
