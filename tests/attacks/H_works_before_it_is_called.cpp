// attack: does the work in a signal handler as it is woken, before the call that might be counted
// stage: misses
// verdict: gains nothing
// defence: whole_run, nameless
// witness: fewer 2
// elsewhere: ordinary user, without landlock
// subset: fast
#include <sys/mman.h>

#include <csignal>

#include "attack.h"
#include "grader/harness/protocol.h"

namespace {

const rooflab::harness::Control* control = nullptr;
bool done = false;

template <class T>
rooflab::MatrixView<T> argument(std::size_t index, std::uint64_t base) {
  const auto& [region, offset, dims] = control->arguments[index];
  return {reinterpret_cast<T*>(base + static_cast<std::uint64_t>(offset)), dims[0], dims[1],
          dims[2]};
}

void work(int /*signal*/) {
  if (std::strcmp(control->kernel.data(), "matmul_blocked") != 0) return;
  honest_matmul_blocked(argument<const float>(0, control->inputs_address),
                        argument<const float>(1, control->inputs_address),
                        argument<float>(2, control->outputs_address));
  done = true;
}

[[gnu::constructor]] void prepare() {
  void* page = mmap(nullptr, 4096, PROT_READ, MAP_SHARED, 3, 0);
  if (page == MAP_FAILED) return;
  control = static_cast<const rooflab::harness::Control*>(page);
  std::signal(SIGCONT, work);
}

}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  if (!done) return honest_matmul_blocked(a, b, c);
  look_busy(a, c);
}
