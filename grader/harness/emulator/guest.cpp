#include "emulator/guest.h"

#include <elf.h>
#include <seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <limits>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>

namespace rooflab::harness {
namespace {

constexpr std::uint64_t kGiB = std::uint64_t{1} << 30U;
// Above the arena (worker_process.cpp), and the same on every machine: which line of a cache data
// lies in follows from its address.
constexpr std::uint64_t kMemoryBegin = 16 * kGiB;
constexpr std::uint64_t kStackEnd = (std::uint64_t{127} << 40U);
constexpr std::uint64_t kBootPage = kStackEnd + kGiB;

void need(uc_err error, const char* what) {
  if (error != UC_ERR_OK) {
    throw std::runtime_error(std::string("Unicorn: ") + what + ": " + uc_strerror(error));
  }
}

uc_engine* open(uc_arch architecture, uc_mode mode) {
  uc_engine* engine = nullptr;
  need(uc_open(architecture, mode, &engine), "opening");
  return engine;
}

// What a guest brings about ends it. (It also keeps exceptions from passing through Unicorn, whose
// callbacks come from C.)
template <class Work>
void blame_guest(const Ending& ending, Work work) noexcept {
  try {
    work();
  } catch (const CannotCount& error) {
    ending.cannot_count(error.what());
  } catch (const NoProgram& error) {
    ending.by({.signal = SIGABRT}, std::string("could not be started: ") + error.what());
  } catch (const std::exception& error) {
    ending.by({.signal = SIGABRT}, std::string("asked too much of the emulator: ") + error.what());
  }
}

}  // namespace

struct Processor {
  unsigned machine;
  std::uint32_t calls;  // libseccomp's name for its system calls
  uc_arch architecture;
  uc_mode mode;
  int pc, stack, call_number, call_result, thread_pointer;
  std::array<int, 6> call_arguments;
  const char* platform;
  /// Brings the processor to where its first instruction is the program's. Returns the address to
  /// start at.
  std::uint64_t (*boot)(Guest& guest, std::uint64_t entry, std::uint64_t stack);
  void (*hook_system_calls)(Guest& guest);
  /// What the processor's own number for an exception is as a signal; 0 for a system call.
  int (*signal_of)(std::uint32_t interrupt);

