// mistake: takes the bare product for the score
// verdict: correctness wrong_result
#include "plain.h"

struct Rules : mutants::Right {
  static float score(float product, float /*scale*/) { return product; }
};

void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  mutants::attention<Rules>(q, k, v, lengths, scale, out, scratch);
}
