// How many bytes a network takes, stored in one way or another. Exact.
#pragma once

#include <rooflab/quantization.h>
#include <rooflab/testing/core/dimension.h>
#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/core/kernel.h>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rooflab::testing {

using ModelBytesKernel = std::int64_t (*)(std::span<const Layer> layers, Storage storage);

inline constexpr std::array kStorages = {Storage::fp32,
                                         Storage::bf16,
                                         Storage::int8_per_tensor,
                                         Storage::int8_per_channel,
                                         Storage::int4_per_channel,
                                         Storage::csr,
                                         Storage::two_of_four};

/// As the labs name them: "int8_per_tensor".
[[nodiscard]] std::string storage_name(Storage storage);

/// The bytes that are right.
[[nodiscard]] std::int64_t exact_model_bytes(std::span<const Layer> layers, Storage storage);

/// One call.
struct ModelBytesProblem {
  std::vector<Layer> layers;
  Storage storage = Storage::fp32;

  [[nodiscard]] static std::vector<Dimension> dimensions() { return {}; }
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(ModelBytesKernel kernel) const;
};

/// What it promises, a test case each: see core/promise.h.
namespace model_bytes {

/// In every storage.
void check_all(Named<ModelBytesKernel> kernel, const std::vector<Layer>& layers);

void counts_one_layer(Named<ModelBytesKernel> kernel);
void counts_several_layers(Named<ModelBytesKernel> kernel);
void rounds_up_to_whole_bytes(Named<ModelBytesKernel> kernel);
void counts_more_than_32_bits(Named<ModelBytesKernel> kernel);

}  // namespace model_bytes

}  // namespace rooflab::testing
