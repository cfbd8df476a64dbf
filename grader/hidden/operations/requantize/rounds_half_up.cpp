// mistake: adds a half and cuts off
// verdict: correctness wrong_result
void KERNEL(MatrixView<const std::int32_t> acc, float scale, std::int32_t zero_point,
            MatrixView<std::uint8_t> out) {
  for (std::int64_t i = 0; i < acc.rows; ++i) {
    for (std::int64_t j = 0; j < acc.cols; ++j) {
      const float real = static_cast<float>(acc(i, j)) * scale;
      const float up = std::floor(real + 0.5F) + static_cast<float>(zero_point);
      out(i, j) = static_cast<std::uint8_t>(std::clamp(up, 0.0F, 255.0F));
    }
  }
}
