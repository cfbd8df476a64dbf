// main() of every test program: doctest's, plus one listener that says which call was running when
// a test case crashed, was ended by a signal or threw. The line goes to standard error and starts
// with "rooflab: while running ".
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
#include <rooflab/testing/core/current_call.h>

#include <cstdio>

namespace {

struct CrashListener : doctest::IReporter {
  explicit CrashListener(const doctest::ContextOptions& /*unused*/) {}
  void report_query(const doctest::QueryData& /*unused*/) override {}
  void test_run_start() override {}
  void test_run_end(const doctest::TestRunStats& /*unused*/) override {}
  void test_case_start(const doctest::TestCaseData& /*unused*/) override {}
  void test_case_reenter(const doctest::TestCaseData& /*unused*/) override {}
  void test_case_end(const doctest::CurrentTestCaseStats& /*unused*/) override {}
  void test_case_exception(const doctest::TestCaseException& /*unused*/) override {
    std::fprintf(stderr, "rooflab: while running %s\n", rooflab::testing::current_call());
  }
  void subcase_start(const doctest::SubcaseSignature& /*unused*/) override {}
  void subcase_end() override {}
  void log_assert(const doctest::AssertData& /*unused*/) override {}
  void log_message(const doctest::MessageData& /*unused*/) override {}
  void test_case_skipped(const doctest::TestCaseData& /*unused*/) override {}
};

}  // namespace

REGISTER_LISTENER("crash", 1, CrashListener);
