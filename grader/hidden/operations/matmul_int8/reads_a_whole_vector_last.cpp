// mistake: loads 16 bytes of b also where fewer are left
// verdict: correctness crashed
void KERNEL(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b, QuantParams pa,
            QuantParams pb, MatrixView<std::int32_t> c) {
  std::uint8_t rest[16] = {};
  if (b.rows > 0 && b.cols > 0) {
    const std::int8_t* last = b.row(b.rows - 1) + (b.cols - 1) / 16 * 16;
    std::copy_n(last, 16, rest);
    asm volatile("" : : "r"(rest) : "memory");  // the load stays, though nothing is done with it
  }
  solution(a, b, pa, pb, c);
}
