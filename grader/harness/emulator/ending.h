// Ending: how a guest ends. The emulator's process ends the same way, so that the harness sees what
// it would see of any worker; what it could not know is written down first.
#pragma once

#include <string_view>

#include "session/emulation.h"

namespace rooflab::harness {

class Ending {
 public:
  explicit Ending(Emulation& record) : record_(record) {}

  /// By a signal, with the address or system call that brought it about. `why` replaces the
  /// signal's name where that would not tell the author enough.
  [[noreturn]] void by(const Fault& fault, std::string_view why = {}) const;
  [[noreturn]] static void by_exit(int status);
  /// Not the guest's fault: nothing can be counted.
  [[noreturn]] void cannot_count(std::string_view why) const;

 private:
  void note(std::string_view why) const;

  Emulation& record_;
};

}  // namespace rooflab::harness
