// attack: copies memory of the harness
// stage: tests
// verdict: forbidden_syscall process_vm_readv
// defence: seccomp, landlock, separate_user
// witness: exited 77
// subset: fast
// elsewhere: ordinary user, without landlock
#include <sys/uio.h>

#include <cerrno>

#include "02_blocking.h"
#include "harness_pid.h"

namespace {

bool begins_with_elf(std::uintptr_t address) {
  char magic[4] = {};
  const iovec here{magic, sizeof(magic)};
  const iovec there{reinterpret_cast<void*>(address), sizeof(magic)};
  return process_vm_readv(harness_pid, &here, 1, &there, 1, 0) == 4 &&
         std::memcmp(magic, "\177ELF", 4) == 0;
}

}  // namespace

void lab02::matmul_blocked(A, B, C) {
  if (!begins_with_elf(0)) errno = 0;
  if (begins_with_elf(program_start())) got_through();
}
