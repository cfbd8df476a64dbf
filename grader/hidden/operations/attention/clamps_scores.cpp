// mistake: limits scores to ±50, so that exp cannot overflow
// verdict: correctness wrong_result
#include "plain.h"

struct Rules : mutants::Right {
  static float score(float product, float scale) {
    return std::clamp(scale * product, -50.0F, 50.0F);
  }
};

void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  mutants::attention<Rules>(q, k, v, lengths, scale, out, scratch);
}
