// What only the hidden tests demand of model bytes.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/core/random.h>
#include <rooflab/testing/operations/model_bytes.h>

namespace rooflab::testing::model_bytes {

inline void holds_on_random_networks(Named<ModelBytesKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < 100; ++i) {
    std::vector<Layer> layers(static_cast<std::size_t>(random.integer(0, 6)));
    for (Layer& layer : layers) {
      layer.inputs = 4 * random.integer(0, 300);
      layer.outputs = random.integer(0, 300);
      layer.nonzeros = random.integer(0, layer.inputs * layer.outputs);
    }
    check_all(kernel, layers);
  }
}

}  // namespace rooflab::testing::model_bytes
