// Which call of a kernel is running: all that is known when it ends the program.
#pragma once

#include <string_view>

namespace rooflab::testing {

/// Remembers the call that comes next, so that a crash can be explained (see test_main.cpp).
void set_current_call(std::string_view kernel, std::string_view call);
/// "kernel: call". Allocates nothing: a crash handler may call it.
[[nodiscard]] const char* current_call() noexcept;

}  // namespace rooflab::testing
