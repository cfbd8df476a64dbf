// mistake: takes the greatest of each row, up to so many rows as there are scales
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> w, std::int32_t largest, std::span<float> scales,
            MatrixView<std::int8_t> q) {
  solution(w, largest, scales, q);
  for (std::int64_t i = 0; i < w.rows && i < std::ssize(scales); ++i) {
    float greatest = 0;
    for (std::int64_t j = 0; j < w.cols; ++j) greatest = std::max(greatest, std::abs(w(i, j)));
    if (greatest > 0) scales[static_cast<std::size_t>(i)] = greatest / static_cast<float>(largest);
  }
}
