// mistake: stops after a layer
// verdict: correctness wrong_result
std::int64_t model_bytes(std::span<const Layer> layers, Storage storage) {
  return solution(layers.first(std::min<std::size_t>(1, layers.size())), storage);
}
