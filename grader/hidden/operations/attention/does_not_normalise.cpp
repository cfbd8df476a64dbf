// mistake: leaves out the division by the sum
// verdict: correctness wrong_result
#include "plain.h"

struct Rules : mutants::Right {
  static float share(float weight, float /*sum*/) { return weight; }
};

void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  mutants::attention<Rules>(q, k, v, lengths, scale, out, scratch);
}
