// attack: keeps answers by the addresses of inputs and output
// stage: timing
// verdict: gains nothing or wrong_result
// defence: process
// witness: faster 5
#include <map>
#include <tuple>
#include <vector>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  static std::map<std::tuple<const float*, const float*, float*>, std::vector<float>> answers;
  if (!measured(c)) return honest_matmul_blocked(a, b, c);
  std::vector<float>& answer = answers[{a.data, b.data, c.data}];
  if (answer.empty()) {
    honest_matmul_blocked(a, b, c);
    for (std::int64_t i = 0; i < c.rows; ++i) {
      answer.insert(answer.end(), c.row(i), c.row(i) + c.cols);
    }
  }
  for (std::int64_t i = 0; i < c.rows; ++i) {
    std::copy_n(answer.data() + i * c.cols, c.cols, c.row(i));
  }
}
