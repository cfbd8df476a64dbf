"""Right kernels of lab 02 as text, for tests that change one of them."""

from collections.abc import Mapping

PARAMETERS = {
    "matmul_reordered": "MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c",
    "matmul_blocked": "MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c",
    "transpose_blocked": "MatrixView<const float> a, MatrixView<float> b",
    "conv2d_blocked": "Tensor4View<const float> x, Tensor4View<const float> w, "
    "std::span<const float> bias, std::int64_t padding, Tensor4View<float> y",
    "choose_tile": "std::int64_t cache_bytes",
}
RIGHT = {
    "matmul_reordered": """
  for (std::int64_t i = 0; i < c.rows; ++i)
    for (std::int64_t j = 0; j < c.cols; ++j) {
      float sum = 0;
      for (std::int64_t p = 0; p < a.cols; ++p) sum += a(i, p) * b(p, j);
      c(i, j) = sum;
    }""",
    "matmul_blocked": "matmul_reordered(a, b, c);",
    "transpose_blocked": """
  for (std::int64_t i = 0; i < a.rows; ++i)
    for (std::int64_t j = 0; j < a.cols; ++j) b(j, i) = a(i, j);""",
    "conv2d_blocked": """
  for (std::int64_t n = 0; n < y.batch; ++n)
    for (std::int64_t o = 0; o < y.channels; ++o)
      for (std::int64_t i = 0; i < y.height; ++i)
        for (std::int64_t j = 0; j < y.width; ++j) {
          float sum = bias.empty() ? 0.0F : bias[static_cast<std::size_t>(o)];
          for (std::int64_t ch = 0; ch < x.channels; ++ch)
            for (std::int64_t r = 0; r < w.height; ++r)
              for (std::int64_t s = 0; s < w.width; ++s) {
                const std::int64_t row = i + r - padding, col = j + s - padding;
                if (row < 0 || row >= x.height || col < 0 || col >= x.width) continue;
                sum += w(o, ch, r, s) * x(n, ch, row, col);
              }
          y(n, o, i, j) = sum;
        }""",
    "choose_tile": """
  std::int64_t tile = 8;
  while (3 * (tile + 8) * (tile + 8) * 4 <= cache_bytes) tile += 8;
  return tile;""",
}


def source(kernels: Mapping[str, str], top: str = "") -> str:
    """A kernels.cpp whose kernels are right, but for those given; `top` stands above them."""
    text = f"""#include "kernels.h"
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <vector>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>
{top}
namespace lab02 {{
"""
    for name, body in (RIGHT | dict(kernels)).items():
        result = "std::int64_t" if name == "choose_tile" else "void"
        text += f"{result} {name}({PARAMETERS[name]}) {{\n{body}\n}}\n"
    return text + "}\n"
