// mistake: approximates e^x by (1 + x/256)^256
// verdict: correctness wrong_result
#include "plain.h"

struct Rules : mutants::Right {
  static float weight(float score, float highest) {
    const float x = std::max(score - highest, -256.0F);
    return std::pow(1 + x / 256, 256.0F);
  }
};

void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  mutants::attention<Rules>(q, k, v, lengths, scale, out, scratch);
}
