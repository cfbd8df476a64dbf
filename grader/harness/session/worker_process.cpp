#include "session/worker_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

#include "session/thread_states.h"

namespace rooflab::harness {
namespace {

constexpr std::size_t kMaxOutputBytes = 64 * 1024;
constexpr std::size_t kShownBytes = 8 * 1024;  // for people who debug by printing
constexpr int kSliceMs = 20;                   // how often deadlines are looked at
// Between the bell and the stop: looks at once, giving way each time, and then how often.
constexpr int kLooks = 100;
constexpr int kLookMs = 1;
// A worker that computed nothing for so long is asked whether it ever can again.
constexpr std::int64_t kQuietNs = 1'000'000'000;
constexpr std::int64_t kStoppingNs = 500'000'000;  // so long may it take to stand still
// Far from program, heap and stack.
constexpr std::uint64_t kInputsBase = std::uint64_t{2} << 40U;
constexpr std::uint64_t kOutputsBase = std::uint64_t{4} << 40U;
constexpr std::uint64_t kHugePages = std::uint64_t{1} << 19U;

[[noreturn]] void fail(const char* what) {
  throw LaunchError(std::string(what) + ": " + std::strerror(errno));
}

std::int64_t now_ns(clockid_t clock) {
  timespec time{};
  if (clock_gettime(clock, &time) != 0) return 0;
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

Fd high(int fd) {
  Fd copy(fcntl(fd, F_DUPFD_CLOEXEC, Sandbox::kHighFd));
  if (copy.get() < 0) fail("F_DUPFD");
  return copy;
}

std::array<Fd, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) fail("pipe2");
  const Fd read_end(ends[0]);
  const Fd write_end(ends[1]);
  return {high(ends[0]), high(ends[1])};
}

// A pipe that nobody can open once more by its name in /proc, to take out what another has written.
std::array<Fd, 2> make_socket_pair() {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) fail("socketpair");
  const Fd read_end(ends[0]);
  const Fd write_end(ends[1]);
  return {high(ends[0]), high(ends[1])};
}

// SIGCHLD as something to poll for. It stays blocked in the whole harness, and comes when a worker
// ends, not when it stops or goes on. The bell tells of stops. Of going on nobody must tell: it
// would wake the harness at the very moment in which the kernel wakes its threads, on a processor
// that one of them needs. Of two processors both are then busy, and the thread stays where the
// other one runs, for some milliseconds.
Fd child_signals() {
  struct sigaction action {};
  action.sa_handler = SIG_DFL;
  action.sa_flags = SA_NOCLDSTOP;
  if (sigaction(SIGCHLD, &action, nullptr) != 0) fail("sigaction");
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  if (sigprocmask(SIG_BLOCK, &set, nullptr) != 0) fail("sigprocmask");
  Fd fd(signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
  if (fd.get() < 0) fail("signalfd");
  return fd;
}

const char* signal_name(int number) {
  const char* name = sigabbrev_np(number);
  return name != nullptr ? name : "unknown";
}

// Why a call must end that has taken so long; empty while it may go on.
std::string too_late(const Deadline& deadline, std::chrono::nanoseconds left,
                     const CallCost& so_far) {
  const auto running = [](auto time) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
    return "was still running after " + std::to_string(seconds.count()) + " s";
  };
  const std::chrono::nanoseconds cpu(so_far.cpu_ns);
  if (cpu > deadline.cpu) return running(cpu) + " of CPU time";
  if (so_far.own() > deadline.own) return running(so_far.own()) + ", asleep for most of them";
  if (so_far.own() > left) return Allowance::kNoneLeft;
  return "";
}

// What is known of a forbidden system call; a number below 0 means that the worker left no note.
// The C library blocks all signals while it starts a thread or, in newer versions, any process.
// Then the filter's SIGSYS ends the worker at once, and its handler, which leaves the note, does
// not run.
std::string forbidden_call(int number) {
  constexpr const char* kToStart = "to start a process or a thread";
  if (number < 0) return std::string(", most likely ") + kToStart;
  const std::string name = system_call_name(number);
  const bool starts = name == "clone" || name == "clone3" || name == "fork" || name == "vfork";
  return ": " + name + (starts ? std::string(", ") + kToStart : "");
}

