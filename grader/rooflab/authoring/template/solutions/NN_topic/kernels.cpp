// Lab NN: the reference solution, as fast as the lab's ideas go and short enough to teach from.
#include "kernels.h"

namespace labNN {

void relu(std::span<const float> x, std::span<float> y) {
  // TODO: the lab's idea.
  (void)x, (void)y;
}

}  // namespace labNN
