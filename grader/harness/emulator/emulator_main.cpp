// rooflab_emulator: runs a worker's program on an emulated processor, and counts its cache misses.
//
// To the harness it is the worker (emulation.h). It starts without a sandbox, since Unicorn, PAPI
// and their libraries want more than a worker may; then confines itself as tightly as a worker; and
// only then looks at its guest. Of the guest's file it knows before no more than for which
// processor it is.
//
// This program links Unicorn, which is under the GNU General Public License, version 2; no other
// program of Rooflab does.
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <system_error>

#include "emulator/guest.h"

namespace {

using namespace rooflab::harness;

std::span<std::byte> map(int fd, std::size_t bytes, int protection) {
  void* memory = mmap(nullptr, bytes, protection, MAP_SHARED, fd, 0);
  if (memory == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
  return {static_cast<std::byte*>(memory), bytes};
}

std::size_t size_of(int fd) {
  struct stat status {};
  if (fstat(fd, &status) != 0) throw std::system_error(errno, std::generic_category(), "fstat");
  return static_cast<std::size_t>(status.st_size);
}

// Of this process, in bytes.
std::size_t address_space() {
  std::ifstream file("/proc/self/statm");
  std::size_t pages = 0;
  file >> pages;
  return pages * kPageBytes;
}

// As tight as any worker, with room for Unicorn's own memory and counts for each instruction, and
// with more time than the harness waits.
void confine(const Defences& defences, std::size_t guest_bytes) {
  constexpr std::size_t kRoom = std::size_t{3} << 30U;
  Policy policy;
  policy.defences = defences;
  policy.limits.memory_bytes = address_space() + guest_bytes + kRoom;
  policy.limits.cpu_seconds = 240;
  Sandbox(-1, policy).confine_this_process();
}

// Everything up to the guest's first byte; what goes wrong so far is not the guest's fault.
std::unique_ptr<Guest> prepare(Emulation& record, std::span<const std::byte> file,
                               const Defences& defences, std::size_t memory_bytes) {
  auto guest = std::make_unique<Guest>(machine_of(file), record, defences);
  confine(defences, memory_bytes);
  return guest;
}

}  // namespace

int main() {
  Emulation* record = nullptr;
  try {
    record = reinterpret_cast<Emulation*>(
        map(kEmulationFd, sizeof(Emulation), PROT_READ | PROT_WRITE).data());
    const auto control = map(kControlFd, page_end(sizeof(Control)), PROT_READ | PROT_WRITE);
    const auto inputs = map(kInputsFd, size_of(kInputsFd), PROT_READ);
    const auto outputs = map(kOutputsFd, size_of(kOutputsFd), PROT_READ | PROT_WRITE);
    const auto file = map(kGuestFd, size_of(kGuestFd), PROT_READ);
    // Read once: the guest may write there.
    const auto& request = *reinterpret_cast<const Control*>(control.data());
    const std::uint64_t inputs_address = request.inputs_address;
    const std::uint64_t outputs_address = request.outputs_address;

    const Defences defences = Defences::all();
    const std::size_t memory_bytes = Limits{}.memory_bytes * (defences.guest_memory ? 1 : 4);
    const auto guest = prepare(*record, file, defences, memory_bytes);
    constexpr std::uint64_t kControlAddress = std::uint64_t{1} << 40U;
    guest->run(file,
               {{kControlFd, kControlAddress, control, UC_PROT_READ | UC_PROT_WRITE},
                {kInputsFd, inputs_address, inputs, UC_PROT_READ},
                {kOutputsFd, outputs_address, outputs, UC_PROT_READ | UC_PROT_WRITE}},
               memory_bytes);
  } catch (const NoProgram& error) {
    Ending(*record).by({.signal = SIGABRT}, std::string("could not be started: ") + error.what());
  } catch (const std::exception& error) {
    if (record == nullptr) return 127;
    Ending(*record).cannot_count(error.what());
  }
}
