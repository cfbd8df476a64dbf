// Text as a JSON string.
#pragma once

#include <string>
#include <string_view>

namespace rooflab::harness {

/// In quotes; a control character becomes a space.
inline std::string json_string(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return result + '"';
}

}  // namespace rooflab::harness
