// mistake: gives masked keys a weight of 0, and multiplies what v holds there by it
// verdict: correctness wrong_result
#include "plain.h"

struct Rules : mutants::Right {
  static std::int64_t summed(std::int64_t /*length*/, std::int64_t m) { return m; }
};

void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  mutants::attention<Rules>(q, k, v, lengths, scale, out, scratch);
}
