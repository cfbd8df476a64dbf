// Submissions that keep the grader waiting: the solution, with one of these ways in front of each
// kernel, or in front of main. WAY names it.
#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#define matmul_reordered honest_matmul_reordered
#define matmul_blocked honest_matmul_blocked
#define transpose_blocked honest_transpose_blocked
#define conv2d_blocked honest_conv2d_blocked
#include "solutions/02_blocking/kernels.cpp"
#undef matmul_reordered
#undef matmul_blocked
#undef transpose_blocked
#undef conv2d_blocked

namespace {

constexpr std::size_t kPlenty = std::size_t{1900} << 20U;
bool starting = true;
std::int64_t output_elements = 0;  // of the call

bool measured() { return output_elements >= 20'000; }
void nap(long seconds) {
  timespec time{seconds, 0};
  while (nanosleep(&time, &time) != 0) {
  }
}
void compute(double seconds) {
  const auto end = std::clock() + static_cast<std::clock_t>(seconds * CLOCKS_PER_SEC);
  while (std::clock() < end) {
  }
}
void fill(std::size_t size) {
  void* memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  auto* const bytes = static_cast<volatile char*>(memory);
  for (std::size_t i = 0; memory != MAP_FAILED && i < size; i += 4096) bytes[i] = 1;
  if (memory != MAP_FAILED) munmap(memory, size);
}

void naps_in_each_call() {
  if (!starting) nap(118);
}
void naps_up_to_the_deadline() {
  if (!starting) nap(9);
}
void naps_when_measured() {
  if (!starting && measured()) nap(118);
}
void naps_up_to_the_deadline_when_measured() {
  if (!starting && measured()) nap(29);
}
void computes_up_to_the_deadline() {
  if (!starting) compute(2.9);
}
void computes_up_to_the_deadline_when_measured() {
  if (!starting && measured()) compute(19);
}
void never_returns() {
  if (!starting) compute(1e6);
}
void never_starts() {
  if (starting) compute(1e6);
}
void starts_slowly() {
  if (starting) compute(4.9);
}
void crashes_late() {
  if (!starting) compute(2.9);
  if (!starting) std::abort();
}
void fills_memory() {
  if (!starting) fill(kPlenty);
}
void fills_memory_at_its_start() {
  if (starting) fill(kPlenty);
}
void floods() {
  while (!starting) std::puts("flood");
}
void takes_now_longer_now_less() {
  if (!starting && measured() && std::time(nullptr) % 2 == 0) compute(0.03);
}

[[gnu::constructor]] void start() {
  WAY();
  starting = false;
}
void before(std::int64_t elements) {
  output_elements = elements;
  WAY();
}

}  // namespace

namespace lab02 {

void matmul_reordered(rooflab::MatrixView<const float> a, rooflab::MatrixView<const float> b,
                      rooflab::MatrixView<float> c) {
  before(c.rows * c.cols);
  honest_matmul_reordered(a, b, c);
}
void matmul_blocked(rooflab::MatrixView<const float> a, rooflab::MatrixView<const float> b,
                    rooflab::MatrixView<float> c) {
  before(c.rows * c.cols);
  honest_matmul_blocked(a, b, c);
}
void transpose_blocked(rooflab::MatrixView<const float> a, rooflab::MatrixView<float> b) {
  before(b.rows * b.cols);
  honest_transpose_blocked(a, b);
}
void conv2d_blocked(rooflab::Tensor4View<const float> x, rooflab::Tensor4View<const float> w,
                    std::span<const float> bias, std::int64_t padding,
                    rooflab::Tensor4View<float> y) {
  before(y.size());
  honest_conv2d_blocked(x, w, bias, padding, y);
}

}  // namespace lab02
