// What every attack may use, whatever its lab. Each lab has a header of its own beside this one,
// such as 02_blocking.h, which brings its solution along for the attack to replace a kernel of.
#pragma once

#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

/// Ends the program the way that says: the attack got what it wanted.
[[noreturn]] inline void got_through() {
  for (;;) syscall(SYS_exit_group, 77);
}
