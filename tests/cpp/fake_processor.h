// A processor with counters, for tests on machines without: while it lives, what the program under
// test asks PAPI about hardware events is answered and written down here instead. Event sets are
// PAPI's own, and everything goes there again afterwards.
//
// It stands for what libpapi does on such machines in the order of calls and the values of errors.
// That real counters count what they should is for machines that have some.
#pragma once

#include <map>
#include <string>
#include <vector>

class FakeProcessor {
 public:
  FakeProcessor();
  FakeProcessor(const FakeProcessor&) = delete;
  FakeProcessor& operator=(const FakeProcessor&) = delete;
  ~FakeProcessor();

  std::vector<std::string> calls;           // "attach 42", "add PAPI_L1_DCM", "start", …
  std::map<std::string, long long> counts;  // what an event shows when it is read; else 1
  std::map<std::string, int> fails;         // a call of this text gives this error
  bool multiplexed = false;

  // For the calls that stand in for PAPI's.
  int answer(const std::string& call);
  int add(const std::string& event);
  void destroy();
  void show(long long* values) const;

 private:
  std::vector<std::string> events_;
};
