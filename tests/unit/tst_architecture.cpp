#include "architecture_rules.h"
#include "support/test_program.h"

#include <QDirIterator>
#include <QFile>

using namespace orderlab::architecture;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray joined(const Findings& findings)
{
    QByteArray text;
    for (const std::string& finding : findings)
        text += QByteArray::fromStdString(finding) + '\n';
    return text;
}

} // namespace

class TestArchitecture : public QObject {
    Q_OBJECT

private slots:
    void sources_keepTheDirectionsOfTheDesign()
    {
        const QString root = QStringLiteral(ORDERLAB_SOURCE_DIR "/");
        Findings findings;
        int checked = 0, of_core = 0;
        for (const char* folder : {"core", "ui", "app", "tests"}) {
            QDirIterator files(root + folder, {"*.h", "*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                const QString path = files.next();
                const QByteArray source = contentOf(path);
                QVERIFY2(!source.isEmpty(), qPrintable(path));
                const Findings wrong = checkSource(path.mid(root.size()).toStdString(), source.toStdString());
                findings.insert(findings.end(), wrong.begin(), wrong.end());
                ++checked;
                of_core += folder == QByteArray("core");
            }
        }
        QCOMPARE(joined(findings), QByteArray());
        QVERIFY2(of_core > 50, "the sources of core were not found"); // not empty for want of files
        qInfo("%d files checked", checked);
    }

    void targets_keepTheDirectionsOfTheDesign()
    {
        const QByteArray graph = contentOf(QStringLiteral(ORDERLAB_LINK_GRAPH));
        for (const char* target : {"base", "domain", "handlers", "service", "worker", "journal"})
            QVERIFY2(("\n" + graph).contains(QByteArray("\norderlab_") + target + ": "), target);
        QCOMPARE(joined(checkLinks(graph.toStdString())), QByteArray());
    }

    void map_isThatOfTheBuild()
    {
        const QByteArray graph = contentOf(QStringLiteral(ORDERLAB_LINK_GRAPH));
        std::string map = contentOf(QStringLiteral(ORDERLAB_SOURCE_DIR "/ARCHITECTURE.md")).toStdString();
        if (!graph.contains("orderlab_ui:")) { // A build without the window.
            map.erase(map.find("| `ui/`"), map.find("| `app/`") - map.find("| `ui/`"));
            map.replace(map.find(", ui |"), 6, " |");
        }
        QCOMPARE(joined(checkMap(map, graph.toStdString())), QByteArray());
    }

    void map_canFail_data()
    {
        QTest::addColumn<QByteArray>("map");
        QTest::addColumn<QByteArray>("finding"); // "": good
        QTest::newRow("as it is") << QByteArray("| `core/base` | job | nobody |\n| `core/bus` | job | base |\n")
                                  << QByteArray();
        QTest::newRow("another link") << QByteArray("| `core/base` | job | nobody |\n| `core/bus` | job | nobody |\n")
                                      << QByteArray("core/bus links base, the map says nobody\n");
        QTest::newRow("no row") << QByteArray("| `core/base` | job | nobody |\n")
                                << QByteArray("core/bus: the map has no row for it\n");
        QTest::newRow("no library") << QByteArray(
            "| `core/base` | job | nobody |\n| `core/bus` | job | base |\n| `core/lab` | job | bus |\n")
                                    << QByteArray("core/lab: the build has no such library\n");
    }
    void map_canFail()
    {
        QFETCH(QByteArray, map);
        QFETCH(QByteArray, finding);
        QCOMPARE(
            joined(checkMap(map.toStdString(), "orderlab_base: orderlab_options;Boost::boost\n"
                                               "orderlab_bus: orderlab_options;orderlab_base;orderlab_warnings\n")),
            finding);
    }

    void eachSourceRule_canFail_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<bool>("is_good");
        const auto bad = [](const char* what, const char* path, const QByteArray& code) {
            QTest::newRow(what) << QByteArray(path) << code << false;
        };
        const auto good = [](const char* what, const char* path, const QByteArray& code) {
            QTest::newRow(what) << QByteArray(path) << code << true;
        };
        bad("Qt class in core", "core/lab/lab.cpp", "#include <QString>\n");
        bad("Qt module in core", "core/lab/lab.cpp", "#include <QtCore/qglobal.h>\n");
        bad("small Qt header in core", "core/lab/lab.cpp", "#  include <qstring.h>\n");
        good("a library that begins as Qt's headers do", "core/classroom/qr_text.cpp", "#include <qrencode.h>\n");
        good("Qt in the interface", "ui/window.cpp", "#include <QString>\n");
        good("Qt in a comment", "core/lab/lab.cpp", "// #include <QString>\n/*\n#include <QString>\n*/\n");
        bad("core knows the interface", "core/lab/lab.cpp", "#include \"ui/window.h\"\n");
        bad("libpq in a handler", "core/handlers/payment_handler.cpp", "#include <libpq-fe.h>\n");
        bad("libpq by folder in a service", "core/service/a.cpp", "#include <postgresql/libpq-fe.h>\n");
        bad("librdkafka in a worker", "core/worker/middleware/retry.cpp", "#include <librdkafka/rdkafka.h>\n");
        good("the interfaces in a worker", "core/worker/lane.cpp",
             "#include \"bus/event_bus.h\"\n#include \"store/store.h\"\n");
        good("libpq in its store", "core/store/postgres_store.cpp", "#include <libpq-fe.h>\n");
        bad("libpq in the interface", "ui/panels/orders.cpp", "#include <libpq-fe.h>\n");
        bad("librdkafka in the interface", "ui/panels/orders.cpp", "#include <librdkafka/rdkafka.h>\n");
        for (const char* token : {"std::chrono::steady_clock::now()",
                                  "std::chrono::system_clock::now()",
                                  "high_resolution_clock::now()",
                                  "asio::steady_timer timer(executor)",
                                  "std::random_device device",
                                  "rand()",
                                  "srand(1)",
                                  "std::rand ( )",
                                  "std::this_thread::sleep_for(1s)",
                                  "std::this_thread::sleep_until(t)",
                                  "::sleep(1)",
                                  "usleep(1)",
                                  "nanosleep(&t, nullptr)",
                                  "clock_gettime(CLOCK_REALTIME, &t)",
                                  "gettimeofday(&t, nullptr)",
                                  "time(nullptr)",
                                  "std::time(0)",
                                  "localtime_r(&t, &tm)",
                                  "getrandom(p, 8, 0)",
                                  "RAND_bytes(p, 8)",
                                  "std::this_thread::yield()"})
            bad(token, "core/worker/lane.cpp", QByteArray("void f() { ") + token + "; }\n");
        good("the real runtime reads clocks", "core/runtime/real_runtime.cpp",
             "auto t = std::chrono::steady_clock::now();\n");
        bad("the virtual one does not", "core/runtime/virtual_runtime.cpp",
            "auto t = std::chrono::steady_clock::now();\n");
        good("the journal may yield", "core/journal/journal.cpp", "std::this_thread::yield();\n");
        bad("but not sleep", "core/journal/journal.cpp", "std::this_thread::sleep_for(1s);\n");
        good("librdkafka's threads may sleep", "core/kafka/embedded_kafka.cpp", "std::this_thread::sleep_for(1s);\n");
        bad("but not ask the time", "core/kafka/embedded_kafka.cpp", "std::chrono::steady_clock::now();\n");
        good("the runtime's own sleep", "core/worker/lane.cpp", "co_await m_runtime.sleep(1s); runtime->sleep(1s);\n");
        good("names that only look alike", "core/worker/lane.cpp",
             "brand(); runtime(nullptr); operand(1); m_steady_clocked();\n");
        good("in a string or comment", "core/worker/lane.cpp", "auto s = \"rand()\"; // std::random_device\n");
        bad("behind a number with separators", "core/worker/lane.cpp", "int n = 1'000; usleep(n); int m = 2'000;\n");
        bad("behind a raw string", "core/worker/lane.cpp", "auto s = R\"x(\" )\" )x\"; usleep(1);\n");
        bad("behind an escaped quote", "core/worker/lane.cpp", "auto s = \"\\\"\"; auto c = '\\''; usleep(1);\n");
        good("clocks in the interface", "ui/window.cpp", "auto t = std::chrono::steady_clock::now();\n");
        bad("a group's name in core", "core/lab/lab.cpp", "if (name == \"payment\")\n");
        bad("a group's name in the interface", "ui/window.cpp", "QLatin1String(\"order-status\")\n");
        good("a group's own file", "core/handlers/a.cpp", ".name = \"analytics\",\n");
        good("a group's name in a comment", "core/lab/lab.cpp", "int a; // \"payment\"\n");
        for (const char* token :
             {"std::mutex m_mutex;", "mutable std::shared_mutex mutex;", "std::condition_variable_any changed;",
              "const std::scoped_lock guard(m_mutex);", "std::unique_lock<std::mutex> lock;"})
            bad(token, "core/worker/lane.cpp", QByteArray(token) + '\n');
        bad("another mutex in the interface", "ui/bridge/a.cpp", "std::mutex m_mutex;\n");
        good("a mutex that guards", "core/worker/lane.h",
             "#pragma once\nmutable Mutex m_mutex;\nint m_a ORDERLAB_GUARDED_BY(m_mutex);\n");
        good("another's mutex that guards", "core/worker/lane.cpp",
             "Mutex mutex = {};\nint m_a ORDERLAB_GUARDED_BY(x->mutex);\n");
        bad("a mutex that guards nothing", "core/worker/lane.cpp", "Mutex m_mutex;\nint m_a;\n");
        bad("a mutex beside one that guards", "core/worker/lane.cpp",
            "Mutex m_mutex;\nMutex m_b;\nint m_a ORDERLAB_GUARDED_BY(m_mutex);\n");
        bad("header without #pragma once", "ui/window.h", "class Window;\n");
        bad("header with it too late", "core/bus/a.h", "#include <string>\n#pragma once\n");
        bad("words that nobody can translate", "ui/panels/a.cpp", "label->setText(QStringLiteral(\"No orders\"));\n");
        bad("such words on the next line", "ui/panels/a.cpp",
            "label->setToolTip(\n    QStringLiteral(\"No orders\"));\n");
        bad("such words in one of two cases", "ui/panels/a.cpp",
            "label->setText(at(\"(\") > 0 ? tr(\"Some\") : QStringLiteral(\"None of %1\").arg(name(1)));\n");
        bad("such words in a list", "ui/panels/a.cpp",
            "tree->setHeaderLabels({tr(\"A\"), QStringLiteral(\"Begins\")});\n");
        bad("such words of a new label", "ui/panels/a.cpp", "auto* l = new QLabel(QLatin1String(\"Seed\"), this);\n");
        good("words that go through tr()", "ui/panels/a.cpp", "label->setText(tr(\"No orders\"));\n");
        good("a word within a lambda", "ui/panels/a.cpp",
             "menu.addAction(tr(\"A\"), this, [this] { const QString key = QStringLiteral(\"key:\"); use(key); });\n");
        good("signs, numbers and units", "ui/panels/a.cpp", "a->setText(QStringLiteral(\"<b>%1</b> × %2 ms\"));\n");
        good("a name that nobody reads", "ui/panels/a.cpp",
             "a->setText(name); a->setObjectName(QStringLiteral(\"orderCount\"));\n");
        good("a word that another function gets", "ui/panels/a.cpp",
             "a->setText(text.section(QStringLiteral(\" or \"), 0, 0));\n");
        good("header with a comment first", "core/bus/a.h", "// What this is.\n\n#pragma once\n");
    }
    void eachSourceRule_canFail()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, code);
        QFETCH(bool, is_good);
        const Findings findings = checkSource(path.toStdString(), code.toStdString());
        QVERIFY2(findings.empty() == is_good,
                 joined(findings).isEmpty() ? "nothing was found" : joined(findings).constData());
        if (!is_good)
            QVERIFY(findings.front().starts_with(path.toStdString() + ':'));
    }

    void eachLinkRule_canFail_data()
    {
        QTest::addColumn<QByteArray>("graph");
        QTest::addColumn<QByteArray>("finding"); // "": good
        const auto row = [](const char* what, const QByteArray& graph, const QByteArray& finding) {
            QTest::newRow(what) << graph << finding;
        };
        row("as it should be",
            "orderlab_base: orderlab_options;Boost::boost;orderlab_warnings\n"
            "orderlab_domain: orderlab_options;orderlab_base;Boost::json\n"
            "orderlab_store: orderlab_domain;orderlab_asio\norderlab_handlers: orderlab_store\n"
            "orderlab_postgres: orderlab_store;PostgreSQL::PostgreSQL\n"
            "orderlab_lab: orderlab_postgres;orderlab_handlers\norderlab_ui: orderlab_lab;Qt6::Widgets\n"
            "orderlab: orderlab_ui\norderlabd: orderlab_lab\n",
            "");
        row("Qt, directly", "orderlab_lab: Qt6::Core\n", "orderlab_lab links Qt6::Core: core links no Qt");
        row("Qt in the server, by way of another", "orderlabd: orderlab_x\norderlab_x: Qt6::Core\n",
            "orderlab_x links Qt6::Core: core links no Qt");
        row("libpq, by way of another", "orderlab_handlers: orderlab_store\norderlab_store: PostgreSQL::PostgreSQL\n",
            "orderlab_handlers links PostgreSQL::PostgreSQL: it must run on any bus and store");
        row("libpq as a file", "orderlab_service: /usr/lib/libpq.so\n",
            "orderlab_service links /usr/lib/libpq.so: it must run on any bus and store");
        row("librdkafka, only for linking", "orderlab_worker: $<LINK_ONLY:PkgConfig::rdkafka>\n",
            "orderlab_worker links PkgConfig::rdkafka: it must run on any bus and store");
        row("a back end", "orderlab_worker: orderlab_memory_store\n",
            "orderlab_worker links orderlab_memory_store: it must run on any bus and store");
        row("base knows the domain", "orderlab_base: orderlab_domain\n",
            "orderlab_base links orderlab_domain: it knows nobody above it");
        row("domain knows the runtime", "orderlab_domain: orderlab_base;orderlab_runtime\n",
            "orderlab_domain links orderlab_runtime: it knows nobody above it");
        row("the interface knows libpq", "orderlab_ui: pq;Qt6::Widgets\n",
            "orderlab_ui links pq: the interface knows neither client library");
    }
    void eachLinkRule_canFail()
    {
        QFETCH(QByteArray, graph);
        QFETCH(QByteArray, finding);
        const QByteArray found = joined(checkLinks(graph.toStdString()));
        if (finding.isEmpty())
            QCOMPARE(found, QByteArray());
        else
            QVERIFY2(found.contains(finding), found.constData());
    }
};

ORDERLAB_TEST(tst_architecture, NoApplication, TestArchitecture)
#include "tst_architecture.moc"
