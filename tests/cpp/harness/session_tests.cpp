// What a session says of a worker that does not do as it is told.
#include <doctest/doctest.h>
#include <unistd.h>

#include <utility>
#include <vector>

#include "sandbox/descriptor.h"
#include "session/remote.h"

namespace harness = rooflab::harness;

TEST_CASE("a kernel that the worker does not know is a fault of the course") {
  harness::Session::Options options;
  options.program = ROOFLAB_TRACES;
  harness::Session session(std::move(options));
  harness::Session::set_current(&session);
  CHECK_THROWS_WITH_AS(
      harness::remote("forgotten"),
      "reason: internal\nwhat: the worker knows no kernel forgotten: a fault of the course",
      harness::KernelFailure);
  harness::Session::set_current(nullptr);
}

TEST_CASE("a worker starts whichever descriptors the harness has open") {
  // Those that it opens next are one number higher each time, and so in the way of others once.
  std::vector<harness::Fd> open;
  for (int i = 0; i < 16; ++i) {
    harness::Session::Options options;
    options.program = ROOFLAB_TRACES;
    harness::Session session(std::move(options));
    CHECK_NOTHROW(session.worker());
    open.emplace_back(dup(STDERR_FILENO));
  }
}