  static const Processor& of(unsigned machine);
  static std::uint64_t boot_intel(Guest& guest, std::uint64_t entry, std::uint64_t stack);
  static std::uint64_t boot_arm(Guest& guest, std::uint64_t entry, std::uint64_t stack);
  static void hook_intel(Guest& guest);
};

namespace {

int intel_signal(std::uint32_t interrupt) {
  switch (interrupt) {
    case 0:   // division
    case 16:  // x87
    case 19:  // SSE
      return SIGFPE;
    case 1:
    case 3:
      return SIGTRAP;
    case 6:
      return SIGILL;
    case 128:  // int 0x80: a system call of 32 bit
      return SIGSYS;
    default:
      return SIGSEGV;
  }
}

int arm_signal(std::uint32_t interrupt) {
  switch (interrupt) {
    case 1:  // undefined
      return SIGILL;
    case 2:  // svc
      return 0;
    case 7:  // breakpoint
      return SIGTRAP;
    default:
      return SIGSEGV;
  }
}

const std::array kProcessors = {
    Processor{.machine = EM_X86_64,
              .calls = SCMP_ARCH_X86_64,
              .architecture = UC_ARCH_X86,
              .mode = UC_MODE_64,
              .pc = UC_X86_REG_RIP,
              .stack = UC_X86_REG_RSP,
              .call_number = UC_X86_REG_RAX,
              .call_result = UC_X86_REG_RAX,
              .thread_pointer = UC_X86_REG_FS_BASE,
              .call_arguments = {UC_X86_REG_RDI, UC_X86_REG_RSI, UC_X86_REG_RDX, UC_X86_REG_R10,
                                 UC_X86_REG_R8, UC_X86_REG_R9},
              .platform = "x86_64",
              .boot = Processor::boot_intel,
              .hook_system_calls = Processor::hook_intel,
              .signal_of = intel_signal},
    Processor{.machine = EM_AARCH64,
              .calls = SCMP_ARCH_AARCH64,
              .architecture = UC_ARCH_ARM64,
              .mode = UC_MODE_ARM,
              .pc = UC_ARM64_REG_PC,
              .stack = UC_ARM64_REG_SP,
              .call_number = UC_ARM64_REG_X8,
              .call_result = UC_ARM64_REG_X0,
              .thread_pointer = UC_ARM64_REG_TPIDR_EL0,
              .call_arguments = {UC_ARM64_REG_X0, UC_ARM64_REG_X1, UC_ARM64_REG_X2, UC_ARM64_REG_X3,
                                 UC_ARM64_REG_X4, UC_ARM64_REG_X5},
              .platform = "aarch64",
              .boot = Processor::boot_arm,
              .hook_system_calls = [](Guest& /*guest*/) {},  // they are interrupts
              .signal_of = arm_signal},
};

}  // namespace

const Processor& Processor::of(unsigned machine) {
  const auto* const found = std::ranges::find(kProcessors, machine, &Processor::machine);
  if (found == kProcessors.end()) throw NoProgram("it is for another processor");
  return *found;
}

// A processor starts with all rights. The way down is a return from an interrupt, to segments that
// a table in memory describes.
std::uint64_t Processor::boot_intel(Guest& guest, std::uint64_t entry, std::uint64_t stack) {
  constexpr std::uint64_t kRing = 3;
  constexpr std::uint64_t kCode = 0x08 | kRing;
  constexpr std::uint64_t kData = 0x10 | kRing;
  constexpr std::uint64_t kFlags = 0x202;
  constexpr std::uint64_t kNoClock = 1U << 2U;  // CR4.TSD: rdtsc needs ring 0
  constexpr std::uint64_t kSse = 3U << 9U;      // CR4.OSFXSR, OSXMMEXCPT
  if (!guest.defences_.guest_rights) {
    guest.set(UC_X86_REG_RSP, stack);
    return entry;
  }
  struct Boot {
    std::array<std::uint64_t, 3> segments = {0, 0x00affb000000ffff, 0x00cff3000000ffff};
    std::array<std::uint64_t, 5> frame;  // what iretq takes from the stack
    std::array<std::uint8_t, 2> iretq = {0x48, 0xcf};
  };
  static const std::span<std::byte> page = reserve(kPageBytes);
  const auto* boot = new (page.data()) Boot{.frame = {entry, kCode, kFlags, stack, kData}};
  if (!guest.space_.place(kBootPage, page, UC_PROT_READ | UC_PROT_EXEC)) {
    throw std::logic_error("the boot page is taken");
  }
  uc_x86_mmr table{};
  table.base = kBootPage + offsetof(Boot, segments);
  table.limit = sizeof(boot->segments) - 1;
  need(uc_reg_write(guest.engine_.get(), UC_X86_REG_GDTR, &table), "the segments' table");
  guest.set(UC_X86_REG_CR4, kNoClock | kSse);
  guest.set(UC_X86_REG_RSP, kBootPage + offsetof(Boot, frame));
  return kBootPage + offsetof(Boot, iretq);
}

std::uint64_t Processor::boot_arm(Guest& guest, std::uint64_t entry, std::uint64_t stack) {
  constexpr std::uint64_t kFloatingPoint = 3U << 20U;
  guest.set(UC_ARM64_REG_CPACR_EL1, kFloatingPoint);
  guest.set(UC_ARM64_REG_SP, stack);
  return entry;
}

void Processor::hook_intel(Guest& guest) {
  uc_hook hook{};
  const auto call = [](uc_engine* /*engine*/, void* self) {
    static_cast<Guest*>(self)->system_call();
  };
  need(uc_hook_add(guest.engine_.get(), &hook, UC_HOOK_INSN,
                   reinterpret_cast<void*>(static_cast<uc_cb_insn_syscall_t>(call)), &guest, 1, 0,
                   UC_X86_INS_SYSCALL),
       "hooking system calls");
}

Guest::Guest(unsigned machine, Emulation& record, const Defences& defences)
    : processor_(Processor::of(machine)),
      record_(record),
      defences_(defences),
      ending_(record),
      engine_(open(processor_.architecture, processor_.mode), uc_close),
      space_(engine_.get()),
      meter_(record.d1, record.ll) {
  static_cast<void>(get(processor_.pc));  // Unicorn makes its memory when it is first used
}

Guest::~Guest() = default;

void Guest::run(std::span<const std::byte> file, std::vector<SharedMemory> shared,
                std::size_t memory_bytes) {
  std::string why;
  blame_guest(ending_, [&] {
    const uc_err error = emulate(read_program(file), std::move(shared), memory_bytes);
    if (error == UC_ERR_INSN_INVALID) illegal_instruction();
    why = uc_strerror(error);
  });
  ending_.by({.signal = SIGSEGV}, "could not go on: " + why);
}

uc_err Guest::emulate(const Program& program, std::vector<SharedMemory> shared,
                      std::size_t memory_bytes) {
  load(program);
  const auto memory = reserve(memory_bytes);
  calls_.emplace(
      processor_.calls,
      GuestProcess{.space = space_,
                   .memory = {kMemoryBegin, kMemoryBegin + memory_bytes, memory.data()},
                   .shared = std::move(shared),
                   .ending = ending_,
                   .defences = defences_,
                   .clock_ns = [this] { return meter_.instructions(); },
                   .set_thread_pointer =
                       [this](std::uint64_t value) { set(processor_.thread_pointer, value); },
                   .stop = [this] { stop(); }});
  const std::uint64_t start = processor_.boot(*this, program.entry, make_stack(program));
  add_hooks();
  constexpr auto kNever = std::numeric_limits<std::uint64_t>::max();
  return uc_emu_start(engine_.get(), start, kNever, 0, 0);
}

void Guest::load(const Program& program) {
  for (const Segment& segment : program.segments) {
    const std::uint64_t begin = page_begin(segment.address);
    const auto memory = reserve(page_end(segment.address + segment.bytes) - begin);
    std::ranges::copy(segment.content, memory.subspan(segment.address - begin).begin());
    std::uint32_t access = UC_PROT_READ;
    if (segment.writable) access |= UC_PROT_WRITE;
    if (segment.is_code() || !defences_.guest_code) access |= UC_PROT_EXEC;
    if (!space_.place(begin, memory, access)) throw NoProgram("two of its segments share a page");
  }
  meter_.keep_sites(program.code_begin, program.code_end);
}

// What the start of a C program finds there: arguments, environment (none), and what the operating
// system tells of itself.
std::uint64_t Guest::make_stack(const Program& program) {
  const std::uint64_t bytes = Limits{}.stack_bytes;
  const Area stack{kStackEnd - bytes, kStackEnd, reserve(bytes).data()};
  const std::uint32_t code = defences_.guest_code ? UC_PROT_NONE : UC_PROT_EXEC;
  if (!space_.take(stack, stack.begin, bytes, UC_PROT_READ | UC_PROT_WRITE | code)) {
    throw std::logic_error("the stack's place is taken");
  }
  std::uint64_t top = kStackEnd;
  const auto push = [&](const void* data, std::size_t size) {
    top = (top - size) & ~std::uint64_t{15};
    std::memcpy(stack.host + (top - stack.begin), data, size);
    return top;
  };
  constexpr std::array<char, 7> kName = {"worker"};
  constexpr std::array<std::uint64_t, 2> kRandom = {0x0123456789abcdef, 0xfedcba9876543210};
  const std::uint64_t name = push(kName.data(), kName.size());
  const std::uint64_t platform = push(processor_.platform, std::strlen(processor_.platform) + 1);
  const std::uint64_t random = push(kRandom.data(), sizeof(kRandom));
  const std::array words = {std::uint64_t{1},           name,
                            std::uint64_t{0},           std::uint64_t{0},
                            std::uint64_t{AT_PHDR},     program.headers,
                            std::uint64_t{AT_PHENT},    std::uint64_t{sizeof(Elf64_Phdr)},
                            std::uint64_t{AT_PHNUM},    program.header_count,
                            std::uint64_t{AT_PAGESZ},   kPageBytes,
                            std::uint64_t{AT_ENTRY},    program.entry,
                            std::uint64_t{AT_SECURE},   std::uint64_t{0},
                            std::uint64_t{AT_RANDOM},   random,
                            std::uint64_t{AT_PLATFORM}, platform,
                            std::uint64_t{AT_NULL},     std::uint64_t{0}};
  return push(words.data(), sizeof(words));
}

void Guest::add_hooks() {
  const auto add = [this](int kind, auto callback, void* data) {
    uc_hook hook{};
    need(uc_hook_add(engine_.get(), &hook, kind, reinterpret_cast<void*>(+callback), data, 1, 0),
         "hooking");
  };
  add(
      UC_HOOK_CODE,
      [](uc_engine* /*engine*/, std::uint64_t pc, std::uint32_t /*size*/, void* self) {
        auto& guest = *static_cast<Guest*>(self);
        guest.meter_.instruction(pc);
        if (guest.meter_.instructions() >= guest.record_.max_instructions) guest.exhausted();
      },
      this);
  add(
      UC_HOOK_MEM_READ | UC_HOOK_MEM_WRITE,
      [](uc_engine* /*engine*/, uc_mem_type type, std::uint64_t address, int bytes,
         std::int64_t /*value*/, void* meter) {
        static_cast<Meter*>(meter)->access(address, bytes,
                                           type == UC_MEM_READ ? Access::read : Access::write);
      },
      &meter_);
  add(
      UC_HOOK_MEM_INVALID,
      [](uc_engine* /*engine*/, uc_mem_type type, std::uint64_t address, int /*bytes*/,
         std::int64_t /*value*/,
         void* self) -> bool { static_cast<Guest*>(self)->reached(type, address); },
      this);
  add(
      UC_HOOK_INTR,
      [](uc_engine* /*engine*/, std::uint32_t number, void* self) {
        static_cast<Guest*>(self)->interrupted(number);
      },
      this);
  processor_.hook_system_calls(*this);
}

void Guest::system_call() {
  blame_guest(ending_, [this] {
    SystemCalls::Arguments arguments{};
    std::ranges::transform(processor_.call_arguments, arguments.begin(),
                           [this](int which) { return get(which); });
    const int number = static_cast<int>(get(processor_.call_number));
    const std::int64_t result = calls_->answer(number, arguments);
    set(processor_.call_result, static_cast<std::uint64_t>(result));
  });
}

void Guest::interrupted(std::uint32_t number) {
  switch (const int signal = processor_.signal_of(number)) {
    case 0:
      return system_call();
    case SIGILL:
      illegal_instruction();
    case SIGSYS:
      ending_.by({.signal = SIGSYS, .system_call = static_cast<int>(get(processor_.call_number))});
    default:
      ending_.by({.signal = signal});
  }
}

void Guest::reached(uc_mem_type type, std::uint64_t address) {
  const bool code = type == UC_MEM_FETCH_UNMAPPED || type == UC_MEM_FETCH_PROT;
  ending_.by({.signal = SIGSEGV, .address = address},
             code ? "ran into memory that holds no code" : "");
}

void Guest::illegal_instruction() {
  // A compiler's own way to say "never reached".
  constexpr std::array kTrap = {std::byte{0x0f}, std::byte{0x0b}};
  std::array<std::byte, 2> bytes{};
  const bool trap = space_.read(get(processor_.pc), bytes) && bytes == kTrap;
  ending_.by({.signal = SIGILL},
             trap ? "" : "ran an instruction of a newer processor (AVX?) than the emulated one");
}

void Guest::exhausted() {
  if (!defences_.guest_budget) return;
  ending_.by({.signal = SIGXCPU}, "was still running after " +
                                      std::to_string(record_.max_instructions / 1'000'000) +
                                      " million instructions");
}

// "Ready" or "done"; returns at "go".
void Guest::stop() {
  if (counting_) meter_.stop(record_);
  syscall(SYS_tgkill, getpid(), gettid(), SIGSTOP);
  meter_.start();
  counting_ = true;
}

std::uint64_t Guest::get(int which) const {
  std::uint64_t value = 0;
  need(uc_reg_read(engine_.get(), which, &value), "reading a register");
  return value;
}

void Guest::set(int which, std::uint64_t value) {
  need(uc_reg_write(engine_.get(), which, &value), "writing a register");
}

}  // namespace rooflab::harness
