#include <rooflab/testing/core/current_call.h>

#include <array>
#include <cstdio>

namespace rooflab::testing {
namespace {

std::array<char, 512> text{};

}  // namespace

void set_current_call(std::string_view kernel, std::string_view call) {
  std::snprintf(text.data(), text.size(), "%.*s: %.*s", static_cast<int>(kernel.size()),
                kernel.data(), static_cast<int>(call.size()), call.data());
}

const char* current_call() noexcept { return text.data(); }

}  // namespace rooflab::testing
