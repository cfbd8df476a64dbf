// mistake: takes the greatest weight, not the greatest magnitude
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> w, std::int32_t largest, std::span<float> scales,
            MatrixView<std::int8_t> q) {
  solution(w, largest, scales, q);
  const bool per_channel = std::ssize(scales) == w.cols;
  for (std::int64_t j = 0; per_channel && j < w.cols; ++j) {
    float greatest = 0;
    for (std::int64_t i = 0; i < w.rows; ++i) greatest = std::max(greatest, w(i, j));
    scales[static_cast<std::size_t>(j)] = greatest > 0 ? greatest / static_cast<float>(largest) : 1;
  }
}
