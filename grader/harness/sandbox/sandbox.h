// Sandbox: what a worker may do. Prepared in the parent, put on in the child before exec.
//
// Theory of operation. A submission owns every instruction of its process: static constructors run
// before main, so the sandbox must be complete before exec. Everything that needs a library or
// memory (the seccomp program, the Landlock rules) is made in the parent; between fork and exec the
// child makes raw system calls only, in this order:
//
//   setsid → descriptors → close_range → rlimits → another uid (when root) → PR_SET_PDEATHSIG →
//   no_new_privs → Landlock → seccomp → execveat with an empty environment
//
// A step that fails ends the launch; it never goes on with less. What this system cannot do at all
// is known beforehand (`available`), and stands in every report.
#pragma once

#include <linux/filter.h>
#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "sandbox/descriptor.h"

namespace rooflab::harness {

/// What stands between a submission and its grade, one switch each, so that a test can show what
/// each of them is for: with it, the attack fails; without it, the attack succeeds.
struct Defences {
  // Put on in the child.
  bool seccomp = true;
  bool landlock = true;
  bool separate_user = true;
  bool resource_limits = true;
  // Kept by the harness.
  bool sealed_inputs = true;  // the worker cannot write them, nor resize what is shared
  bool red_zones = true;      // around outputs
  bool pause = true;          // it stands still until its inputs are there and the clock runs
  bool freeze = true;         // outputs are judged as they are when the clock ends
  bool fresh = true;          // a new worker, new inputs and a new poison for each timed turn
  bool scrub = true;          // a worker finds nothing of an earlier one
  bool verify = true;         // every timed call
  bool output_limit = true;
  bool deadline = true;
  // Kept where a call's instructions are counted.
  bool executed = true;    // only what was executed counts
  bool whole_call = true;  // and only when nothing of the call escaped the count
  // Kept where the memory of a call is measured.
  bool asked_for = true;    // what was asked for counts, and not only what was touched at once
  bool peak = true;         // at any moment, and not only at the end
  bool usual_start = true;  // a worker that starts larger than is usual is not forgiven
  bool tight_arena = true;  // nothing can be kept beside inputs and outputs
  // Kept by the emulator that cache misses are counted in.
  bool guest_calls = true;   // the guest's system calls are answered here, and none is passed on
  bool guest_code = true;    // the guest runs its program, and nothing that it wrote
  bool guest_rights = true;  // and without an operating system's rights on its processor
  bool guest_arena = true;   // the arena lies where it was put, once
  bool guest_memory = true;  // as much as any worker's
  bool guest_budget = true;  // of instructions

  /// All of them. Test builds (ROOFLAB_WITNESS) leave out those that the environment variable
  /// ROOFLAB_WITHOUT names, separated by commas; other builds have no way to leave one out.
  [[nodiscard]] static Defences all();
};

/// What this system offers: Landlock's version (0: none), whether we are root and can change user.
struct Available {
  int landlock_abi = 0;
  bool root = false;
};
[[nodiscard]] Available available();

/// What a confined program may use. 0 is no limit.
struct Limits {
  int threads = 1;
  std::size_t memory_bytes = std::size_t{2} << 30U;  // address space, on top of the arena
  std::size_t stack_bytes = std::size_t{8} << 20U;
  std::size_t file_bytes = 0;  // of one file; kernels write none
  std::uint64_t cpu_seconds = 120;
};

/// Who is confined, and how tightly.
struct Policy {
  /// kernel: an allow-list of a few harmless system calls, no files at all. tool: a compiler, which
  /// opens files and starts programs: a deny-list, and files by `readable` and `writable` (folders
  /// or files; what is readable may also be executed). emulator: rooflab_emulator, which is ours:
  /// it starts without a sandbox and puts on that of a kernel before it looks at its guest. tests:
  /// a program of a lab's tests with the submission linked in, under ThreadSanitizer: a kernel that
  /// may also load shared libraries and read what is `readable`.
  enum class Kind { kernel, tool, emulator, tests };
  Kind kind = Kind::kernel;
  // A kernel whose grader is root gets a user of its own; else it stays root in name, as tools do,
  // without any of root's powers.
  bool own_user = true;
  std::vector<std::string> argv = {"worker"};
  std::vector<std::string> environment;
  std::vector<std::string> readable, writable;
  Limits limits;
  Defences defences = Defences::all();
};

/// The user and group of workers when the grader is root: nobody's.
inline constexpr uid_t kWorkerUser = 64100;

/// A sandbox for one program, ready to be put on.
class Sandbox {
 public:
  /// For the program behind `program_fd`, or for none (-1). Throws std::system_error when a part
  /// that this system offers cannot be prepared.
  Sandbox(int program_fd, const Policy& policy);

  /// From here on descriptors are above every number that `enter` moves one to.
  static constexpr int kHighFd = 32;
  /// What the child takes along; all of them from kHighFd on, so that moving one covers no other.
  /// Only an emulator has a guest and a page about it.
  struct Descriptors {
    int output, control, inputs, outputs, program, bell, report;
    int guest = -1, emulation = -1;
  };

  /// In the child of a WorkerProcess: puts everything on and becomes the program. Never returns; a
  /// failure is written to `report` as a Failure.
  [[noreturn]] void enter(const Descriptors& descriptors, pid_t parent);
  /// In a process of its own: puts everything on and becomes the tool, keeping descriptors 0 to 2.
  /// Never returns; after a failure its step stands on standard error, and the exit status is 127.
  [[noreturn]] void become_tool(int program_fd);
  /// Puts it on this process, which goes on; ends it (127) when a step fails.
  void confine_this_process();

  /// What went wrong in the child.
  struct Failure {
    char step[24];
    int error;
  };
  static constexpr const char* kExecStep = "execveat";

 private:
  class Child;
  void put_on(const Child& child, int landlock_fd);
  void execute(const Child& child, int program_fd);

  Policy policy_;
  Fd landlock_;
  std::vector<sock_filter> filter_;
  std::vector<char*> argv_, environment_;  // into policy_, for exec
};

/// The name of a system call, such as "openat"; its number as text when it has none.
[[nodiscard]] std::string system_call_name(int number);

}  // namespace rooflab::harness
