// Lab NN: the kernels that you write in kernels.cpp. TODO: name the topic.
//
// Rules for all of them: any size is legal, 0 and 1 included. Pointers are aligned to their element
// only. What an output held before the call means nothing (it may be NaN): overwrite it.
#pragma once

#include <rooflab/view.h>

#include <cstdint>
#include <span>

namespace labNN {

/// y[i] = max(x[i], 0), and NaN stays NaN. Shapes: x and y have the same size.
/// In place is allowed: y may be x itself (never a shifted part of it).
void relu(std::span<const float> x, std::span<float> y);

}  // namespace labNN
