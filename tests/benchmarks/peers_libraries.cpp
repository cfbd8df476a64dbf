// OpenBLAS and oneDNN behind plain functions. peers.py says by PEERS_OPENBLAS and PEERS_ONEDNN
// which of them are installed. What oneDNN prepares once, it prepares before it is timed.
#include "peers.h"

#if __has_include(<cblas.h>)
#define PEERS_OPENBLAS 1
#include <cblas.h>
#endif
#if __has_include(<dnnl.hpp>)
#define PEERS_ONEDNN 1
#include <dnnl.hpp>
#endif

#include <unordered_map>

namespace peers {

#ifdef PEERS_OPENBLAS
std::function<void()> openblas_sgemm(MatrixView<float> a, MatrixView<float> b,
                                     MatrixView<float> c) {
  return [=] {
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, static_cast<blasint>(a.rows),
                static_cast<blasint>(b.cols), static_cast<blasint>(a.cols), 1, a.data,
                static_cast<blasint>(a.stride), b.data, static_cast<blasint>(b.stride), 0, c.data,
                static_cast<blasint>(c.stride));
  };
}
#else
std::function<void()> openblas_sgemm(MatrixView<float>, MatrixView<float>, MatrixView<float>) {
  return nullptr;
}
#endif

#ifdef PEERS_ONEDNN
namespace {

using dnnl::memory;

dnnl::engine& processor() {
  static dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  return engine;
}

memory matrix(MatrixView<float> x) {
  return {
      {{x.rows, x.cols}, memory::data_type::f32, memory::dims{x.stride, 1}}, processor(), x.data};
}

memory vector(std::span<float> x) {
  const auto size = static_cast<memory::dim>(x.size());
  return matrix({x.data(), 1, size, size});
}

std::function<void()> ready(const dnnl::primitive& primitive,
                            const std::unordered_map<int, memory>& arguments) {
  return [primitive, arguments, stream = dnnl::stream(processor())]() mutable {
    primitive.execute(stream, arguments);
    stream.wait();
  };
}

std::function<void()> eltwise(dnnl::algorithm algorithm, std::span<float> x, std::span<float> y) {
  const memory from = vector(x);
  const memory to = vector(y);
  const dnnl::eltwise_forward::desc what(dnnl::prop_kind::forward_inference, algorithm,
                                         from.get_desc(), 0.0F);
  return ready(dnnl::eltwise_forward({what, processor()}),
               {{DNNL_ARG_SRC, from}, {DNNL_ARG_DST, to}});
}

}  // namespace

std::function<void()> onednn_matmul(MatrixView<float> a, MatrixView<float> b, MatrixView<float> c) {
  const memory left = matrix(a);
  const memory right = matrix(b);
  const memory product = matrix(c);
  const dnnl::matmul::desc what(left.get_desc(), right.get_desc(), product.get_desc());
  return ready(dnnl::matmul({what, processor()}),
               {{DNNL_ARG_SRC, left}, {DNNL_ARG_WEIGHTS, right}, {DNNL_ARG_DST, product}});
}

std::function<void()> onednn_gemm_int8(MatrixView<std::uint8_t> a, MatrixView<std::int8_t> b,
                                       MatrixView<std::int32_t> c) {
  return [=] {
    const std::int32_t none = 0;
    dnnl_gemm_u8s8s32('N', 'N', 'F', a.rows, b.cols, a.cols, 1, a.data, a.stride, 0, b.data,
                      b.stride, 0, 0, c.data, c.stride, &none);
  };
}

std::function<void()> onednn_matmul_int8(MatrixView<std::uint8_t> a, MatrixView<std::int8_t> b,
                                         MatrixView<std::int32_t> c) {
  const auto whole = [](const auto& x, memory::data_type type) {
    return memory({{x.rows, x.cols}, type, memory::dims{x.stride, 1}}, processor(), x.data);
  };
  const memory left = whole(a, memory::data_type::u8);
  const memory right = whole(b, memory::data_type::s8);
  const memory product = whole(c, memory::data_type::s32);
  const dnnl::matmul::desc what(left.get_desc(), right.get_desc(), product.get_desc());
  return ready(dnnl::matmul({what, processor()}),
               {{DNNL_ARG_SRC, left}, {DNNL_ARG_WEIGHTS, right}, {DNNL_ARG_DST, product}});
}

std::function<void()> onednn_relu(std::span<float> x, std::span<float> y) {
  return eltwise(dnnl::algorithm::eltwise_relu, x, y);
}

std::function<void()> onednn_gelu(std::span<float> x, std::span<float> y) {
  return eltwise(dnnl::algorithm::eltwise_gelu_tanh, x, y);
}

std::function<void()> onednn_softmax(MatrixView<float> x, MatrixView<float> y) {
  const memory from = matrix(x);
  const memory to = matrix(y);
  const dnnl::softmax_forward::desc what(dnnl::prop_kind::forward_inference, from.get_desc(), 1);
  return ready(dnnl::softmax_forward({what, processor()}),
               {{DNNL_ARG_SRC, from}, {DNNL_ARG_DST, to}});
}
#else
std::function<void()> onednn_matmul(MatrixView<float>, MatrixView<float>, MatrixView<float>) {
  return nullptr;
}
std::function<void()> onednn_gemm_int8(MatrixView<std::uint8_t>, MatrixView<std::int8_t>,
                                       MatrixView<std::int32_t>) {
  return nullptr;
}
std::function<void()> onednn_matmul_int8(MatrixView<std::uint8_t>, MatrixView<std::int8_t>,
                                         MatrixView<std::int32_t>) {
  return nullptr;
}
std::function<void()> onednn_relu(std::span<float>, std::span<float>) { return nullptr; }
std::function<void()> onednn_gelu(std::span<float>, std::span<float>) { return nullptr; }
std::function<void()> onednn_softmax(MatrixView<float>, MatrixView<float>) { return nullptr; }
#endif

}  // namespace peers
