// mistake: takes weights below 10⁻⁶ for 0, whatever they are multiplied with
// verdict: correctness wrong_result
#include "plain.h"

struct Rules : mutants::Right {
  static float weight(float score, float highest) {
    const float e = std::exp(score - highest);
    return e < 1e-6F ? 0 : e;
  }
};

void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  mutants::attention<Rules>(q, k, v, lengths, scale, out, scratch);
}
