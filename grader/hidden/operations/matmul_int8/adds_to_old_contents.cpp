// mistake: adds to what c held
// verdict: correctness wrong_result
#include <vector>

void KERNEL(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b, QuantParams pa,
            QuantParams pb, MatrixView<std::int32_t> c) {
  std::vector<std::int32_t> old;
  for (std::int64_t i = 0; i < c.rows; ++i) old.insert(old.end(), c.row(i), c.row(i) + c.cols);
  solution(a, b, pa, pb, c);
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) {
      const std::int32_t before = old[static_cast<std::size_t>(i * c.cols + j)];
      c(i, j) = static_cast<std::int32_t>(static_cast<std::uint32_t>(c(i, j)) +
                                          static_cast<std::uint32_t>(before));
    }
  }
}
