#include "child_program.h"
#include "support/test_program.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <csignal>

using namespace orderlab::test;

namespace {

QString decoded(const QByteArray& bytes)
{
    return QString::fromUtf8(bytes);
}

/// The settings that `config --json` prints: value and origin by name.
std::map<QString, std::pair<QString, QString>> settingsOf(const Ended& ended)
{
    std::map<QString, std::pair<QString, QString>> settings;
    for (const auto& setting : QJsonDocument::fromJson(ended.out).object()["settings"].toArray()) {
        const QJsonObject one = setting.toObject();
        settings[one["name"].toString()] = {one["value"].toString(), one["origin"].toString()};
    }
    return settings;
}

} // namespace

/// Options from a file: `--config` and ORDERLAB_CONFIG.
class TestConfigFile : public QObject {
    Q_OBJECT

private slots:
    void precedence_isFlagEnvironmentFileDefault();
    void wrongFiles_areRefusedWithTheirPlace_data();
    void wrongFiles_areRefusedWithTheirPlace();
    void templates_nameEverySetting();
    void hangup_rereadsWhatMayChange();

private:
    QString write(const QByteArray& content, const char* name = "orderlab.toml") const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            return {};
        return file.fileName();
    }
    QString path(const char* name) const { return QString::fromStdString((m_folder.path() / name).string()); }

    ScratchFolder m_folder;
};

void TestConfigFile::precedence_isFlagEnvironmentFileDefault()
{
    const QString file = write(R"(
bus = "memory"
keep-inbox = "3d"
members = 4
partitions = 5
share-journal = false
throttle = 2.5
topic-prefix = ""
workers = ["payment", "analytics"]
api-token = "hunter2"
postgres = "postgresql://ada:hunter3@db.example/x"
[kafka]
"sasl.username" = "ada"
"sasl.password" = "hunter4"
)");
    const Ended ended = runProgram({"config", "--json", "--members", "3"}, 30,
                                   {{"ORDERLAB_CONFIG", file},
                                    {"ORDERLAB_PARTITIONS", "7"},
                                    {"ORDERLAB_THROTTLE", ""},
                                    {"ORDERLAB_KAFKA_SASL_USERNAME", "eve"}});
    QVERIFY2(ended.exit_code == 0, ended.describe());
    auto settings = settingsOf(ended);
    using Setting = std::pair<QString, QString>;
    QCOMPARE(settings["--members"], Setting("3", "flag"));
    QCOMPARE(settings["--partitions"], Setting("7", "environment ORDERLAB_PARTITIONS"));
    QCOMPARE(settings["--bus"], Setting("memory", "file " + file + ":2"));
    QCOMPARE(settings["--keep-inbox"], Setting("3d", "file " + file + ":3"));
    QCOMPARE(settings["--throttle"], Setting("2.5 events/s", "file " + file + ":7")); // An empty variable is none.
    QCOMPARE(settings["--topic-prefix"].first, "orders.");                            // Nor is an empty value one.
    QCOMPARE(settings["--workers"].first, "payment,analytics");
    QCOMPARE(settings["--max-attempts"].second, "default");
    QCOMPARE(settings["sasl.username"], Setting("eve", "environment ORDERLAB_KAFKA_…"));
    QCOMPARE(settings["sasl.password"], Setting("*", "file " + file));
    QVERIFY2(!(ended.out + ended.err).contains("hunter"), ended.describe());

    const Ended help = runProgram({"serve", "--help", "--config", file});
    QVERIFY2(help.exit_code == 0
                 && QRegularExpression("--keep-inbox TEXT ?[=\\[]3d").match(QString::fromUtf8(help.out)).hasMatch(),
             help.describe());
    QVERIFY2(!help.out.contains("hunter"), help.describe());

    const Ended by_flag = runProgram({"config", "--json", "--config", file, "--kafka-property", "sasl.username=bob"},
                                     30, {{"ORDERLAB_CONFIG", "/nowhere"}});
    QCOMPARE(settingsOf(by_flag)["sasl.username"], Setting("bob", "flag"));
}

void TestConfigFile::wrongFiles_areRefusedWithTheirPlace_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QStringList>("says");
    const auto row = [](const char* name, const QByteArray& content, const QStringList& says) {
        QTest::newRow(name) << content << says;
    };
    row("unknown key", "\nbuss = \"kafka\"\n", {"orderlab.toml:2: there is no setting buss; did you mean bus?"});
    row("underscore", "keep_inbox = \"7d\"", {":1: there is no setting keep_inbox; did you mean keep-inbox?"});
    row("far from any", "colour = 1", {":1: there is no setting colour\n"});
    row("value out of range", "partitions = 99", {":1: partitions: ", "1 to 64"});
    row("value of another type", "partitions = \"many\"", {":1: partitions: "});
    row("value that only the lab refuses", "\n\nkeep-inbox = \"soon\"", {"orderlab.toml:3: keep-inbox: must be"});
    row("none of a choice", "bus = \"pigeon\"", {":1: bus: ", "memory", "kafka"});
    row("a date", "bus = 2026-01-01", {"orderlab.toml:1:7: bus: must be a text, a number, true, false or a list"});
    row("a list of numbers", "workers = [1]", {"workers: must be a text"});
    row("another table", "[serve]\nbus = \"kafka\"", {"serve: there is no such table; the only one is [kafka]"});
    row("a table in it", "[kafka.ssl]\nca = \"x\"", {"ssl: there is no such table"});
    row("no TOML", "bus: kafka", {"orderlab.toml:1:4: "});
    row("twice", "bus = \"kafka\"\nbus = \"memory\"", {"orderlab.toml:2:"});
    row("no UTF-8", "bus = \"\xff\"", {"orderlab.toml:1:"});
    row("10 MB", QByteArray(10'000'000, '\n'), {"has more than 1048576 bytes"});
}

