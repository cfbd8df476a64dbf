// mistake: takes 2^x for e^x
// verdict: correctness wrong_result
#include "plain.h"

struct Rules : mutants::Right {
  static float weight(float score, float highest) { return std::exp2(score - highest); }
};

void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  mutants::attention<Rules>(q, k, v, lengths, scale, out, scratch);
}
