// attack: does the work eight times over with one thread, so that two look efficient that are not
// stage: efficiency
// verdict: gains nothing
// defence: one_thread
// witness: faster 1.5
#include "04_threading.h"

void lab04::parallel_matmul(A a, B b, C c, int threads) {
  for (int time = 0; time < (threads == 1 ? 8 : 1); ++time) honest_parallel_matmul(a, b, c, 1);
}
