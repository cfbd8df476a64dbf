// The promises of model_bytes.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/core/random.h>
#include <rooflab/testing/operations/model_bytes.h>

namespace rooflab::testing::model_bytes {

void check_all(Named<ModelBytesKernel> kernel, const std::vector<Layer>& layers) {
  for (const Storage storage : kStorages) check(kernel, ModelBytesProblem{layers, storage});
}

void counts_one_layer(Named<ModelBytesKernel> kernel) {
  check_all(kernel, {{64, 128, 819}});
  check_all(kernel, {{64, 128, 0}});
}

void counts_several_layers(Named<ModelBytesKernel> kernel) {
  check_all(kernel, {});
  check_all(kernel, {{64, 128, 819}, {128, 10, 128}});
  check_all(kernel, {{784, 512, 40'000}, {512, 256, 13'107}, {256, 10, 2560}});
}

void rounds_up_to_whole_bytes(Named<ModelBytesKernel> kernel) {
  // An odd number of weights, and half as many that are not a multiple of 4: layer by layer.
  for (const Storage storage : {Storage::int4_per_channel, Storage::csr, Storage::fp32}) {
    check(kernel, ModelBytesProblem{{{3, 5, 2}, {5, 3, 1}}, storage});
  }
  check(kernel, ModelBytesProblem{{{4, 1, 2}, {4, 3, 6}}, Storage::two_of_four});
}

void counts_more_than_32_bits(Named<ModelBytesKernel> kernel) {
  check_all(kernel, {{80'000, 60'000, 1'000'000'000}});
}

}  // namespace rooflab::testing::model_bytes
