// attack: reads the environment of the harness
// stage: tests
// verdict: forbidden_syscall openat
// defence: seccomp, landlock, separate_user
// witness: exited 77
#include <fcntl.h>

#include "02_blocking.h"
#include "harness_pid.h"

void lab02::matmul_blocked(A, B, C) {
  static char text[1 << 16];
  const int fd = open(proc_file("environ").c_str(), O_RDONLY);
  const ssize_t got = read(fd, text, sizeof(text));
  const char wanted[] = "ROOFLAB_WORKER=";
  if (got > 0 &&
      memmem(text, static_cast<std::size_t>(got), wanted, sizeof(wanted) - 1) != nullptr) {
    got_through();
  }
}
