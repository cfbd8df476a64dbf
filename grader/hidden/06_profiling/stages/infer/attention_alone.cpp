// idea: only the step that takes longest in one of the cases is made fast
// earns: 0 of infer.speedup/products
// earns: 4-9 of infer.speedup/attention
// earns: 0 of infer.speedup/classes
#include "slow_network.h"

void infer(MatrixView<const float> x, QuantParams input, MatrixView<const std::int8_t> w1,
           std::span<const std::int32_t> bias1, std::span<const float> scales1,
           MatrixView<const float> wq, MatrixView<const float> wk, MatrixView<const float> wv,
           MatrixView<const float> w2, std::span<const float> bias2, MatrixView<float> out) {
  const Matrix<float> hidden(x.rows, w1.cols), a(x.rows, wv.cols), scratch(1, 4 * x.rows + 64);
  const Matrix<float> q(x.rows, wq.cols), k(x.rows, wk.cols), v(x.rows, wv.cols);
  slow::first_layer(x, input, w1, bias1, scales1, hidden.view());
  slow::gelu(hidden.view());
  slow::multiply(hidden.view(), wq, q.view());
  slow::multiply(hidden.view(), wk, k.view());
  slow::multiply(hidden.view(), wv, v.view());
  const std::vector<std::int32_t> all(static_cast<std::size_t>(x.rows),
                                      static_cast<std::int32_t>(x.rows));
  const float scale = 1 / std::sqrt(static_cast<float>(wq.cols));
  attention(q.view(), k.view(), v.view(), all, scale, a.view(), row_of(scratch.view(), 0));
  slow::classify(a.view(), w2, bias2, out);
}
