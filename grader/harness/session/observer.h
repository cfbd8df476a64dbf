// Observer: somebody who looks at a worker from outside while it answers a call.
#pragma once

#include <sys/types.h>

namespace rooflab::harness {

class Observer {
 public:
  Observer() = default;
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;
  virtual ~Observer() = default;

  /// The worker is stopped, and about to be woken.
  virtual void before(pid_t worker) = 0;
  /// It has been woken. When this returns, nothing of the observer's may keep it from going on, and
  /// a stop or end of its own is still there to be waited for.
  virtual void during() = 0;
};

}  // namespace rooflab::harness
