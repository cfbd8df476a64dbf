// idea: the plain way: reduction, polynomial, two factors, one vector at a time
// earns: 10-12 of exp.speedup
// earns: 2 of exp.vector
#include "../plain.h"

void exp(std::span<const float> x, std::span<float> y) {
  stages::apply(x.data(), y.data(), std::ssize(x), stages::exp8);
}
