// mistake: keeps where rows start in 16 bits: loses 65,536
// verdict: correctness wrong_result
#include <vector>

void KERNEL(std::span<const std::int32_t> row_starts, std::span<const std::int32_t> columns,
            std::span<const float> values, MatrixView<const float> b, MatrixView<float> c) {
  std::vector<std::int32_t> starts(row_starts.begin(), row_starts.end());
  for (std::int32_t& start : starts) start &= 0xffff;
  solution(starts, columns, values, b, c);
}
