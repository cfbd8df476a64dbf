// How much memory a worker has, as the operating system tells it.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <optional>
#include <string_view>

namespace rooflab::harness {

/// A line of /proc/PID/status that is a size, such as "VmPeak", in bytes. Nothing where the system
/// does not tell it, or the worker has ended. See proc(5).
[[nodiscard]] std::optional<std::size_t> memory_status(pid_t worker, std::string_view line);

}  // namespace rooflab::harness
