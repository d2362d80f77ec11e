#include "child_program.h"
#include "raw_http_client.h"
#include "support/test_program.h"

#include <csignal>

using namespace orderlab::test;

namespace {

/// The status of GET /orders for this Host and, unless it is empty, Bearer token.
int statusFor(int port, const std::string& host, const std::string& token = {})
{
    RawHttpClient client{std::uint16_t(port)};
    const std::string authorization = token.empty() ? "" : "Authorization: Bearer " + token + "\r\n";
    return client.ask("GET /orders HTTP/1.1\r\nHost: " + host + "\r\n" + authorization + "\r\n").status;
}

/// Readable for this user only.
QString write(const DataDir& folder, const QByteArray& content)
{
    QFile file(folder.file("tokens"));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(content) != content.size()
        || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        return {};
    return file.fileName();
}

const QStringList serve_here{"serve", "--store", "memory", "--bus", "memory", "--listen", "127.0.0.1:0"};

} // namespace

/// Who may use a server: by which names, with which tokens.
class TestAccess : public QObject {
    Q_OBJECT

private slots:
    void hosts_areTheServersOwnAndTheAllowed();
    void hosts_comeFromAFileToo();
    void tokens_comeFromAFile();
    void tokens_changeOnHangup();
    void tokenFiles_areChecked_data();
    void tokenFiles_areChecked();
};

void TestAccess::hosts_areTheServersOwnAndTheAllowed()
{
    ChildProgram plain(serve_here);
    const int plain_port = plain.waitForPort();
    QVERIFY2(plain_port, plain.err());
    QCOMPARE(statusFor(plain_port, "localhost"), 200);
    QCOMPARE(statusFor(plain_port, "orders:8080"), 403);
    ChildProgram named(serve_here + QStringList{"--allowed-host", "orders", "--allowed-host", "a.example,192.0.2.7"});
    const int port = named.waitForPort();
    QVERIFY2(port, named.err());
    for (const char* host : {"orders", "ORDERS:8080", "a.example", "192.0.2.7:80", "127.0.0.1", "localhost"})
        QCOMPARE(std::make_pair(host, statusFor(port, host)), std::make_pair(host, 200));
    for (const char* host : {"orders.evil.example", "xorders", "example", "192.0.2.8"})
        QCOMPARE(std::make_pair(host, statusFor(port, host)), std::make_pair(host, 403));
}

