// Arena: the shared memory of one worker.
//
// Three memory files. *Inputs*: the harness maps them writable, then seals them, and hands the
// worker a descriptor opened read-only: no mapping of the worker's can ever write there. *Outputs*:
// writable by both, sealed in size, so that shrinking them cannot make the harness fault.
// *Control*: one page.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sandbox/descriptor.h"
#include "worker/protocol.h"

namespace rooflab::harness {

/// Bytes at random places: guards the surroundings of outputs.
class Arena {
 public:
  /// Throws std::system_error when the system has no such memory. With `fixed_places`, the same
  /// requests get the same places each time. Without `sealed` the worker could write its inputs and
  /// resize what is shared.
  Arena(std::size_t input_bytes, std::size_t output_bytes, bool fixed_places = false,
        bool sealed = true);

  /// Forgets all slots; the next ones are placed anew.
  void clear();
  /// Puts zeros wherever a worker or a problem left anything: for the next worker, which may map
  /// all of it before its first call. The pages stay the same ones, so no worker has luckier ones.
  void scrub();
  /// A place for `bytes` input bytes, `misalign` bytes past a cache line. Throws std::length_error
  /// when the region is full. Returns the offset into the region.
  std::int64_t place_input(std::size_t bytes, std::size_t misalign);
  /// The same, from the region's end backwards. Reading behind the first input that is placed so
  /// faults, since regions are mapped far apart.
  std::int64_t place_input_at_end(std::size_t bytes);
  /// The same for outputs, with a red zone of fresh random bytes on either side.
  std::int64_t place_output(std::size_t bytes, std::size_t misalign);
  [[nodiscard]] std::byte* input(std::int64_t offset) const {
    return inputs_.bytes().data() + offset;
  }
  [[nodiscard]] std::byte* output(std::int64_t offset) const {
    return outputs_.bytes().data() + offset;
  }
  /// Whether all red zones hold what was put there. Only meaningful while the worker is stopped.
  [[nodiscard]] bool red_zones_intact() const;

  [[nodiscard]] Control& control() const {
    return *reinterpret_cast<Control*>(control_.bytes().data());
  }
  [[nodiscard]] std::size_t input_bytes() const { return inputs_.bytes().size(); }
  [[nodiscard]] std::size_t output_bytes() const { return outputs_.bytes().size(); }
  /// How much of them requests have ever taken, from the beginning.
  [[nodiscard]] std::size_t inputs_ever_used() const { return inputs_ever_used_; }
  [[nodiscard]] std::size_t outputs_ever_used() const { return outputs_ever_used_; }
  /// What the worker inherits, in the order of kControlFd, kInputsFd, kOutputsFd.
  [[nodiscard]] int control_fd() const { return control_fd_.get(); }
  [[nodiscard]] int inputs_fd() const { return inputs_read_only_fd_.get(); }
  [[nodiscard]] int outputs_fd() const { return outputs_fd_.get(); }

 private:
  struct RedZone {
    std::size_t offset;
    std::vector<std::byte> content;
  };
  void put_red_zone(std::size_t offset);

  Fd control_fd_, inputs_fd_, inputs_read_only_fd_, outputs_fd_;
  Mapping control_, inputs_, outputs_;
  bool fixed_places_;
  bool clean_ = true;
  std::size_t inputs_used_ = 0, inputs_end_ = 0, inputs_ever_used_ = 0;
  std::size_t outputs_used_ = 0, outputs_ever_used_ = 0;
  std::vector<RedZone> red_zones_;
};

/// Bytes from the operating system's random generator.
void random_bytes(std::span<std::byte> bytes);
[[nodiscard]] std::uint64_t random_number();

}  // namespace rooflab::harness
