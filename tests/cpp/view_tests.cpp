// The views and buffers that kernels see their data through.
#include <doctest/doctest.h>
#include <rooflab/matrix.h>
#include <rooflab/view.h>

#include <array>
#include <cstdint>
#include <type_traits>
#include <utility>

using rooflab::AlignedBuffer;
using rooflab::Matrix;
using rooflab::MatrixView;
using rooflab::Tensor4View;

TEST_SUITE("view") {
  TEST_CASE("a matrix view steps by its stride from row to row") {
    std::array<int, 12> memory{};
    const MatrixView<int> view{memory.data(), 3, 2, 4};
    CHECK(&view(0, 0) == &memory[0]);
    CHECK(&view(0, 1) == &memory[1]);
    CHECK(&view(2, 1) == &memory[9]);
    CHECK(view.row(1) == &memory[4]);
  }
  TEST_CASE("a tensor view runs through x, then y, then channels, then images") {
    std::array<int, 120> memory{};
    const Tensor4View<int> view{memory.data(), 2, 3, 4, 5};
    CHECK(view.size() == 120);
    CHECK(&view(0, 0, 0, 1) == &memory[1]);
    CHECK(&view(0, 0, 1, 0) == &memory[5]);
    CHECK(&view(0, 1, 0, 0) == &memory[20]);
    CHECK(&view(1, 0, 0, 0) == &memory[60]);
    CHECK(view.plane(1, 2) == &view(1, 2, 0, 0));
  }
  TEST_CASE("a view that writes can be passed as one that only reads, and not the other way") {
    static_assert(std::is_convertible_v<MatrixView<float>, MatrixView<const float>>);
    static_assert(!std::is_convertible_v<MatrixView<const float>, MatrixView<float>>);
    static_assert(std::is_convertible_v<Tensor4View<float>, Tensor4View<const float>>);
    static_assert(!std::is_convertible_v<Tensor4View<const float>, Tensor4View<float>>);
    std::array<float, 6> memory{};
    const MatrixView<const float> view = MatrixView<float>{memory.data(), 2, 2, 3};
    CHECK(&view(1, 1) == &memory[4]);
    CHECK(view.stride == 3);
  }
}

TEST_SUITE("matrix") {
  TEST_CASE("a buffer starts on a cache line and is zero") {
    for (const std::int64_t size : {1, 7, 1000}) {
      const AlignedBuffer<float> buffer(size);
      CHECK(reinterpret_cast<std::uintptr_t>(buffer.data()) % rooflab::kCacheLineBytes == 0);
      CHECK(std::ssize(buffer.span()) == size);
      for (const float value : buffer.span()) CHECK(value == 0.0F);
    }
  }
  TEST_CASE("a buffer may be empty") { CHECK(AlignedBuffer<float>(0).span().empty()); }
  TEST_CASE("moving a buffer moves the memory along") {
    AlignedBuffer<float> first(3);
    first[2] = 5;
    const float* memory = first.data();
    const AlignedBuffer<float> second = std::move(first);
    CHECK(second.data() == memory);
    CHECK(second[2] == 5);
    static_assert(!std::is_copy_constructible_v<AlignedBuffer<float>>);
  }
  TEST_CASE("a matrix has packed rows") {
    const Matrix<float> matrix(3, 5);
    CHECK(matrix.view().rows == 3);
    CHECK(matrix.view().cols == 5);
    CHECK(matrix.view().stride == 5);
    matrix(2, 4) = 1;
    CHECK(matrix.view()(2, 4) == 1);
  }
}
