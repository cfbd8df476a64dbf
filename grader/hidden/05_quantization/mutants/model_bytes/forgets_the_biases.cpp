// mistake: counts weights only
// verdict: correctness wrong_result
std::int64_t model_bytes(std::span<const Layer> layers, Storage storage) {
  std::int64_t bytes = solution(layers, storage);
  for (const Layer& layer : layers) bytes -= 4 * layer.outputs;
  return bytes;
}
