#include "sandbox/sandbox.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <system_error>

#include "worker/protocol.h"

// Newer than the headers of the oldest system that we build on.
#ifndef LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET
#define LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET (1ULL << 0)
#define LANDLOCK_SCOPE_SIGNAL (1ULL << 1)
#endif

namespace rooflab::harness {
namespace {

// Stands in the seccomp program for the worker's own pid, which is only known after fork.
constexpr std::uint32_t kOwnPid = 0x5aa5c33cU;
// Behind the descriptors that the worker keeps; both are closed by exec.
constexpr int kReportFd = kBellFd + 1;
constexpr int kLandlockFd = kReportFd + 1;
static_assert(kLandlockFd < kGuestFd);

[[noreturn]] void fail(const char* what, int error) {
  throw std::system_error(error, std::generic_category(), what);
}

long landlock_version() {
  return syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

// The kernel's structure, with the fields that newer kernels added behind those of old headers.
struct RulesetAttr {
  std::uint64_t handled_access_fs;
  std::uint64_t handled_access_net;
  std::uint64_t scoped;
};

void allow_path(const Fd& ruleset, int path_fd, std::uint64_t access) {
  landlock_path_beneath_attr rule{};
  rule.allowed_access = access;
  rule.parent_fd = path_fd;
  if (syscall(SYS_landlock_add_rule, ruleset.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0) {
    fail("landlock_add_rule", errno);
  }
}

// Denies every path, port and foreign signal, but for the program itself and what the policy names.
Fd landlock_ruleset(int program_fd, const Policy& policy, long abi) {
  constexpr std::uint64_t kAllPathsV1 = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1U) - 1;
  constexpr std::uint64_t kOnFiles = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                                     LANDLOCK_ACCESS_FS_READ_FILE | (1U << 14U);
  RulesetAttr attr{kAllPathsV1, 0, 0};
  std::size_t size = sizeof(attr.handled_access_fs);
  if (abi >= 2) attr.handled_access_fs |= 1U << 13U;  // REFER
  if (abi >= 3) attr.handled_access_fs |= 1U << 14U;  // TRUNCATE
  if (abi >= 4) {
    attr.handled_access_net = 3;  // bind and connect
    size = 2 * sizeof(std::uint64_t);
  }
  if (abi >= 5) attr.handled_access_fs |= 1U << 15U;  // IOCTL_DEV
  if (abi >= 6) {
    attr.scoped = LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | LANDLOCK_SCOPE_SIGNAL;
    size = sizeof(attr);
  }
  Fd ruleset(static_cast<int>(syscall(SYS_landlock_create_ruleset, &attr, size, 0)));
  if (ruleset.get() < 0) fail("landlock_create_ruleset", errno);
  constexpr std::uint64_t kRead = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE;
  if (program_fd >= 0) allow_path(ruleset, program_fd, kRead);
  const auto allow_all = [&](const std::vector<std::string>& paths, std::uint64_t access) {
    for (const std::string& path : paths) {
      const Fd fd(open(path.c_str(), O_PATH | O_CLOEXEC));
      if (fd.get() < 0) continue;  // what is not there need not be allowed
      struct stat status {};
      const bool folder = fstat(fd.get(), &status) == 0 && S_ISDIR(status.st_mode);
      allow_path(ruleset, fd.get(), access & attr.handled_access_fs & (folder ? ~0ULL : kOnFiles));
    }
  };
  allow_all(policy.readable, kRead | LANDLOCK_ACCESS_FS_READ_DIR);
  allow_all(policy.writable, attr.handled_access_fs & ~(1ULL << 15U) &
                                 ~LANDLOCK_ACCESS_FS_MAKE_CHAR & ~LANDLOCK_ACCESS_FS_MAKE_BLOCK &
                                 ~LANDLOCK_ACCESS_FS_MAKE_SOCK);
  Fd high(fcntl(ruleset.get(), F_DUPFD_CLOEXEC, Sandbox::kHighFd));
  if (high.get() < 0) fail("F_DUPFD", errno);
  return high;
}

// A seccomp program in the making.
class Filter {
 public:
  using Arguments = std::initializer_list<scmp_arg_cmp>;

  // `otherwise` is done about calls that no rule names.
  explicit Filter(std::uint32_t otherwise) : context_(seccomp_init(otherwise), seccomp_release) {
    if (!context_) fail("seccomp_init", ENOMEM);
  }
  void rule(std::uint32_t action, int call, Arguments arguments = {}) {
    const int error = seccomp_rule_add_array(
        context_.get(), action, call, static_cast<unsigned>(arguments.size()), arguments.begin());
    if (error != 0) fail("seccomp_rule_add", -error);
  }
  void allow(int call, Arguments arguments = {}) { rule(SCMP_ACT_ALLOW, call, arguments); }

  [[nodiscard]] std::vector<sock_filter> program() const {
    const Fd file(memfd_create("filter", MFD_CLOEXEC));
    if (file.get() < 0) fail("memfd_create", errno);
    if (const int error = seccomp_export_bpf(context_.get(), file.get()); error != 0) {
      fail("seccomp_export_bpf", -error);
    }
    const off_t bytes = lseek(file.get(), 0, SEEK_END);
    std::vector<sock_filter> program(static_cast<std::size_t>(bytes) / sizeof(sock_filter));
    if (pread(file.get(), program.data(), static_cast<std::size_t>(bytes), 0) != bytes) {
      fail("reading the seccomp program", EIO);
    }
    return program;
  }

 private:
  std::unique_ptr<void, void (*)(void*)> context_;
};

// A tool must not touch other processes of the grader's user, which may be the grader itself. The
// tool's own children have pids that nobody knows here, so what needs a pid is refused altogether,
// or taken with 0, the caller itself. Compilers need no more: a driver only waits for its children.
void keep_to_itself(Filter& filter) {
  const auto deny = [&](int call, Filter::Arguments arguments = {}) {
    filter.rule(SCMP_ACT_ERRNO(EPERM), call, arguments);
  };
  for (const int call :
       {SCMP_SYS(kill), SCMP_SYS(tkill), SCMP_SYS(tgkill), SCMP_SYS(rt_sigqueueinfo),
        SCMP_SYS(rt_tgsigqueueinfo), SCMP_SYS(pidfd_send_signal), SCMP_SYS(sched_setaffinity),
        SCMP_SYS(migrate_pages), SCMP_SYS(move_pages), SCMP_SYS(process_madvise),
        // To be ended with the tool, its children must stay in its process group.
        SCMP_SYS(setsid), SCMP_SYS(setpgid)}) {
    deny(call);
  }
  deny(SCMP_SYS(prlimit64), {{0, SCMP_CMP_NE, 0, 0}});
  // Signals about a descriptor go to anybody; a lease keeps others from opening a file. The kernel
  // does not look at the upper half of the command.
  for (const int command : {F_SETOWN, F_SETOWN_EX, F_SETSIG, F_SETLEASE}) {
    const auto value = static_cast<scmp_datum_t>(command);
    deny(SCMP_SYS(fcntl), {{1, SCMP_CMP_MASKED_EQ, 0xffffffff, value}});
  }
}

// For tools: what no compiler needs, and an attacker would like.
std::vector<sock_filter> tool_program() {
  Filter filter(SCMP_ACT_ALLOW);
  for (const char* name : {"socket",
                           "socketpair",
                           "ptrace",
                           "process_vm_readv",
                           "process_vm_writev",
                           "pidfd_getfd",
                           "pidfd_open",
                           "kcmp",
                           "bpf",
                           "perf_event_open",
                           "userfaultfd",
                           "io_uring_setup",
                           "io_uring_enter",
                           "io_uring_register",
                           "keyctl",
                           "add_key",
                           "request_key",
                           "mount",
                           "umount2",
                           "pivot_root",
                           "chroot",
                           "unshare",
                           "setns",
                           "move_mount",
                           "open_tree",
                           "fsopen",
                           "reboot",
                           "kexec_load",
                           "kexec_file_load",
                           "init_module",
                           "finit_module",
                           "delete_module",
                           "swapon",
                           "swapoff",
                           "acct",
                           "quotactl",
                           "settimeofday",
                           "clock_settime",
                           "clock_adjtime",
                           "adjtimex",
                           "sethostname",
                           "setdomainname",
                           "sched_setscheduler",
                           "sched_setattr",
                           "sched_setparam",
                           "setpriority",
                           "ioprio_set",
                           "shmget",
                           "shmat",
                           "msgget",
                           "semget",
                           "mq_open",
                           "fanotify_init",
                           "name_to_handle_at",
                           "open_by_handle_at",
                           "vhangup",
                           "mlock",
                           "mlock2",
                           "mlockall",
                           "memfd_secret"}) {
    const int number = seccomp_syscall_resolve_name(name);
    if (number == __NR_SCMP_ERROR) continue;  // unknown to this libseccomp
    filter.rule(SCMP_ACT_ERRNO(EPERM), number);
  }
  keep_to_itself(filter);
  return filter.program();
}

// Allowed to kernels whatever the arguments.
constexpr std::array kHarmless = {SCMP_SYS(exit),
                                  SCMP_SYS(exit_group),
                                  SCMP_SYS(futex),
                                  SCMP_SYS(brk),
                                  SCMP_SYS(munmap),
                                  SCMP_SYS(mremap),
                                  SCMP_SYS(clock_gettime),
                                  SCMP_SYS(clock_getres),
                                  SCMP_SYS(gettimeofday),
                                  SCMP_SYS(nanosleep),
                                  SCMP_SYS(clock_nanosleep),
                                  SCMP_SYS(sched_yield),
                                  SCMP_SYS(sched_getaffinity),
                                  SCMP_SYS(getpid),
                                  SCMP_SYS(gettid),
                                  SCMP_SYS(getcpu),
                                  SCMP_SYS(getrandom),
                                  SCMP_SYS(rt_sigaction),
                                  SCMP_SYS(rt_sigprocmask),
                                  SCMP_SYS(rt_sigreturn),
                                  SCMP_SYS(sigaltstack),
                                  SCMP_SYS(set_tid_address),
                                  SCMP_SYS(set_robust_list),
                                  SCMP_SYS(rseq),
                                  SCMP_SYS(restart_syscall)};

// For kernels: the allow-list. Anything else raises SIGSYS, which ends the worker.
std::vector<sock_filter> kernel_program(const Limits& limits) {
  Filter filter(SCMP_ACT_TRAP);
  const auto equal = [](unsigned argument, std::uint64_t value) {
    return scmp_arg_cmp{argument, SCMP_CMP_EQ, value, 0};
  };
  const auto without = [](unsigned argument, std::uint64_t bits) {
    return scmp_arg_cmp{argument, SCMP_CMP_MASKED_EQ, bits, 0};
  };

  for (const int call : kHarmless) filter.allow(call);
  filter.allow(SCMP_SYS(mmap), {without(2, PROT_EXEC)});
  filter.allow(SCMP_SYS(mprotect), {without(2, PROT_EXEC)});
  // To give memory back, which the C library does. Advice of any other kind could change the pages
  // of the arena, which all roles share: huge ones, or none, for whoever is timed next. The C
  // library and honest kernels can do without an answer.
  filter.allow(SCMP_SYS(madvise), {equal(2, MADV_DONTNEED)});
  filter.rule(SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(madvise), {{2, SCMP_CMP_NE, MADV_DONTNEED, 0}});
  filter.allow(SCMP_SYS(arch_prctl), {equal(0, 0x1002)});  // ARCH_SET_FS: thread-local storage
  filter.allow(SCMP_SYS(prlimit64), {equal(0, 0), equal(2, 0)});  // to read a limit, not to set one
  filter.allow(SCMP_SYS(tgkill), {equal(0, kOwnPid)});
  for (const std::uint64_t fd : {1U, 2U}) {
    filter.allow(SCMP_SYS(write), {equal(0, fd)});
    filter.allow(SCMP_SYS(writev), {equal(0, fd)});
  }
  filter.allow(SCMP_SYS(write), {equal(0, kBellFd)});
  // Until exec closes it: that exec failed.
  filter.allow(SCMP_SYS(write), {equal(0, kReportFd)});
  for (const std::uint64_t fd : {3U, 4U, 5U}) filter.allow(SCMP_SYS(close), {equal(0, fd)});
  filter.allow(SCMP_SYS(execveat), {equal(0, kProgramFd), equal(4, AT_EMPTY_PATH)});
  if (limits.threads > 1) {
    filter.allow(SCMP_SYS(clone), {{0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD}});
    filter.rule(SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3));  // glibc falls back to clone
    filter.allow(SCMP_SYS(sched_setaffinity),
                 {equal(0, 0)});  // a thread's own (worker/threads.cpp)
    // The C library counts processors from a file before its second heap, and can do without.
    filter.rule(SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat));
  }
  // What the C library asks at its start or before it prints, and can do without.
  filter.rule(SCMP_ACT_ERRNO(ENOENT), SCMP_SYS(readlink));
  filter.rule(SCMP_ACT_ERRNO(ENOENT), SCMP_SYS(readlinkat));
  filter.rule(SCMP_ACT_ERRNO(EBADF), SCMP_SYS(newfstatat), {equal(0, 1)});
  filter.rule(SCMP_ACT_ERRNO(EBADF), SCMP_SYS(newfstatat), {equal(0, 2)});
  filter.rule(SCMP_ACT_ERRNO(EBADF), SCMP_SYS(fstat), {equal(0, 1)});
  filter.rule(SCMP_ACT_ERRNO(EBADF), SCMP_SYS(fstat), {equal(0, 2)});

