// attack: brings a reporter of its own, which hears of every result
// stage: build
// verdict: build_failed undefined reference
// defence: process
// witness: exited 77
#include <doctest/doctest.h>

#include "02_blocking.h"

namespace {

struct Mine : doctest::IReporter {
  explicit Mine(const doctest::ContextOptions&) {}
  void report_query(const doctest::QueryData&) override {}
  void test_run_start() override { got_through(); }
  void test_run_end(const doctest::TestRunStats&) override {}
  void test_case_start(const doctest::TestCaseData&) override {}
  void test_case_reenter(const doctest::TestCaseData&) override {}
  void test_case_end(const doctest::CurrentTestCaseStats&) override {}
  void test_case_exception(const doctest::TestCaseException&) override {}
  void subcase_start(const doctest::SubcaseSignature&) override {}
  void subcase_end() override {}
  void log_assert(const doctest::AssertData&) override {}
  void log_message(const doctest::MessageData&) override {}
  void test_case_skipped(const doctest::TestCaseData&) override {}
};
REGISTER_LISTENER("mine", 1, Mine);

}  // namespace

void lab02::matmul_blocked(A, B, C) {}
