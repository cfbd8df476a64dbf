// Lab NN: your kernels. kernels.h says what each must do; handouts/NN_topic.md says why and how.
#include "kernels.h"

namespace labNN {

void relu(std::span<const float> x, std::span<float> y) {
  // TODO: negative numbers become 0; everything else, NaN included, stays what it is.
  (void)x, (void)y;
}

}  // namespace labNN
