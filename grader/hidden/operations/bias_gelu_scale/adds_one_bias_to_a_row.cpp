// mistake: takes an element of b for each row in place of each column
// verdict: correctness wrong_result
#include <vector>

void KERNEL(MatrixView<const float> x, std::span<const float> b, float s, MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows && x.cols > 0; ++i) {
    const std::vector<float> same(b.size(), b[static_cast<std::size_t>(i) % b.size()]);
    solution({x.row(i), 1, x.cols, x.stride}, same, s, {y.row(i), 1, y.cols, y.stride});
  }
}