  return filter.program();
}

// For tests under ThreadSanitizer: what kernels may do, what it takes to load shared libraries, and
// to read files that Landlock allows. The sanitizer can do without an answer to all else.
std::vector<sock_filter> tests_program() {
  Filter filter(SCMP_ACT_ERRNO(EPERM));
  for (const int call : kHarmless) filter.allow(call);
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect), SCMP_SYS(madvise), SCMP_SYS(open),
                         SCMP_SYS(openat), SCMP_SYS(close), SCMP_SYS(read), SCMP_SYS(pread64),
                         SCMP_SYS(lseek), SCMP_SYS(access), SCMP_SYS(stat), SCMP_SYS(fstat),
                         SCMP_SYS(newfstatat), SCMP_SYS(readlink), SCMP_SYS(arch_prctl)}) {
    filter.allow(call);
  }
  for (const std::uint64_t fd : {1U, 2U}) {
    filter.allow(SCMP_SYS(write), {{0, SCMP_CMP_EQ, fd, 0}});
    filter.allow(SCMP_SYS(writev), {{0, SCMP_CMP_EQ, fd, 0}});
  }
  filter.allow(SCMP_SYS(prlimit64), {{0, SCMP_CMP_EQ, 0, 0}});
  filter.allow(SCMP_SYS(tgkill), {{0, SCMP_CMP_EQ, kOwnPid, 0}});
  filter.allow(SCMP_SYS(clone), {{0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD}});
  filter.rule(SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3));  // glibc falls back to clone
  filter.allow(SCMP_SYS(execveat), {{4, SCMP_CMP_EQ, AT_EMPTY_PATH, 0}});
  return filter.program();
}

}  // namespace

