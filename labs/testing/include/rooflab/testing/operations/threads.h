// Kernels with one parameter more, the number of threads: what all of them share.
#pragma once

#include <rooflab/testing/core/case.h>
#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/core/guarded.h>
#include <rooflab/testing/core/kernel.h>
#include <rooflab/testing/core/random.h>

#include <cstdint>
#include <string>

namespace rooflab::testing {

namespace detail {

template <class Plain, auto kernel, int threads>
struct OnThreads;
template <class... Args, auto kernel, int threads>
struct OnThreads<void (*)(Args...), kernel, threads> {
  static void call(Args... args) { kernel(args..., threads); }
};

}  // namespace detail

/// A kernel on so many threads, as one without that parameter: it then promises what every kernel
/// of that operation does.
template <class Plain, auto kernel, int threads>
[[nodiscard]] constexpr Named<Plain> on_threads(const char* name) {
  return {name, detail::OnThreads<Plain, kernel, threads>::call};
}

/// The case as it is called when it runs on one thread, "KERNEL/SIZE@1".
[[nodiscard]] inline Case on_one_thread(Case measured) {
  measured.name += "@1";
  return measured;
}

/// Pieces of work (rooflab/work.h) of 1 to `steps` steps; `failing` of them are negative.
void draw_work(GuardedMatrix<std::int32_t>& work, std::int64_t steps, std::int64_t failing,
               Random& random);
/// A failure of which there is no more to say.
[[nodiscard]] Failure wrong(std::string what);

}  // namespace rooflab::testing
