#include "fake_processor.h"

#include <dlfcn.h>
#include <papi.h>

#include <cstddef>
#include <stdexcept>

namespace {

FakeProcessor* fake = nullptr;

// libpapi's own function: the one of this name that comes after this program's.
template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

FakeProcessor::FakeProcessor() {
  if (fake != nullptr) throw std::logic_error("one fake processor at a time");
  fake = this;
}

FakeProcessor::~FakeProcessor() { fake = nullptr; }

int FakeProcessor::answer(const std::string& call) {
  calls.push_back(call);
  const auto failure = fails.find(call);
  return failure != fails.end() ? failure->second : PAPI_OK;
}

int FakeProcessor::add(const std::string& event) {
  const int status = answer("add " + event);
  if (status == PAPI_OK) events_.push_back(event);
  return status;
}

void FakeProcessor::destroy() {
  answer("destroy");
  events_.clear();
}

void FakeProcessor::show(long long* values) const {
  for (std::size_t i = 0; values != nullptr && i < events_.size(); ++i) {
    const auto count = counts.find(events_[i]);
    values[i] = count != counts.end() ? count->second : 1;
  }
}

extern "C" {

const PAPI_component_info_t* PAPI_get_component_info(int index) {
  const auto* info = real<decltype(PAPI_get_component_info)>("PAPI_get_component_info")(index);
  if (fake == nullptr || info == nullptr || std::string(info->name) != "perf_event") return info;
  static PAPI_component_info_t enabled;
  enabled = *info;
  enabled.disabled = PAPI_OK;
  return &enabled;
}

int PAPI_get_multiplex(int set) {
  if (fake == nullptr) return real<decltype(PAPI_get_multiplex)>("PAPI_get_multiplex")(set);
  return fake->multiplexed ? 1 : 0;
}

int PAPI_assign_eventset_component(int set, int component) {
  if (fake == nullptr) {
    return real<decltype(PAPI_assign_eventset_component)>("PAPI_assign_eventset_component")(
        set, component);
  }
  return fake->answer("assign");
}

int PAPI_set_opt(int option, PAPI_option_t* value) {
  if (fake == nullptr) return real<decltype(PAPI_set_opt)>("PAPI_set_opt")(option, value);
  const bool inherit = option == PAPI_INHERIT && value->inherit.inherit == PAPI_INHERIT_ALL;
  return fake->answer(inherit ? "inherit" : "set another option");
}

int PAPI_attach(int set, unsigned long process) {
  if (fake == nullptr) return real<decltype(PAPI_attach)>("PAPI_attach")(set, process);
  return fake->answer("attach " + std::to_string(process));
}

int PAPI_add_named_event(int set, const char* event) {
  if (fake == nullptr) {
    return real<decltype(PAPI_add_named_event)>("PAPI_add_named_event")(set, event);
  }
  return fake->add(event);
}

int PAPI_start(int set) {
  if (fake == nullptr) return real<decltype(PAPI_start)>("PAPI_start")(set);
  return fake->answer("start");
}

int PAPI_stop(int set, long long* values) {
  if (fake == nullptr) return real<decltype(PAPI_stop)>("PAPI_stop")(set, values);
  fake->show(values);
  return fake->answer("stop");
}

int PAPI_read(int set, long long* values) {
  if (fake == nullptr) return real<decltype(PAPI_read)>("PAPI_read")(set, values);
  fake->show(values);
  return fake->answer("read");
}

int PAPI_destroy_eventset(int* set) {
  if (fake != nullptr) fake->destroy();
  return real<decltype(PAPI_destroy_eventset)>("PAPI_destroy_eventset")(set);
}

}  // extern "C"
