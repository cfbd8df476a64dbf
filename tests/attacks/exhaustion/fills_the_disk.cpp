// attack: writes files
// stage: tests
// verdict: forbidden_syscall openat
// defence: seccomp, landlock, resource_limits
// witness: exited 77
// elsewhere: ordinary user, without landlock
#include <fcntl.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  const char path[] = "/tmp/rooflab-attack";
  const int fd = open(path, O_CREAT | O_EXCL | O_WRONLY, 0600);
  if (fd < 0) return;
  unlink(path);
  if (write(fd, path, sizeof(path)) > 0) got_through();
}
