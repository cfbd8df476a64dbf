// Placed: an input where a kernel that reads behind its end is caught.
#pragma once

#include <rooflab/testing/core/guarded.h>
#include <rooflab/view.h>

#include <cstddef>
#include <span>
#include <string>

namespace rooflab::testing {

/// An input as a kernel gets it: as it is, or as a copy whose last element ends where a page does.
/// Nobody may read the page behind it, so a load that goes too far faults there, also one whose
/// surplus is never used. (In a worker one input of a call can lie so: remote.cpp recognises it by
/// its end, unless it begins with a page as well.)
template <class T>
class Placed {
 public:
  Placed(const GuardedMatrix<T>& input, bool at_page_end);
  Placed(const Placed&) = delete;
  Placed& operator=(const Placed&) = delete;
  ~Placed();

  [[nodiscard]] MatrixView<const T> view() const { return view_; }
  /// Precondition: rows <= 1 or no padding.
  [[nodiscard]] std::span<const T> span() const {
    return {view_.data, static_cast<std::size_t>(view_.rows * view_.cols)};
  }

 private:
  MatrixView<const T> view_;
  std::span<std::byte> pages_;  // none, or mapped
};

/// ", x ends with its page: nothing may be read behind it", for the description of a call.
[[nodiscard]] std::string describe_page_end(const char* name);

}  // namespace rooflab::testing
