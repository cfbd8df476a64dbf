#include "session/worker_memory.h"

#include <fstream>
#include <sstream>
#include <string>

namespace rooflab::harness {

std::optional<std::size_t> memory_status(pid_t worker, std::string_view line) {
  std::ifstream status("/proc/" + std::to_string(worker) + "/status");
  for (std::string text; std::getline(status, text);) {
    std::istringstream words(text);
    std::string name;
    std::size_t number = 0;
    std::string unit;
    if (!(words >> name) || name != std::string(line) + ":") continue;
    if (!(words >> number >> unit) || unit != "kB") return std::nullopt;
    return number * 1024;
  }
  return std::nullopt;
}

}  // namespace rooflab::harness
