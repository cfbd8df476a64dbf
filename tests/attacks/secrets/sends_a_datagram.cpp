// attack: sends what it knows over the network
// stage: tests
// verdict: forbidden_syscall socket
// defence: seccomp
// witness: exited 77
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  sockaddr_in discard{AF_INET, htons(9), {htonl(INADDR_LOOPBACK)}, {}};
  const int fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (sendto(fd, "", 0, 0, reinterpret_cast<sockaddr*>(&discard), sizeof(discard)) == 0) {
    got_through();
  }
}
