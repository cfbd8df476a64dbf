// mistake: overflows for large models
// verdict: correctness wrong_result
std::int64_t model_bytes(std::span<const Layer> layers, Storage storage) {
  return static_cast<std::int32_t>(solution(layers, storage));
}
