// What the kernels of lab NN are timed against: right, plain, and as slow as the lab's idea finds it.
#include "kernels.h"

namespace labNN {

void relu(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] < 0 ? 0 : x[i];
}

}  // namespace labNN
