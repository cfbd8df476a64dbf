// mistake: two weights in a byte: loses the last of an odd number
// verdict: correctness wrong_result
std::int64_t model_bytes(std::span<const Layer> layers, Storage storage) {
  std::int64_t bytes = solution(layers, storage);
  for (const Layer& layer : layers) {
    if (storage == Storage::int4_per_channel) bytes -= layer.inputs * layer.outputs % 2;
  }
  return bytes;
}
