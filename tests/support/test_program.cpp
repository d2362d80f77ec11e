#include "support/test_program.h"

#include <QMetaMethod>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace orderlab::test {
namespace {

using Tests = std::map<std::string, TestRun, std::less<>>;

Tests& tests()
{
    static Tests all;
    return all;
}

std::string_view fileName(std::string_view path)
{
    return path.substr(path.rfind('/') + 1);
}

} // namespace

bool addTest(std::string_view name, TestRun run)
{
    if (!tests().try_emplace(std::string(name), run).second) {
        std::fprintf(stderr, "two tests are called %.*s\n", int(name.size()), name.data());
        std::abort();
    }
    return true;
}

namespace {

/// What Qt Test would run of `test`, in its order.
QStringList casesOf(const QObject& test)
{
    static const QSet<QByteArray> around = {"initTestCase", "cleanupTestCase", "init", "cleanup"};
    QStringList cases;
    for (int i = 0; i < test.metaObject()->methodCount(); ++i) {
        const QMetaMethod method = test.metaObject()->method(i);
        if (method.access() == QMetaMethod::Private && method.methodType() == QMetaMethod::Slot
            && method.parameterCount() == 0 && method.returnType() == QMetaType::Void
            && !method.name().endsWith("_data") && !around.contains(method.name()))
            cases.append(QString::fromUtf8(method.name()));
    }
    return cases;
}

QtMessageHandler g_messages_of_qt_test = nullptr; ///< Set before a test runs, constant while it does.

/// Qt Test forgets failOnWarning() with each case, so it is told anew with each warning. What a case expects
/// (QTest::ignoreMessage()) it takes first. It fails on no critical message, so these go as warnings.
void failOnMessage(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    // Qt's offscreen platform has no window manager to tell; it says so with each dialog, and nobody can help it.
    const bool is_of_platform = message.startsWith(QLatin1String("This plugin does not support "));
    if (is_of_platform) {
        type = QtDebugMsg;
    } else if (type == QtWarningMsg || type == QtCriticalMsg) {
        QTest::failOnWarning(QRegularExpression(QString()));
        type = QtWarningMsg;
    }
    g_messages_of_qt_test(type, context, message);
}

/// What a test function may take. Qt Test's own limit of five minutes is less than the limits of two waits.
constexpr const char* function_limit_ms =
    "840000"; // Below ctest's limit for the whole test, so that the function is named.

/// As QTest::qExec(), with failOnMessage().
int execute(QObject& test, const QStringList& arguments)
{
    std::vector<QByteArray> texts;
    for (const QString& argument : arguments)
        texts.push_back(argument.toLocal8Bit());
    std::vector<char*> argv;
    for (QByteArray& text : texts)
        argv.push_back(text.data());
    argv.push_back(nullptr);
    if (!qEnvironmentVariableIsSet("QTEST_FUNCTION_TIMEOUT"))
        qputenv("QTEST_FUNCTION_TIMEOUT", function_limit_ms);
    QTest::qInit(&test, int(texts.size()), argv.data());
    g_messages_of_qt_test = qInstallMessageHandler(failOnMessage);
    const int failed = QTest::qRun();
    QTest::qCleanup();
    return failed;
}

} // namespace

int runCases(QObject& test, int argc, char** argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const QByteArray part = qgetenv("ORDERLAB_TEST_PART");
    const QStringList cases = casesOf(test);
    const auto is_case = [&](const QString& argument) {
        return cases.contains(argument.section(QLatin1Char(':'), 0, 0));
    };
    if (part.isEmpty() || std::any_of(arguments.begin(), arguments.end(), is_case)) // Whoever names a case gets it.
        return execute(test, arguments);
    const int number = part.split('/').value(0).toInt(), count = part.split('/').value(1).toInt();
    if (number < 1 || number > count || count > cases.size()) {
        std::fprintf(stderr, "ORDERLAB_TEST_PART=%s: must be 1/N to N/N, with a case for each\n", part.constData());
        return 2;
    }
    for (qsizetype i = number - 1; i < cases.size(); i += count)
        arguments.append(cases[i]);
    return execute(test, arguments);
}

int runTestByName(int argc, char** argv)
{
    if (const auto found = tests().find(fileName(argv[0])); found != tests().end())
        return found->second(argc, argv);
    if (argc > 1) {
        if (const auto found = tests().find(std::string_view(argv[1])); found != tests().end())
            return found->second(argc - 1, argv + 1);
    }
    std::fprintf(stderr, "usage: %s TEST [case…] [options of Qt Test]\ntests:", argv[0]);
    for (const auto& [name, run] : tests())
        std::fprintf(stderr, " %s", name.c_str());
    std::fprintf(stderr, "\n");
    return 2;
}

} // namespace orderlab::test

int main(int argc, char** argv)
{
    return orderlab::test::runTestByName(argc, argv);
}
