// attack: opens a socket while its cache misses are counted
// stage: misses
// verdict: forbidden_syscall socket
// defence: guest_calls, seccomp
// witness: exited 77
// elsewhere: ordinary user, without landlock
#include <sys/socket.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A /*a*/, B /*b*/, C /*c*/) {
  if (socket(AF_INET, SOCK_DGRAM, 0) >= 0) got_through();
}