// For the child: no allocation, no exceptions, nothing but system calls.
class Sandbox::Child {
 public:
  explicit Child(int report_fd) : report_fd_(report_fd) {}

  void need(bool done, const char* step) const {
    if (done) return;
    Failure failure{};
    failure.error = errno;
    std::strncpy(failure.step, step, sizeof(failure.step) - 1);
    [[maybe_unused]] const ssize_t written = write(report_fd_, &failure, sizeof(failure));
    _exit(127);
  }
  void limit(decltype(RLIMIT_AS) resource, rlim_t value, const char* step) const {
    rlimit now{};
    need(getrlimit(resource, &now) == 0, step);
    const rlim_t least = std::min(value, now.rlim_max);  // the harness may have less itself
    const rlimit both{least, least};
    need(setrlimit(resource, &both) == 0, step);
  }

 private:
  int report_fd_;
};

Defences Defences::all() {
  Defences defences;
#ifdef ROOFLAB_WITNESS
  const char* named = std::getenv("ROOFLAB_WITHOUT");
  const std::string without = "," + std::string(named != nullptr ? named : "") + ",";
  const auto keep = [&](const char* name) {
    return without.find("," + std::string(name) + ",") == std::string::npos;
  };
  defences = {.seccomp = keep("seccomp"),
              .landlock = keep("landlock"),
              .separate_user = keep("separate_user"),
              .resource_limits = keep("resource_limits"),
              .sealed_inputs = keep("sealed_inputs"),
              .red_zones = keep("red_zones"),
              .pause = keep("pause"),
              .freeze = keep("freeze"),
              .fresh = keep("fresh"),
              .scrub = keep("scrub"),
              .verify = keep("verify"),
              .output_limit = keep("output_limit"),
              .deadline = keep("deadline"),
              .executed = keep("executed"),
              .whole_call = keep("whole_call"),
              .asked_for = keep("asked_for"),
              .peak = keep("peak"),
              .usual_start = keep("usual_start"),
              .tight_arena = keep("tight_arena"),
              .guest_calls = keep("guest_calls"),
              .guest_code = keep("guest_code"),
              .guest_rights = keep("guest_rights"),
              .guest_arena = keep("guest_arena"),
              .guest_memory = keep("guest_memory"),
              .guest_budget = keep("guest_budget")};
#endif
  return defences;
}

