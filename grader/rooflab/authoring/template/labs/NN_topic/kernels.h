// Lab NN: the kernels that you write in kernels.cpp. TODO: name the topic.
//
// Rules for all of them: any size is legal, 0 and 1 included. Matrices are row-major and honour
// `stride`; elements between cols and stride belong to somebody else: neither read nor write them.
// Pointers are aligned to their element only. Outputs never overlap inputs. What an output held
// before the call is undefined (it may be NaN): overwrite it. NaN and infinity go where the plain
// formula takes them.
#pragma once

#include <rooflab/view.h>

namespace labNN {

using rooflab::MatrixView;

/// c = a·b. Shapes: a is m×k, b is k×n, c is m×n. k = 0 gives c = 0.
void matmul(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c);

}  // namespace labNN