void TestAccess::hosts_comeFromAFileToo()
{
    const DataDir folder;
    QFile file(folder.file("orderlab.toml"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("allowed-host = [\"orders\", \"a.example\"]\n");
    file.close();
    ChildProgram by_file(serve_here + QStringList{"--config", file.fileName()});
    const int port = by_file.waitForPort();
    QVERIFY2(port, by_file.err());
    QCOMPARE(statusFor(port, "orders"), 200);
    QCOMPARE(statusFor(port, "a.example"), 200);
    QCOMPARE(statusFor(port, "b.example"), 403);
    ChildProgram by_variable(serve_here, {{"ORDERLAB_ALLOWED_HOSTS", "orders,b.example"}});
    const int other = by_variable.waitForPort();
    QVERIFY2(other, by_variable.err());
    QCOMPARE(statusFor(other, "b.example"), 200);
    QCOMPARE(statusFor(other, "a.example"), 403);
}

void TestAccess::tokens_comeFromAFile()
{
    const DataDir folder;
    const QString file = write(folder, "# of the shop\nhunter2\n\nhunter3\r\n");
    ChildProgram server(serve_here + QStringList{"--api-token-file", file}, {{"ORDERLAB_API_TOKEN", "hunter4"}});
    const int port = server.waitForPort();
    QVERIFY2(port, server.err());
    for (const char* token : {"hunter2", "hunter3", "hunter4"})
        QCOMPARE(std::make_pair(token, statusFor(port, "localhost", token)), std::make_pair(token, 200));
    for (const char* token : {"", "hunter", "hunter22", "hunter5", "# of the shop"})
        QCOMPARE(std::make_pair(token, statusFor(port, "localhost", token)), std::make_pair(token, 401));
    QVERIFY2(server.err().contains("API tokens: 2 read from " + file.toUtf8()), server.err());
    QVERIFY2(!server.err().contains("hunter"), server.err());
    QVERIFY2(!server.err().contains("warning"), server.err());
    // Where other processes can look.
    QFile arguments(QStringLiteral("/proc/%1/cmdline").arg(server.pid()));
    QVERIFY(arguments.open(QIODevice::ReadOnly) && !arguments.readAll().contains("hunter"));
    // Our own clients take the first.
    const QString url = QStringLiteral("http://127.0.0.1:%1").arg(port);
    const Ended status = runProgram({"groups", "list", "--to", url}, 60, {{"ORDERLAB_API_TOKEN_FILE", file}});
    QVERIFY2(status.exit_code == 0, status.describe());
    ChildProgram import({"import", "-", "--to", url}, {{"ORDERLAB_API_TOKEN_FILE", file}});
    import.write(orderFile(3));
    const Ended imported = import.finish(60);
    QVERIFY2(imported.out == "imported 3, rejected 0, already there 0\n", imported.describe());
    const Ended without = runProgram({"groups", "list", "--to", url});
    QVERIFY2(without.exit_code == 1, without.describe());
    // With nothing but a file other machines may be served.
    QStringList open_to_all = serve_here;
    open_to_all.replaceInStrings("127.0.0.1:0", "0.0.0.0:0");
    ChildProgram open(open_to_all + QStringList{"--api-token-file", file});
    QVERIFY2(open.waitForError("ready: ", 90), open.err());
}

void TestAccess::tokens_changeOnHangup()
{
    const DataDir folder;
    const QString file = write(folder, "old\n");
    ChildProgram server(serve_here + QStringList{"--api-token-file", file});
    const int port = server.waitForPort();
    QVERIFY2(port, server.err());
    const auto hangUp = [&](const QByteArray& content, const QByteArray& says) {
        write(folder, content);
        server.signal(SIGHUP);
        QVERIFY2(server.waitForError(says, 60), server.err());
    };
    hangUp("new\nold\n", "API tokens: 2 read from ");
    QTRY_COMPARE(statusFor(port, "localhost", "new"), 200);
    QCOMPARE(statusFor(port, "localhost", "old"), 200);
    hangUp("# none\n", "the API tokens before are kept: api-token-file: " + file.toUtf8() + ": has no token");
    QCOMPARE(statusFor(port, "localhost", "new"), 200);
    QCOMPARE(statusFor(port, "localhost"), 401);
    hangUp("new\n", "API tokens: 1 read from "); // The first line of the start, too.
    QTRY_COMPARE(statusFor(port, "localhost", "old"), 401);
    QCOMPARE(statusFor(port, "localhost", "new"), 200);
    QVERIFY(QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    server.signal(SIGHUP);
    QVERIFY2(server.waitForError(file.toUtf8() + " can be read by every user of this machine: chmod 600 ", 60),
             server.err());
    QCOMPARE(server.terminate().exit_code, 0);
}

void TestAccess::tokenFiles_areChecked_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("empty") << QByteArray() << QByteArray("has no token; it needs one a line");
    QTest::newRow("comments") << QByteArray("# one\n\n") << QByteArray("has no token");
    QTest::newRow("two words") << QByteArray("one\ntwo words\n") << QByteArray("tokens:2: must be printable ASCII");
    QTest::newRow("not ASCII") << QByteArray("t\xc3\xb6ken\n") << QByteArray("tokens:1: must be printable ASCII");
    QTest::newRow("a long one") << QByteArray(1025, 'x') << QByteArray("tokens:1: must have at most 1024 characters");
    QTest::newRow("many") << QByteArray("t\n").repeated(65) << QByteArray("has more than 64 tokens");
    QTest::newRow("large") << QByteArray("#\n").repeated(40'000) << QByteArray("must be a file of at most 64 KiB");
}

void TestAccess::tokenFiles_areChecked()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, says);
    const DataDir folder;
    const QString file = write(folder, content);
    for (const QStringList& command : {serve_here + QStringList{"--api-token-file", file}, QStringList{"status"}}) {
        const Ended ended = runProgram(command, 60, {{"ORDERLAB_API_TOKEN_FILE", file}});
        const QByteArray last = ended.errLines().isEmpty() ? QByteArray() : ended.errLines().last();
        QVERIFY2(ended.exit_code == 2 && last.contains(says), ended.describe());
        QVERIFY2(!ended.err.contains("two words") && !ended.err.contains("xxx"), ended.describe());
    }
    const Ended missing = runProgram(serve_here + QStringList{"--api-token-file", folder.file("missing")});
    QVERIFY2(missing.exit_code == 2 && missing.err.contains("missing: No such file or directory"), missing.describe());
}

ORDERLAB_TEST(tst_access, QCoreApplication, TestAccess)
#include "tst_access.moc"
