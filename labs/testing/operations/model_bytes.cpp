#include <rooflab/testing/operations/model_bytes.h>

namespace rooflab::testing {
namespace {

std::int64_t layer_bytes(const Layer& layer, Storage storage) {
  const std::int64_t values = layer.inputs * layer.outputs;
  const std::int64_t biases = 4 * layer.outputs;  // floats, or s32
  constexpr std::int64_t kParams = sizeof(QuantParams), kScale = sizeof(float);
  switch (storage) {
    case Storage::fp32:
      return 4 * values + biases;
    case Storage::bf16:
      return 2 * values + biases;
    case Storage::int8_per_tensor:
      return values + biases + kScale + kParams;
    case Storage::int8_per_channel:
      return values + biases + kScale * layer.outputs + kParams;
    case Storage::int4_per_channel:
      return (values + 1) / 2 + biases + kScale * layer.outputs + kParams;
    case Storage::csr:
      return (4 + 4) * layer.nonzeros + 4 * (layer.outputs + 1) + biases;
    case Storage::two_of_four: {
      const std::int64_t kept = values / 2;
      return 4 * kept + (kept + 3) / 4 + biases;
    }
  }
  return 0;
}

}  // namespace

std::string storage_name(Storage storage) {
  switch (storage) {
    case Storage::fp32:
      return "fp32";
    case Storage::bf16:
      return "bf16";
    case Storage::int8_per_tensor:
      return "int8_per_tensor";
    case Storage::int8_per_channel:
      return "int8_per_channel";
    case Storage::int4_per_channel:
      return "int4_per_channel";
    case Storage::csr:
      return "csr";
    case Storage::two_of_four:
      return "two_of_four";
  }
  return "";
}

std::int64_t exact_model_bytes(std::span<const Layer> layers, Storage storage) {
  std::int64_t sum = 0;
  for (const Layer& layer : layers) sum += layer_bytes(layer, storage);
  return sum;
}

std::string ModelBytesProblem::describe() const {
  std::string text = "layers = {";
  for (const Layer& layer : layers) {
    text += (&layer == layers.data() ? "{" : ", {") + std::to_string(layer.inputs) + ", " +
            std::to_string(layer.outputs) + ", " + std::to_string(layer.nonzeros) + "}";
  }
  return text + "}, Storage::" + storage_name(storage);
}

std::optional<Failure> ModelBytesProblem::run(ModelBytesKernel kernel) const {
  const std::int64_t exact = exact_model_bytes(layers, storage), given = kernel(layers, storage);
  if (given == exact) return std::nullopt;
  return Failure{.reason = "wrong_result",
                 .what = "the number of bytes is wrong",
                 .first = "the result",
                 .expected = std::to_string(exact),
                 .actual = std::to_string(given)};
}

}  // namespace rooflab::testing