bool within(std::uint64_t address, std::uint64_t base, std::uint64_t bytes) {
  return address >= base && address < base + bytes;
}

}  // namespace

std::chrono::nanoseconds CallCost::own() const {
  return std::chrono::nanoseconds(std::max(wall_ns - run_delay_ns, std::min(wall_ns, cpu_ns)));
}

WorkerProcess::WorkerProcess(int program_fd, Arena& arena, const Policy& policy,
                             Allowance& allowance, bool populate, const Emulated* emulated,
                             std::uint64_t processors)
    : arena_(arena),
      allowance_(allowance),
      defences_(policy.defences),
      child_signals_(child_signals()),
      emulated_(emulated) {
  if (defences_.scrub) arena.scrub();
  Control& control = arena.control();
  control = Control{};
  control.inputs_bytes = arena.input_bytes();
  control.outputs_bytes = arena.output_bytes();
  // Drawn anew for each worker, on huge-page boundaries. An emulated one's count follows from them.
  const auto anywhere = [&] { return emulated ? 0 : random_number() % kHugePages << 21U; };
  control.inputs_address = kInputsBase + anywhere();
  control.outputs_address = kOutputsBase + anywhere();
  control.populate = populate ? 1 : 0;
  control.processors = processors;
  Policy with_arena = policy;
  if (policy.limits.memory_bytes > 0) {
    with_arena.limits.memory_bytes += arena.input_bytes() + arena.output_bytes();
  }
  Sandbox sandbox(program_fd, with_arena);
  launch(program_fd, sandbox);
}

void WorkerProcess::wait_until_ready() {
  if (ready_) return;
  const Deadline start{std::chrono::seconds(5), std::chrono::seconds(10)};
  wait_for_stop(start, {.wall_ns = now_ns(CLOCK_MONOTONIC)});
  ready_ = true;
}

WorkerProcess::~WorkerProcess() { kill(); }

void WorkerProcess::launch(int program_fd, Sandbox& sandbox) {
  auto output = make_socket_pair();
  auto report = make_pipe();
  const Fd control = high(arena_.control_fd());
  const Fd inputs = high(arena_.inputs_fd());
  const Fd outputs = high(arena_.outputs_fd());
  const Fd program = high(program_fd);
  bell_ = high(Fd(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)).get());
  const Fd guest = emulated_ != nullptr ? high(emulated_->program_fd()) : Fd();
  const Fd emulation = emulated_ != nullptr ? high(emulated_->page_fd()) : Fd();
  const pid_t parent = getpid();
  std::fflush(nullptr);
  pid_ = fork();
  if (pid_ < 0) fail("fork");
  if (pid_ == 0) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    for (int number = 1; number < 32; ++number) signal(number, SIG_DFL);
    sandbox.enter({output[1].get(), control.get(), inputs.get(), outputs.get(), program.get(),
                   bell_.get(), report[1].get(), guest.get(), emulation.get()},
                  parent);
  }
  output_ = std::move(output[0]);
  fcntl(output_.get(), F_SETFL, O_NONBLOCK);
  output[1] = Fd();
  report[1] = Fd();
  if (clock_getcpuclockid(pid_, &cpu_clock_) != 0) fail("clock_getcpuclockid");
  Sandbox::Failure failure{};
  ssize_t got = 0;
  do {
    got = read(report[0].get(), &failure, sizeof(failure));
  } while (got < 0 && errno == EINTR);
  if (got == sizeof(failure)) {
    kill();
    // A program can ask for what nobody gives it, such as another program to interpret it.
    if (std::string_view(failure.step) == Sandbox::kExecStep) {
      throw KernelFailure("crashed",
                          std::string("could not be started: ") + std::strerror(failure.error));
    }
    throw LaunchError("the worker's sandbox could not be put on: " + std::string(failure.step) +
                      ": " + std::strerror(failure.error));
  }
}

