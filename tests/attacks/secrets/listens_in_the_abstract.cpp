// attack: listens on a socket without a file, for its accomplice
// stage: tests
// verdict: forbidden_syscall socket
// defence: seccomp
// witness: exited 77
#include <sys/socket.h>
#include <sys/un.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  sockaddr_un name{AF_UNIX, "\0rooflab-attack"};
  const int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
  if (bind(fd, reinterpret_cast<sockaddr*>(&name), sizeof(name)) == 0) got_through();
}
