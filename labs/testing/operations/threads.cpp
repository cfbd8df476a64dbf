#include <rooflab/testing/operations/threads.h>

#include <algorithm>

namespace rooflab::testing {

void draw_work(GuardedMatrix<std::int32_t>& work, std::int64_t steps, std::int64_t failing,
               Random& random) {
  const auto pieces = work.span();
  for (std::int32_t& piece : pieces) piece = static_cast<std::int32_t>(random.integer(1, steps));
  const std::int64_t count = std::min(failing, std::ssize(pieces));
  for (std::int64_t failed = 0; failed < count;) {
    std::int32_t& piece =
        pieces[static_cast<std::size_t>(random.integer(0, std::ssize(pieces) - 1))];
    failed += piece > 0 ? 1 : 0;
    piece = -std::abs(piece);
  }
}

Failure wrong(std::string what) { return {.reason = "wrong_result", .what = std::move(what)}; }

}  // namespace rooflab::testing
