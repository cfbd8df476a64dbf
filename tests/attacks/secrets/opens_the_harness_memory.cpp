// attack: opens the memory of the harness as a file
// stage: tests
// verdict: forbidden_syscall openat
// defence: seccomp, landlock, separate_user
// witness: exited 77
#include <fcntl.h>

#include "02_blocking.h"
#include "harness_pid.h"

void lab02::matmul_blocked(A, B, C) {
  char magic[4] = {};
  const int memory = open(proc_file("mem").c_str(), O_RDONLY);
  if (pread(memory, magic, sizeof(magic), static_cast<off_t>(program_start())) == 4 &&
      std::memcmp(magic, "\177ELF", 4) == 0) {
    got_through();
  }
}
