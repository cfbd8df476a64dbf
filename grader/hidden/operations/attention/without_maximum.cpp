// mistake: does not subtract the maximum: exp overflows
// verdict: correctness wrong_result
#include "plain.h"

struct Rules : mutants::Right {
  static float weight(float score, float /*highest*/) { return std::exp(score); }
};

void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  mutants::attention<Rules>(q, k, v, lengths, scale, out, scratch);
}
