// For a table of lab 04: one float sum in as many parts as there are threads, and in blocks whose
// borders depend on nothing but the size. No thread is needed to see it.
#include <cstdint>
#include <span>

#include "../rounds.h"
#include "serial.h"

namespace {

constexpr std::size_t kElements = 1'000'000;

float sum_in_parts(std::span<const float> x, std::size_t parts) {
  float sum = 0;
  for (std::size_t t = 0; t < parts; ++t) {
    const std::size_t begin = x.size() * t / parts, end = x.size() * (t + 1) / parts;
    sum += lab04::serial::sum(x.subspan(begin, end - begin));
  }
  return sum;
}

}  // namespace

int main() {
  std::vector<float> x(kElements);
  std::mt19937 random(4);
  double exact = 0;
  for (float& each : x) {
    each = static_cast<float>(random()) / 4294967296.0F;
    exact += static_cast<double>(each);
  }
  for (const std::size_t parts : {1, 2, 3, 4, 8}) {
    figures::print_row("a part for each thread",
                       {{"threads", static_cast<double>(parts)},
                        {"sum", static_cast<double>(sum_in_parts(x, parts))}});
  }
  figures::print_row("in double", {{"threads", 1}, {"sum", exact}});
  return 0;
}
