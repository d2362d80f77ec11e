#pragma once
#include <QCoreApplication>
#include <QTest>

#include <string_view>

/// One program holds many tests. A test adds itself by ORDERLAB_TEST. Which one runs is decided by the name under which
/// the program is started (the links in build/PRESET/tests/), or by the first argument.
namespace orderlab::test {

/// For tests that need no event loop.
struct NoApplication {
    NoApplication(int&, char**) {}
};

using TestRun = int (*)(int argc, char** argv);

/// Called before main(). A name that is there twice ends the program.
bool addTest(std::string_view name, TestRun run);

/// As QTest::qExec(), but a warning or a critical message of Qt fails the case that it comes in, unless that expects it
/// (QTest::ignoreMessage(QtWarningMsg, …), also for a critical one). Where ORDERLAB_TEST_PART says "2/3", every third
/// of the cases only, from the second on: so a test that waits much is run as several at the same time.
int runCases(QObject& test, int argc, char** argv);

template <typename Test>
int runTest(int argc, char** argv)
{
    Test test;
    return runCases(test, argc, argv);
}

template <typename Application, typename... Tests>
int runTests(int argc, char** argv)
{
    [[maybe_unused]] Application application(argc, argv);
    QCoreApplication::setAttribute(Qt::AA_Use96Dpi, true);
    return (0 + ... + runTest<Tests>(argc, argv));
}

} // namespace orderlab::test

/// ORDERLAB_TEST(tst_money, NoApplication, TestMoney): the name in ctest, what is around the test (NoApplication,
/// QCoreApplication, QApplication), and its class or classes.
#define ORDERLAB_TEST(name, application, ...)                                                                          \
    namespace orderlab::test {                                                                                         \
    [[maybe_unused]] static const bool name##_is_added = addTest(#name, &runTests<application, __VA_ARGS__>);          \
    }
