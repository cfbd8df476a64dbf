#include "case.h"

#include <cstdlib>
#include <random>

namespace rooflab::testing {

std::uint64_t session_seed() {
  if (const char* text = std::getenv("ROOFLAB_SEED")) return std::strtoull(text, nullptr, 10);
  return unforeseeable_seed();
}

std::uint64_t unforeseeable_seed() {
  std::random_device device;
  return (static_cast<std::uint64_t>(device()) << 32U) | device();
}

}  // namespace rooflab::testing
