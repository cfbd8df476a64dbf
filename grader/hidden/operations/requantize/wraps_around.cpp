// mistake: keeps the lower 8 bits of what does not fit
// verdict: correctness wrong_result
void KERNEL(MatrixView<const std::int32_t> acc, float scale, std::int32_t zero_point,
            MatrixView<std::uint8_t> out) {
  solution(acc, scale, zero_point, out);
  for (std::int64_t i = 0; i < acc.rows; ++i) {
    for (std::int64_t j = 0; j < acc.cols; ++j) {
      const float real = std::nearbyint(static_cast<float>(acc(i, j)) * scale);
      if (std::abs(real) < 1e6F) {
        out(i, j) = static_cast<std::uint8_t>(static_cast<std::int32_t>(real) + zero_point);
      }
    }
  }
}