CallCost WorkerProcess::call(const Deadline& deadline, Observer* observer) {
  if (pid_ < 0) throw LaunchError("a call to a worker that is gone");
  wait_until_ready();
  arena_.control().fault = Fault{};
  if (!defences_.pause) {  // a harness that lets the worker run once its inputs are there
    const auto kernel = std::exchange(arena_.control().kernel, {});
    const CallCost ahead = clocks();
    ::kill(pid_, SIGCONT);
    wait_for_stop(deadline, ahead);
    arena_.control().kernel = kernel;
  }
  if (observer != nullptr) observer->before(pid_);
  const CallCost before = clocks();
  ::kill(pid_, SIGCONT);
  if (observer != nullptr) observer->during();
  const CallCost cost = wait_for_stop(deadline, before);
  if (!defences_.freeze) {  // a harness that lets the worker go on after the clock has ended
    const CallCost again = clocks();
    ::kill(pid_, SIGCONT);
    wait_for_stop(deadline, again);
  }
  return cost;
}

CallCost WorkerProcess::wait_for_stop(const Deadline& deadline, const CallCost& before) {
  const std::chrono::nanoseconds left = allowance_.left();
  std::int64_t cpu_then = before.cpu_ns;      // what it has computed,
  std::int64_t quiet_since = before.wall_ns;  // and since when nothing more
  int slice_ms = kSliceMs;
  for (int looks = 0;;) {
    siginfo_t info{};
    if (waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WSTOPPED | WNOHANG) != 0) {
      fail("waitid");
    }
    if (info.si_pid == pid_) {
      if (info.si_code == CLD_STOPPED && info.si_status == SIGSTOP) {
        const CallCost cost = since(before);
        rung();
        allowance_.charge(cost.own());
        return cost;
      }
      if (info.si_code == CLD_STOPPED) {
        end("crashed", std::string("stopped itself with SIG") + signal_name(info.si_status),
            before);
      }
      const bool exited = info.si_code == CLD_EXITED;
      pid_ = -1;  // waitid has reaped it
      allowance_.charge(since(before).own());
      gone(exited ? info.si_status << 8 : info.si_status);
    }
    if (looks > 0) {
      --looks;
      sched_yield();
      continue;
    }
    std::array<pollfd, 3> wanted{pollfd{child_signals_.get(), POLLIN, 0},
                                 pollfd{output_.get(), POLLIN, 0}, pollfd{bell_.get(), POLLIN, 0}};
    poll(wanted.data(), wanted.size(), slice_ms);
    signalfd_siginfo ignored{};
    while (read(child_signals_.get(), &ignored, sizeof(ignored)) > 0) {
    }
    if (rung()) {
      looks = kLooks;
      slice_ms = kLookMs;
    }
    const auto flood = drain_output();
    if (flood && defences_.output_limit) end("too_much_output", *flood, before);
    if (!defences_.deadline) continue;
    const std::int64_t now = now_ns(CLOCK_MONOTONIC);
    const std::int64_t cpu = cpu_ns();
    if (cpu != cpu_then) {
      cpu_then = cpu;
      quiet_since = now;
    } else if (now - quiet_since > kQuietNs) {
      if (all_wait_for_each_other(pid_) && cpu_ns() == cpu) {
        end("timed_out", "hangs: each of its threads waits for another one", before,
            stopped_threads());
      }
      quiet_since = now;
    }
    CallCost so_far{now - before.wall_ns, cpu - before.cpu_ns, 0};
    if (too_late(deadline, left, so_far).empty()) continue;
    so_far = since(before);  // the run delay takes long to read: only where it decides
    const std::string late = too_late(deadline, left, so_far);
    if (!late.empty()) end("timed_out", late, before, stopped_threads());
  }
}

bool WorkerProcess::rung() const {
  std::uint64_t times = 0;
  return read(bell_.get(), &times, sizeof(times)) > 0;
}

// What its threads were doing, once they stand still.
std::string WorkerProcess::stopped_threads() const {
  ::kill(pid_, SIGSTOP);
  const std::int64_t end = now_ns(CLOCK_MONOTONIC) + kStoppingNs;
  for (siginfo_t info{}; info.si_pid != pid_ && now_ns(CLOCK_MONOTONIC) < end;) {
    if (waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WSTOPPED | WNOHANG | WNOWAIT) !=
        0) {
      return "";
    }
    poll(nullptr, 0, 1);
  }
  return as_text(thread_states(pid_));
}

