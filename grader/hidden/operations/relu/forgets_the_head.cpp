// mistake: starts at the first cache line and forgets what lies in front of it
// verdict: hidden_correctness wrong_result
// verdict of lab03::relu: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<float> y) {
  const auto past_line = reinterpret_cast<std::uintptr_t>(x.data()) / sizeof(float) % 16;
  for (std::size_t i = (16 - past_line) % 16; i < x.size(); ++i) y[i] = x[i] < 0 ? 0.0F : x[i];
}
