// attack: none: a relu on vectors, with the rest one by one
// lab: 01_baseline
// case: relu/1003
// stage: vector
// verdict: passes
#include "vectors.h"

void lab01::relu(X x, Y y) {
  std::size_t i = 0;
  for (; i + 8 <= x.size(); i += 8) {
    _mm256_storeu_ps(&y[i], _mm256_max_ps(_mm256_setzero_ps(), _mm256_loadu_ps(&x[i])));
  }
  relu_from(i, x, y);
}
