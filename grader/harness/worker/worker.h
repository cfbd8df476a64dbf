// The worker's side: turns a request in the arena into a call of a kernel. This is compiled into
// the same program as the submission, which may do with it as it likes; nothing here is trusted.
#pragma once

#include <rooflab/view.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "worker/protocol.h"

namespace rooflab::harness {

/// The mapped regions.
struct Regions {
  std::byte* inputs = nullptr;
  std::byte* outputs = nullptr;
};

/// One kernel that the worker can run.
struct Entry {
  const char* name;
  std::int64_t (*invoke)(const Control&, const Regions&);
};

/// The page that the harness and this worker share; null where it could not be mapped.
extern Control* control;

/// Every kernel that this worker knows: a lab's come from its kernels.def (table.cpp).
extern const std::span<const Entry> kernels;

namespace detail {

template <class T>
T* elements(const Argument& argument, const Regions& regions) {
  std::byte* base = argument.region == Region::inputs ? regions.inputs : regions.outputs;
  return reinterpret_cast<T*>(base + argument.offset);
}

template <class T>
struct Take {
  static T from(const Argument& argument, const Regions& /*regions*/) {
    static_assert(is_value<T>);
    T value;
    std::memcpy(&value, argument.dims.data(), sizeof(value));
    return value;
  }
};
template <class T>
struct Take<MatrixView<T>> {
  static MatrixView<T> from(const Argument& a, const Regions& regions) {
    return {elements<T>(a, regions), a.dims[0], a.dims[1], a.dims[2]};
  }
};
template <class T>
struct Take<Tensor4View<T>> {
  static Tensor4View<T> from(const Argument& a, const Regions& regions) {
    return {elements<T>(a, regions), a.dims[0], a.dims[1], a.dims[2], a.dims[3]};
  }
};
template <class T>
struct Take<std::span<T>> {
  static std::span<T> from(const Argument& a, const Regions& regions) {
    return {elements<T>(a, regions), static_cast<std::size_t>(a.dims[0])};
  }
};

template <auto Kernel>
struct Invoke;
template <class Result, class... Args, Result (*Kernel)(Args...)>
struct Invoke<Kernel> {
  static std::int64_t call(const Control& control, const Regions& regions) {
    return with(control, regions, std::index_sequence_for<Args...>{});
  }
  template <std::size_t... I>
  static std::int64_t with(const Control& control, const Regions& regions,
                           std::index_sequence<I...> /*indices*/) {
    if constexpr (std::is_void_v<Result>) {
      Kernel(Take<Args>::from(control.arguments[I], regions)...);
      return 0;
    } else {
      static_assert(is_value<Result>);
      const Result result = Kernel(Take<Args>::from(control.arguments[I], regions)...);
      std::int64_t bits = 0;
      std::memcpy(&bits, &result, sizeof(result));
      return bits;
    }
  }
};

}  // namespace detail

/// The table's line for a kernel: entry<lab02::matmul_blocked>("matmul_blocked"). A name for which
/// the control page has no room does not compile.
template <auto Kernel>
consteval Entry entry(const char* name) {
  if (std::string_view(name).size() >= kMaxName) throw "the kernel's name is too long";
  return {name, detail::Invoke<Kernel>::call};
}

}  // namespace rooflab::harness