Available available() {
  const long abi = landlock_version();
  return {abi > 0 ? static_cast<int>(abi) : 0, geteuid() == 0};
}

namespace {

auto filter_program(const Policy& policy) {
  if (policy.kind == Policy::Kind::tool) return tool_program();
  if (policy.kind == Policy::Kind::tests) return tests_program();
  return kernel_program(policy.limits);
}

}  // namespace

Sandbox::Sandbox(int program_fd, const Policy& policy) : policy_(policy) {
  if (policy.defences.seccomp) filter_ = filter_program(policy);
  const long abi = landlock_version();
  if (policy.defences.landlock && abi > 0) landlock_ = landlock_ruleset(program_fd, policy, abi);
  for (std::string& argument : policy_.argv) argv_.push_back(argument.data());
  for (std::string& variable : policy_.environment) environment_.push_back(variable.data());
  argv_.push_back(nullptr);
  environment_.push_back(nullptr);
}

void Sandbox::enter(const Descriptors& descriptors, pid_t parent) {
  const Child child(kReportFd);
  const bool emulator = policy_.kind == Policy::Kind::emulator;
  setsid();
  const int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
  const auto place = [](int from, int to, int flags) {
    return syscall(SYS_dup3, from, to, flags) == to;
  };
  const bool placed =
      place(descriptors.report, kReportFd, O_CLOEXEC) && place(null, 0, 0) &&
      place(descriptors.output, 1, 0) && place(descriptors.output, 2, 0) &&
      place(descriptors.control, kControlFd, 0) && place(descriptors.inputs, kInputsFd, 0) &&
      place(descriptors.outputs, kOutputsFd, 0) &&
      place(descriptors.program, kProgramFd, O_CLOEXEC) && place(descriptors.bell, kBellFd, 0) &&
      (landlock_.get() < 0 || place(landlock_.get(), kLandlockFd, O_CLOEXEC)) &&
      (!emulator ||
       (place(descriptors.guest, kGuestFd, 0) && place(descriptors.emulation, kEmulationFd, 0)));
  child.need(placed, "descriptors");
  const int first_unused = emulator ? kEmulationFd + 1 : kLandlockFd + 1;
  child.need(syscall(SYS_close_range, first_unused, ~0U, 0) == 0, "close_range");
  child.need(prctl(PR_SET_PDEATHSIG, SIGKILL) == 0, "PR_SET_PDEATHSIG");
  child.need(getppid() == parent, "the harness is gone");
  if (!emulator) put_on(child, kLandlockFd);
  execute(child, kProgramFd);
  _exit(127);
}

