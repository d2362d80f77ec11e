#include "app/end_signals.h"
#include "support/test_program.h"

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

using namespace orderlab;
using namespace std::chrono_literals;

namespace {

/// What `program` has said on standard error, and how it has ended, as waitpid() tells it.
struct ChildEnd {
    QByteArray said;
    int status = 0;
};

/// In a process of its own, which gets SIGTERM once it has said that it is ready.
ChildEnd endOfChild(const std::function<void(int ready)>& program)
{
    int ready[2], errors[2];
    if (::pipe(ready) != 0 || ::pipe(errors) != 0)
        qFatal("no pipe");
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ready[0]);
        ::dup2(errors[1], STDERR_FILENO);
        ::close(errors[0]), ::close(errors[1]);
        program(ready[1]);
        ::_exit(0);
    }
    ::close(ready[1]), ::close(errors[1]);
    char byte = 0;
    if (::read(ready[0], &byte, 1) != 1)
        qFatal("it has not begun");
    ::kill(child, SIGTERM);
    ChildEnd ended;
    for (char part[256]; const ssize_t count = ::read(errors[0], part, sizeof part);) {
        if (count < 0)
            break;
        ended.said.append(part, qsizetype(count));
    }
    ::waitpid(child, &ended.status, 0);
    ::close(ready[0]), ::close(errors[0]);
    return ended;
}

void say(int ready)
{
    [[maybe_unused]] const auto written = ::write(ready, "1", 1);
}

} // namespace

class TestEndSignals : public QObject {
    Q_OBJECT
private slots:
    /// Nobody has to come with a second signal.
    void programThatHangs_isEnded()
    {
        const ChildEnd ended = endOfChild([](int ready) {
            const EndSignals ends([](std::string_view) {}, {}, 200ms); // Asked to end, it goes on.
            say(ready);
            for (;;)
                ::pause();
        });
        QVERIFY(WIFSIGNALED(ended.status));
        QCOMPARE(WTERMSIG(ended.status), SIGTERM);
        QVERIFY2(ended.said.contains("has not ended in 0 s"), ended.said);
    }
    void programThatEnds_isLeftAlone()
    {
        const ChildEnd ended = endOfChild([](int ready) {
            int asked[2];
            if (::pipe(asked) != 0)
                return;
            const EndSignals ends([&](std::string_view why) { say(why == "terminated" ? asked[1] : -1); }, {}, 60s);
            say(ready);
            char byte = 0;
            [[maybe_unused]] const auto count = ::read(asked[0], &byte, 1);
            ::_exit(7); // In order, as far as this one goes.
        });
        QVERIFY(WIFEXITED(ended.status));
        QCOMPARE(WEXITSTATUS(ended.status), 7);
        QCOMPARE(ended.said, QByteArray());
    }
};

ORDERLAB_TEST(tst_end_signals, QCoreApplication, TestEndSignals)
#include "tst_end_signals.moc"
