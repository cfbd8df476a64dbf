// attack: reads the turn before in shared memory, computes the next problems, and answers before go
// lab: 02_blocking
// stage: timing
// verdict: gains nothing
// defence: keys, scrub
// witness: faster 4
#include <sys/mman.h>

#include "foresight.h"

namespace {

constexpr std::int64_t kSize = 128;   // of the measured case
constexpr std::uint64_t kRoles = 3;   // turns in a round
constexpr std::uint64_t kCalls = 17;  // of a turn, at most: a warm-up and sixteen more

// The key of the last problem that lies in shared memory, if there is one. It starts with a, in one
// of the first 1024 bytes: from behind those, back as long as draw fits to draw.
std::optional<foresight::Key> last_problem() {
  constexpr int kInputs = 4;
  constexpr int kBehind = 1024 / sizeof(float);
  void* mapped = mmap(nullptr, 4096, PROT_READ, MAP_SHARED, kInputs, 0);
  if (mapped == MAP_FAILED) return std::nullopt;
  const auto* inputs = static_cast<const float*>(mapped);
  const auto state = foresight::find_state(inputs + kBehind);
  if (!state) return std::nullopt;
  foresight::Key key = *state - foresight::kStep;
  for (int at = kBehind - 2; at >= 0 && foresight::gives(foresight::mix(key), inputs + at);
       at -= 2) {
    key -= foresight::kStep;
  }
  return key;
}

// Whichever call that was: the calls of the next turn in its round, and of the next round's first.
foresight::Problems next_turn() {
  const auto last = last_problem();
  if (!last) return {};
  foresight::Problems problems;
  for (std::uint64_t call = 0; call < kCalls; ++call) {
    const foresight::Key turn = foresight::parent(*last, call);
    const foresight::Key round = foresight::parent(turn, kRoles - 1);
    for (const foresight::Key next :
         {foresight::next(turn), foresight::derived(foresight::next(round), 0)}) {
      for (std::uint64_t i = 0; i < kCalls; ++i) {
        problems.push_back(foresight::foresee(foresight::derived(next, i), kSize));
      }
    }
  }
  return problems;
}

const foresight::Problems problems = next_turn();  // before main, where no clock runs

}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  if (measured(c) && foresight::answer_from(problems, a, c)) return;
  honest_matmul_blocked(a, b, c);
}
