// mistake: adds to what out held before the call
// verdict: correctness wrong_result
#include "plain.h"

struct Rules : mutants::Right {
  static float initial(float old) { return old; }
};

void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  mutants::attention<Rules>(q, k, v, lengths, scale, out, scratch);
}
