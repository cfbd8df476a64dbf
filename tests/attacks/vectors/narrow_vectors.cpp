// attack: works on vectors of 128 bits
// lab: 01_baseline
// case: relu/1003
// stage: vector
// verdict: not_vectorized on narrower ones
// defence: width
// witness: passes
#include "vectors.h"

void lab01::relu(X x, Y y) {
  std::size_t i = 0;
  for (; i + 4 <= x.size(); i += 4) {
    _mm_storeu_ps(&y[i], _mm_max_ps(_mm_setzero_ps(), _mm_loadu_ps(&x[i])));
  }
  relu_from(i, x, y);
}
