// attack: computes in a process that shares its memory and is not stopped with it
// stage: timing
// verdict: forbidden_syscall clone
// defence: seccomp
// witness: faster 5
// elsewhere: ordinary user, without landlock
// case: matmul_blocked/512
// subset: fast
#include <sched.h>
#include <sys/wait.h>

#include "02_blocking.h"

namespace {

struct Call {
  A a;
  B b;
  C c;
};
alignas(16) char stack[256 * 1024];

int work(void* call) {
  const auto& [a, b, c] = *static_cast<Call*>(call);
  honest_matmul_blocked(a, b, c);
  return 0;
}

}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  Call call{a, b, c};
  const int child = clone(work, stack + sizeof(stack), CLONE_VM | SIGCHLD, &call);
  waitpid(child, nullptr, 0);
}
