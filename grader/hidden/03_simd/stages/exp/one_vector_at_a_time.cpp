// idea: the plain way: reduction, polynomial, two factors, one vector at a time
// earns: 12-14 of exp.speedup
#include "../plain.h"

void exp(std::span<const float> x, std::span<float> y) {
  stages::apply(x.data(), y.data(), std::ssize(x), stages::exp8);
}
