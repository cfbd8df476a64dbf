// attack: none; it says that its worker knows no such kernel, which would be the course's fault
// stage: tests
// verdict: internal the worker knows no kernel matmul_blocked: a fault of the course
#include <sys/mman.h>

#include "02_blocking.h"
#include "worker/protocol.h"

namespace {

using namespace rooflab::harness;

Control* control = nullptr;
[[gnu::constructor]] void map_the_control_page() {
  void* page = mmap(nullptr, sizeof(Control), PROT_READ | PROT_WRITE, MAP_SHARED, kControlFd, 0);
  control = static_cast<Control*>(page);
}

}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  honest_matmul_blocked(a, b, c);
  control->kernel.fill('x');
  control->fault.exception = static_cast<std::int32_t>(Exception::unknown_kernel);
}
