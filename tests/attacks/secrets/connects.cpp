// attack: connects to a server
// stage: tests
// verdict: forbidden_syscall socket
// defence: seccomp, landlock
// witness: exited 77
// elsewhere: ordinary user, without landlock
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  sockaddr_in nobody{AF_INET, htons(9), {htonl(INADDR_LOOPBACK)}, {}};
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  const bool connected = connect(fd, reinterpret_cast<sockaddr*>(&nobody), sizeof(nobody)) == 0;
  if (connected || errno == ECONNREFUSED) got_through();
}
