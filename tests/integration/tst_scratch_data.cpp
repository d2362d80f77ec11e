#include "child_program.h"
#include "support/test_program.h"

#include <csignal>
#include <fstream>
#include <sstream>

using namespace orderlab;
using namespace orderlab::test;

namespace {

constexpr int generous = 120'000; ///< ms

std::string contentOf(const std::filesystem::path& file)
{
    std::ifstream stream(file);
    std::ostringstream content;
    content << stream.rdbuf(); // A process that ends meanwhile makes this fail, not throw.
    return std::move(content).str();
}

/// The last argument of each guard (server_guard.cpp) that the program has started; "" of a process that is just
/// ending.
std::vector<std::string> guardedBy(qint64 program)
{
    std::vector<std::string> guarded;
    std::error_code error;
    for (std::filesystem::directory_iterator entry("/proc", error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string command = contentOf(entry->path() / "cmdline"), status = contentOf(entry->path() / "status");
        if (command.find("orderlab-guard") == std::string::npos
            || status.find("PPid:\t" + std::to_string(program) + '\n') == std::string::npos)
            continue;
        guarded.push_back(command.substr(command.rfind('\0', command.size() - 2) + 1));
        guarded.back().pop_back();
    }
    return guarded;
}

} // namespace

/// What a program makes for its own use only goes with it, whatever ends it.
class TestScratchData : public QObject {
    Q_OBJECT

private slots:
    void folder_goesWithItsProgram_data();
    void folder_goesWithItsProgram();
};

void TestScratchData::folder_goesWithItsProgram_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("signal");
    const std::pair<QStringList, QString> programs[] = {
        {{"bench", "postgres", "--orders", "10000000"}, "/bench-"},
        {{"bench", "soak", "--orders", "10000000"}, "/soak-"},
        {{"compare", "poison", "--store", "postgres", "--orders", "100000"}, "/orderlab-"}};
    for (const auto& [arguments, name] : programs) {
        for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGKILL}) {
            if (name != "/bench-" && number != SIGTERM)
                continue; // They end in the same way.
            QTest::addRow("%s by %s", qPrintable(arguments[0] + ' ' + arguments[1]), ::sigabbrev_np(number))
                << arguments << name << number;
        }
    }
}

void TestScratchData::folder_goesWithItsProgram()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, name);
    QFETCH(int, signal);
    ChildProgram program(arguments);
    const auto folderOf = [&]() -> std::filesystem::path {
        for (const std::string& one : guardedBy(program.pid())) {
            if (QString::fromStdString(std::filesystem::path(one).filename()).startsWith(name.mid(1)))
                return one;
        }
        return {};
    };
    // A server works in it.
    std::filesystem::path folder;
    QTRY_VERIFY_WITH_TIMEOUT(!(folder = folderOf()).empty(), generous);
    const auto hasServer = [&] {
        return std::filesystem::exists(folder / "data" / "postgres" / "postmaster.pid")
               || std::filesystem::exists(folder / "kafka" / "postgres" / "postmaster.pid");
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasServer(), generous);
    program.signal(signal);
    program.finish(240);
    QTRY_VERIFY_WITH_TIMEOUT(!std::filesystem::exists(folder), generous);
}

ORDERLAB_TEST(tst_scratch_data, QCoreApplication, TestScratchData)
#include "tst_scratch_data.moc"