void TestConfigFile::wrongFiles_areRefusedWithTheirPlace()
{
    QFETCH(QByteArray, content);
    QFETCH(QStringList, says);
    const QString file = write(content);
    for (const char* command : {"config", "serve"}) {
        const Ended ended = runProgram({command, "--config", file}, 30);
        QVERIFY2(ended.exit_code == 2 && ended.errLines().size() == 1, ended.describe());
        for (const QString& part : says)
            QVERIFY2(decoded(ended.err).contains(part), ended.describe());
    }
    for (const QString& no_file : {path("missing.toml"), path("")}) {
        const Ended ended = runProgram({"config"}, 30, {{"ORDERLAB_CONFIG", no_file}});
        QVERIFY2(ended.exit_code == 2 && ended.errLines().size() == 1 && decoded(ended.err).contains(no_file),
                 ended.describe());
    }
}

/// With every line in force they say what is so without them.
void TestConfigFile::templates_nameEverySetting()
{
    const Ended plain = runProgram({"config", "--json"});
    QVERIFY2(plain.exit_code == 0, plain.describe());
    const Ended toml = runProgram({"config", "--toml"});
    QByteArray in_force;
    int settings = 0;
    for (const QByteArray& line : toml.out.split('\n')) {
        const QByteArray name = line.mid(2).split(' ').value(0);
        const bool is_setting = line.startsWith("# ") && line.mid(2 + name.size()).startsWith(" = ") && name[0] != '"';
        if (is_setting)
            in_force += line.mid(2) + '\n';
        settings += is_setting;
    }
    auto expected = settingsOf(plain);
    QCOMPARE(settings, int(expected.size()) - 1); // All but --config.
    const Ended with_file = runProgram({"config", "--json", "--config", write(in_force)});
    QVERIFY2(with_file.exit_code == 0, with_file.describe());
    for (const auto& [name, setting] : settingsOf(with_file)) {
        if (name != "--config" && name.startsWith("--"))
            QVERIFY2(setting.first == expected[name].first, qPrintable(name + ": " + setting.first));
    }

    std::map<QString, QString> environment;
    const Ended env = runProgram({"config", "--env"});
    for (const QByteArray& line : env.out.split('\n')) {
        if ((line.startsWith("# ORDERLAB_") || line.startsWith("# OTEL_")) && line.contains('='))
            environment[decoded(line.mid(2, line.indexOf('=') - 2))] = decoded(line.mid(line.indexOf('=') + 1));
    }
    QCOMPARE(environment.size(), expected.size() + 1);
    const Ended with_environment = runProgram({"config", "--json"}, 30, environment);
    QVERIFY2(with_environment.exit_code == 0, with_environment.describe());
    for (const auto& [name, setting] : settingsOf(with_environment)) {
        if (name.startsWith("--"))
            QVERIFY2(setting.first == expected[name].first, qPrintable(name + ": " + setting.first));
    }
}

void TestConfigFile::hangup_rereadsWhatMayChange()
{
    const QByteArray base = "listen = \"127.0.0.1:0\"\nbus = \"memory\"\nstore = \"memory\"\n";
    const QString file = write(base);
    ChildProgram server({"serve", "--config", file, "--throttle", "1000"});
    QVERIFY2(server.waitForPort(), server.err());
    write(base + "max-attempts = 3\nthrottle = 5\npartitions = 6\n");
    server.signal(SIGHUP);
    QVERIFY2(server.waitForError("partitions has changed; that needs a restart", 30), server.err());
    QVERIFY2(server.waitForError("max-attempts has changed\n", 30), server.err());
    QVERIFY2(!server.err().contains("throttle"), server.err()); // The flag wins.
    write("partitions = 600\n");
    server.signal(SIGHUP);
    QVERIFY2(server.waitForError("the configuration is not taken: " + file.toUtf8() + ":1: partitions: ", 30),
             server.err());
    write(base
          + "keep-inbox = \"soon\"\n"); // Wrong in a way that only the lab knows: it does not count as read either.
    server.signal(SIGHUP);
    QVERIFY2(server.waitForError("the configuration is not taken: keep-inbox: must be", 30), server.err());
    write(base + "max-attempts = 3\nthrottle = 5\npartitions = 6\n");
    server.signal(SIGHUP);
    QVERIFY2(server.waitForError("the configuration has not changed", 30), server.err());
    QCOMPARE(server.terminate().exit_code, 0);
}

ORDERLAB_TEST(tst_config_file, QCoreApplication, TestConfigFile)
#include "tst_config_file.moc"
