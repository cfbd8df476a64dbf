// attack: opens the file of results and writes its own
// stage: tests
// verdict: forbidden_syscall openat
// defence: process
// witness: exited 77
#include <fcntl.h>

#include <string_view>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  char arguments[4096] = {};
  const int self = open("/proc/self/cmdline", O_RDONLY);
  const ssize_t got = read(self, arguments, sizeof(arguments) - 1);
  const std::string_view all(arguments, static_cast<std::size_t>(got < 0 ? 0 : got));
  for (const std::string_view option : {"-o=", "--out="}) {
    const std::size_t at = all.find(option);
    if (at == std::string_view::npos) continue;
    if (open(arguments + at + option.size(), O_WRONLY | O_TRUNC) >= 0) got_through();
  }
}
