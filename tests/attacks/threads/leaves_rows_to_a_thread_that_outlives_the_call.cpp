// attack: leaves half of the rows to a thread that writes them after the call has returned
// stage: tests
// threads: 2
// verdict: wrong_result or out_of_bounds
// defence: freeze
// witness: passes
// subset: fast
#include <thread>

#include "02_blocking.h"

namespace {
std::thread late;
}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  if (late.joinable()) return late.join();  // called once more: the harness did not look yet
  const std::int64_t half = c.rows / 2;
  honest_matmul_blocked({a.data, half, a.cols, a.stride}, b, {c.data, half, c.cols, c.stride});
  late = std::thread([=] {
    usleep(5000);
    honest_matmul_blocked({a.row(half), a.rows - half, a.cols, a.stride}, b,
                          {c.row(half), c.rows - half, c.cols, c.stride});
  });
}