void Sandbox::become_tool(int program_fd) {
  const Child child(STDERR_FILENO);
  put_on(child, landlock_.get());
  execute(child, program_fd);
  _exit(127);
}

void Sandbox::confine_this_process() { put_on(Child(STDERR_FILENO), landlock_.get()); }

void Sandbox::put_on(const Child& child, int landlock_fd) {
  const Limits& limits = policy_.limits;
  const bool kernel = policy_.kind != Policy::Kind::tool;
  if (policy_.defences.resource_limits) {
    child.limit(RLIMIT_CORE, 0, "RLIMIT_CORE");
    child.limit(RLIMIT_FSIZE, limits.file_bytes, "RLIMIT_FSIZE");
    child.limit(RLIMIT_MEMLOCK, 0, "RLIMIT_MEMLOCK");
    child.limit(RLIMIT_NOFILE, kernel ? 16 : 256, "RLIMIT_NOFILE");
    child.limit(RLIMIT_MSGQUEUE, 0, "RLIMIT_MSGQUEUE");
    if (limits.stack_bytes > 0) child.limit(RLIMIT_STACK, limits.stack_bytes, "RLIMIT_STACK");
    if (limits.cpu_seconds > 0) child.limit(RLIMIT_CPU, limits.cpu_seconds, "RLIMIT_CPU");
    if (limits.memory_bytes > 0) child.limit(RLIMIT_AS, limits.memory_bytes, "RLIMIT_AS");
  }
  if (policy_.defences.separate_user && geteuid() == 0) {
    if (kernel && policy_.own_user) {
      child.need(syscall(SYS_setgroups, 0, nullptr) == 0, "setgroups");
      child.need(syscall(SYS_setresgid, kWorkerUser, kWorkerUser, kWorkerUser) == 0, "setresgid");
      child.need(syscall(SYS_setresuid, kWorkerUser, kWorkerUser, kWorkerUser) == 0, "setresuid");
      // A change of user clears the parent-death signal.
      child.need(prctl(PR_SET_PDEATHSIG, SIGKILL) == 0, "PR_SET_PDEATHSIG");
    } else {
      // A tool must reach the course's files, wherever they lie.
      __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
      std::array<__user_cap_data_struct, 2> none{};
      for (int capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability) {
        child.need(prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0, "PR_CAPBSET_DROP");
      }
      child.need(syscall(SYS_capset, &header, none.data()) == 0, "capset");
    }
  }
  child.need(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "no_new_privs");
  if (landlock_.get() >= 0) {
    child.need(syscall(SYS_landlock_restrict_self, landlock_fd, 0) == 0, "Landlock");
    landlock_ = Fd();  // while this process may still close it
  }
  if (filter_.empty()) return;
  const auto own = static_cast<std::uint32_t>(getpid());
  for (sock_filter& instruction : filter_) {
    if (instruction.k == kOwnPid) instruction.k = own;
  }
  sock_fprog program{static_cast<unsigned short>(filter_.size()), filter_.data()};
  child.need(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0, "seccomp");
}

void Sandbox::execute(const Child& child, int program_fd) {
  syscall(SYS_execveat, program_fd, "", argv_.data(), environment_.data(), AT_EMPTY_PATH);
  child.need(false, kExecStep);
}

std::string system_call_name(int number) {
  char* name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number);
  if (name == nullptr) return std::to_string(number);
  std::string text(name);
  std::free(name);  // NOLINT: libseccomp allocates it with malloc
  return text;
}

}  // namespace rooflab::harness
