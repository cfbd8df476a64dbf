// attack: computes the answers of the timed calls in the warm-up, whose inputs give the key away
// lab: 02_blocking
// stage: timing
// verdict: gains nothing
// defence: keys
// witness: faster 4
// subset: fast
#include <utility>

#include "foresight.h"

void lab02::matmul_blocked(A a, B b, C c) {
  static foresight::Problems problems;
  static bool warm = false;
  if (!measured(c)) return honest_matmul_blocked(a, b, c);
  if (foresight::answer_from(problems, a, c)) return;
  honest_matmul_blocked(a, b, c);
  if (std::exchange(warm, true)) return;
  const auto state = foresight::find_state(a.data);
  if (!state) return;
  const foresight::Key turn = foresight::parent(*state - foresight::kStep, 0);
  for (const std::uint64_t call : {1, 2, 3, 4}) {
    problems.push_back(foresight::foresee(foresight::derived(turn, call), c.rows));
  }
}
