// mistake: adds b to x in place, and goes on from there
// verdict: correctness input_modified
#include <vector>

void KERNEL(MatrixView<const float> x, std::span<const float> b, float s, MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    for (std::int64_t j = 0; j < x.cols; ++j) {
      const_cast<float*>(x.row(i))[j] += b[static_cast<std::size_t>(j)];
    }
  }
  const std::vector<float> none(b.size());
  solution(x, none, s, y);
}