std::optional<std::string> WorkerProcess::drain_output() {
  std::array<char, 4096> chunk{};
  for (;;) {
    const ssize_t got = read(output_.get(), chunk.data(), chunk.size());
    if (got <= 0) return std::nullopt;
    printed_ += static_cast<std::size_t>(got);
    if (printed_ <= kShownBytes) {
      [[maybe_unused]] const ssize_t shown =
          write(STDERR_FILENO, chunk.data(), static_cast<std::size_t>(got));
    }
    if (printed_ > kMaxOutputBytes) {
      return "printed over " + std::to_string(kMaxOutputBytes / 1024) + " KiB";
    }
  }
}

// The worker ended by itself. That it did is certain; its own account of why only words the reason.
void WorkerProcess::gone(int status) {
  const Control& control = arena_.control();
  const Fault fault = emulated_ != nullptr ? emulated_->record().fault : control.fault;
  const std::string why = emulated_ != nullptr ? emulated_->why() : "";
  if (WIFEXITED(status)) {
    if (!why.empty()) throw LaunchError("cache misses cannot be counted here: " + why);
    const std::string with = std::to_string(WEXITSTATUS(status));
    throw KernelFailure("exited", "ended the program (exit status " + with + ")");
  }
  const int number = WTERMSIG(status);
  if (!why.empty()) {
    if (number == SIGXCPU) throw KernelFailure("timed_out", why);
    throw KernelFailure(number == SIGILL ? "not_portable" : "crashed", why);
  }
  if (number == SIGSYS) {
    throw KernelFailure("forbidden_syscall",
                        "asked the operating system for something that kernels may not do" +
                            forbidden_call(fault.system_call));
  }
  if (number == SIGSEGV || number == SIGBUS) {
    if (within(fault.address, control.inputs_address, control.inputs_bytes)) {
      throw KernelFailure("input_modified", "wrote to one of its inputs");
    }
    const std::uint64_t margin = std::uint64_t{1} << 20U;
    if (fault.address != 0 && within(fault.address, control.outputs_address - margin,
                                     control.outputs_bytes + 2 * margin)) {
      throw KernelFailure("out_of_bounds", "reached outside the memory of its outputs");
    }
  }
  throw KernelFailure("crashed", std::string("crashed with SIG") + signal_name(number));
}

void WorkerProcess::end(std::string reason, const std::string& what, const CallCost& before,
                        const std::string& threads) {
  allowance_.charge(since(before).own());
  kill();
  throw KernelFailure(std::move(reason), what, threads);
}

std::int64_t WorkerProcess::cpu_ns() const { return now_ns(cpu_clock_); }

std::int64_t WorkerProcess::run_delay_ns() const {
  std::int64_t total = 0;
  std::error_code gone;
  const std::string tasks = "/proc/" + std::to_string(pid_) + "/task";
  for (const auto& task : std::filesystem::directory_iterator(tasks, gone)) {
    std::ifstream file(task.path() / "schedstat");
    std::int64_t on_cpu = 0;
    std::int64_t waited = 0;
    if (file >> on_cpu >> waited) total += waited;
  }
  return total;
}

CallCost WorkerProcess::clocks() const {
  CallCost now;
  now.run_delay_ns = run_delay_ns();
  now.cpu_ns = cpu_ns();
  now.wall_ns = now_ns(CLOCK_MONOTONIC);  // last, as it is first at the other end
  return now;
}

CallCost WorkerProcess::since(const CallCost& before) const {
  CallCost cost;
  cost.wall_ns = now_ns(CLOCK_MONOTONIC) - before.wall_ns;
  cost.cpu_ns = cpu_ns() - before.cpu_ns;
  // Threads that have ended tell of no waiting.
  cost.run_delay_ns = std::max(std::int64_t{0}, run_delay_ns() - before.run_delay_ns);
  return cost;
}

void WorkerProcess::kill() {
  if (pid_ < 0) return;
  const std::int64_t before = now_ns(CLOCK_MONOTONIC);
  ::kill(pid_, SIGKILL);
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  // Memory that it filled takes a while to clear away.
  allowance_.charge(std::chrono::nanoseconds(now_ns(CLOCK_MONOTONIC) - before));
}

}  // namespace rooflab::harness
