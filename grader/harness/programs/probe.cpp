// The probe: a worker of the harness's own. Its kernels try what no kernel may do: machine_main.cpp
// runs them to learn whether the sandbox holds on this machine. And one copies: what it reaches is
// the bandwidth that students' kernels are compared with.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <span>

#include "worker/worker.h"

namespace rooflab::harness {
namespace {

// Nobody may ask for it; the signal that wakes a worker says who sent it.
volatile pid_t grader = 0;
[[gnu::constructor]] void find_the_grader() {
  struct sigaction action {};
  action.sa_sigaction = [](int, siginfo_t* info, void*) { grader = info->si_pid; };
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  sigaction(SIGCONT, &action, nullptr);
}

// Getting through is reported as exit status 77.
void got_through(bool did) {
  if (did) _exit(77);
}

void open_a_file() { got_through(open("/etc/hostname", O_RDONLY) >= 0); }
void open_a_socket() { got_through(socket(AF_INET, SOCK_DGRAM, 0) >= 0); }
void start_a_process() { got_through(fork() >= 0); }
void signal_the_grader() { got_through(kill(grader, 0) == 0); }
void trace() { got_through(ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0); }
void map_code() {
  void* page =
      mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  got_through(page != MAP_FAILED);
}
void make_memory_executable() {
  void* page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  got_through(mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0);
}
// Setting to what it is needs no right: only the sandbox can refuse it.
void set_a_limit() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  got_through(setrlimit(RLIMIT_NOFILE, &limit) == 0);
}
void read_a_limit_of_the_grader() {
  rlimit limit{};
  got_through(prlimit(grader, RLIMIT_NOFILE, nullptr, &limit) == 0);
}
void change_its_user() { got_through(setuid(0) == 0); }
void write_an_input(std::span<const float> input) {
  const auto start = reinterpret_cast<std::uintptr_t>(input.data()) / 4096 * 4096;
  mprotect(reinterpret_cast<void*>(start), 4096, PROT_READ | PROT_WRITE);
  const_cast<volatile float&>(input.front()) = 0;
  got_through(true);
}

// 256 bits at a time and nothing else: no stores around the cache, which a library's memcpy would
// use for large blocks.
using Vector [[gnu::vector_size(32)]] = float;
void copy(std::span<const float> x, std::span<float> y) {
  constexpr std::size_t kWidth = sizeof(Vector) / sizeof(float);
  const float* from = x.data();
  float* to = y.data();
  std::size_t left = x.size();
  for (; left >= kWidth; left -= kWidth, from += kWidth, to += kWidth) {
    Vector v;
    __builtin_memcpy(&v, from, sizeof(v));
    __builtin_memcpy(to, &v, sizeof(v));
  }
  for (; left > 0; --left) *to++ = *from++;
}

constexpr Entry kTable[] = {
    entry<open_a_file>("open_a_file"),
    entry<open_a_socket>("open_a_socket"),
    entry<start_a_process>("start_a_process"),
    entry<signal_the_grader>("signal_the_grader"),
    entry<trace>("trace"),
    entry<map_code>("map_code"),
    entry<make_memory_executable>("make_memory_executable"),
    entry<set_a_limit>("set_a_limit"),
    entry<read_a_limit_of_the_grader>("read_a_limit_of_the_grader"),
    entry<change_its_user>("change_its_user"),
    entry<write_an_input>("write_an_input"),
    entry<copy>("copy"),
};

}  // namespace
const std::span<const Entry> kernels = kTable;

}  // namespace rooflab::harness
