// What the programs of peers.py measure: works, and contestants that do the same work.
#pragma once

#include <rooflab/view.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace peers {

using rooflab::MatrixView;

struct Contestant {
  std::string name;
  std::function<void()> run;
  double amount = 0;       // floating-point operations or bytes of one run
  bool comparable = true;  // whether what it leaves in the work's output must be ours
};

/// `contestants[0]` is ours. All write to `output`, which `reset` brings back to how it began.
struct Work {
  std::string name;
  std::string unit;
  std::span<float> output;
  float tolerance = 0;  // of an element, between ours and a peer's
  std::vector<Contestant> contestants;
  std::function<void()> reset = [] {};
};

/// The libraries' functions, nothing where a library is absent. Products are c = a·b.
std::function<void()> openblas_sgemm(MatrixView<float> a, MatrixView<float> b, MatrixView<float> c);
std::function<void()> onednn_matmul(MatrixView<float> a, MatrixView<float> b, MatrixView<float> c);
std::function<void()> onednn_relu(std::span<float> x, std::span<float> y);
std::function<void()> onednn_gelu(std::span<float> x, std::span<float> y);
std::function<void()> onednn_softmax(MatrixView<float> x, MatrixView<float> y);

/// The product on its way through the course, each stage faster than the one before.
std::vector<Contestant> stages_of_the_course(MatrixView<float> a, MatrixView<float> b,
                                             MatrixView<float> c);

}  // namespace peers
