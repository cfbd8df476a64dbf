// mistake: a sparse matrix needs nothing but its values
// verdict: correctness wrong_result
std::int64_t model_bytes(std::span<const Layer> layers, Storage storage) {
  if (storage != Storage::csr) return solution(layers, storage);
  std::int64_t bytes = 0;
  for (const Layer& layer : layers) bytes += 4 * (layer.nonzeros + layer.outputs);
  return bytes;
}
