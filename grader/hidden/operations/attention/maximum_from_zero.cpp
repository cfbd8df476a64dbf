// mistake: starts the search for the maximum at 0: rows of low scores underflow
// verdict: correctness wrong_result
#include "plain.h"

struct Rules : mutants::Right {
  static float lowest() { return 0; }
};

void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  mutants::attention<Rules>(q, k, v, lengths, scale, out, scratch);
}
