// attack: reads a file of the machine
// stage: tests
// verdict: forbidden_syscall openat
// defence: seccomp, landlock
// witness: exited 77
// elsewhere: ordinary user, without landlock
#include <fcntl.h>

#include "01_baseline.h"

void lab01::softmax_rows(X /*x*/, Y /*y*/) {
  if (open("/etc/passwd", O_RDONLY) >= 0) got_through();
}
