// What Valgrind tells of a worker's system calls (--trace-syscalls): a line each, before it is
// made,
//
//   SYSCALL[4711,1](9) sys_mmap ( 0x0, 4096, 3, 34, 4294967295, 0 ) --> …
//
// on the worker's output, where a kernel can add lines but take none away.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sandbox.h"

namespace rooflab::harness {

/// The name of the first system call that kernels may not make, memory for code included; if any.
[[nodiscard]] std::optional<std::string> forbidden_call(std::string_view log, const Limits& limits);

}  // namespace rooflab::harness
