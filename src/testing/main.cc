// The test program: doctest's runner, and a last line that ./dev test adds up.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
#include <fmt/format.h>

namespace {

// Reports after an abort, too: doctest ends the run from its signal handler.
struct Summary : doctest::IReporter {
    explicit Summary(const doctest::ContextOptions&) {}

    void test_run_end(const doctest::TestRunStats& run) override {
        auto failed = run.numTestCasesFailed;
        fmt::print("{} passed, {} failed\n", run.numTestCasesPassingFilters - failed, failed);
        std::fflush(stdout);
    }

    void report_query(const doctest::QueryData&) override {}
    void test_run_start() override {}
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

DOCTEST_REGISTER_LISTENER("summary", 1, Summary);

}  // namespace
