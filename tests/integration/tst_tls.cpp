#include "api_fixture.h"
#include "http/http_client.h"
#include "support/test_program.h"
#include "test_authority.h"
#include "test_database.h"

#include <boost/asio/ip/tcp.hpp>

#include <QRegularExpression>

#include <csignal>
#include <sys/stat.h>

using namespace orderlab;
using namespace orderlab::test;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

const QString our_names = QStringLiteral("DNS:localhost,IP:127.0.0.1");

QString httpsUrlOf(int port, const char* path = "", const char* host = "localhost")
{
    return QStringLiteral("https://%1:%2%3").arg(host).arg(port).arg(path);
}

/// A server in memory on a free port.
QStringList serveWith(const QString& certificate, const QString& key)
{
    return {"serve",       "--store",    "memory",    "--bus",     "memory", "--listen",
            "127.0.0.1:0", "--tls-cert", certificate, "--tls-key", key};
}

Ended curl(const QStringList& arguments)
{
    ChildProgram program(QStringList{"--silent", "--show-error", "--max-time", "100"} + arguments, {}, "curl");
    return program.finish(120);
}

/// Once more when the server has cut it off: on a machine that stands still for seconds a handshake may take too long.
Ended sClient(int port, const QStringList& arguments)
{
    for (int attempt = 1;; ++attempt) {
        ChildProgram program(QStringList{"s_client", "-connect", "127.0.0.1:" + QString::number(port)} + arguments, {},
                             "openssl");
        program.write("");
        const Ended ended = program.finish(60);
        const bool is_cut_off = ended.out.contains("no peer certificate") && !ended.err.contains("alert");
        if (!is_cut_off || attempt == 10)
            return ended;
    }
}

} // namespace

/// https, from both sides: curl and openssl at our server, our client at servers whose certificates are not right.
class TestTls : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_ca.sign("ours", our_names);
        m_ca.sign("second", our_names);
        m_ca.sign("elsewhere", "DNS:elsewhere.example");
        m_ca.sign("expired", our_names, 0);
        m_ca.sign("rsa", our_names, 30, {"rsa:2048"});
        m_ca.openssl({"ec", "-aes128", "-passout", "pass:x", "-in", key("ours"), "-out", key("locked")});
        m_ca.openssl({"rand", "-out", pem("garbage"), "100"});
        QVERIFY2(m_ca.problem().isEmpty(), m_ca.problem());
    }

    void curl_talksToTheServer();
    void oldVersions_areRefused();
    void plainHttp_isToldWhatThePortSpeaks();
    void handshake_isBoundedAndCounts();
    void stream_endsWithItsReader();
    void files_areCheckedAtTheStart_data();
    void files_areCheckedAtTheStart();
    void warnings_tellWhatClientsRefuse();
    void client_saysWhatIsWrong_data();
    void client_saysWhatIsWrong();
    void client_isBoundedAndTellsPlainServers();
    void authority_comesFromAnySetting();
    void hangup_takesANewPairUnderLoad();
    void hangup_beforeItIsReady();

private:
    QString pem(const QString& name) const { return m_ca.file(name + ".pem"); }
    QString key(const QString& name) const { return m_ca.file(name + ".key"); }
    HttpOptions options(const QString& name = "ours") const
    {
        HttpOptions options;
        options.handshake_limit = options.header_limit = 2min; // No test is about a machine that stands still.
        options.tls = TlsContext::forServer({pem(name).toStdString(), key(name).toStdString()}).value();
        return options;
    }
    Ended ask(const QString& url) const
    {
        return curl({"--cacert", m_ca.ca(), "--fail", "--retry", "10", "--retry-all-errors", url});
    }
    /// The common name of the certificate that new connections get.
    QByteArray servedName(int port) const
    {
        const Ended ended = sClient(port, {"-CAfile", m_ca.ca()});
        static const QRegularExpression name(QStringLiteral("subject=CN ?= ?(.*)\n")); // By OpenSSL's version.
        const auto match = name.match(QString::fromUtf8(ended.out));
        return match.hasMatch() ? match.captured(1).toUtf8() : ended.describe();
    }
    void copy(const QString& name, const QString& to) const
    {
        for (const char* ending : {".pem", ".key"}) {
            QFile::remove(m_ca.file(to + ending));
            QVERIFY(QFile::copy(m_ca.file(name + ending), m_ca.file(to + ending)));
        }
    }

    TestAuthority m_ca;
};

void TestTls::curl_talksToTheServer()
{
    ApiFixture api(options());
    const int port = api.port();
    const QString order = QString::fromStdString(good_order);
    // Two requests on one connection.
    const Ended posted = curl({"--cacert", m_ca.ca(), "--json", order, httpsUrlOf(port, "/orders"),
                               httpsUrlOf(port, "/orders"), "--write-out", " %{http_code} %{num_connects} "});
    QVERIFY2(posted.exit_code == 0 && posted.out.contains(" 201 1 ") && posted.out.contains(" 201 0 "),
             posted.describe());
    QCOMPARE(api.kept(), std::string("2 orders, 2 in the outbox"));
    for (const char* version : {"1.2", "1.3"}) {
        const Ended ended = curl({"--cacert", m_ca.ca(), QStringLiteral("--tlsv") + version, "--tls-max", version,
                                  httpsUrlOf(port, "/healthz", "127.0.0.1"), "--write-out", " %{http_code}"});
        QVERIFY2(ended.exit_code == 0 && ended.out.endsWith(" 200"), ended.describe());
    }
    // An answer that ends the connection arrives whole.
    QFile large(m_ca.file("large"));
    QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(4'000'000));
    const Ended too_large =
        curl({"--cacert", m_ca.ca(), "--header", "Expect: 100-continue", "--expect100-timeout", "100", "--data-binary",
              "@" + large.fileName(), httpsUrlOf(port, "/orders"), "--write-out", " %{http_code}"});
    QVERIFY2(too_large.out.endsWith(" 413"), too_large.describe());
    const Ended unknown = curl({httpsUrlOf(port, "/healthz")});
    QVERIFY2(unknown.exit_code == 60, unknown.describe()); // Its word for a certificate that it does not trust.
    QTRY_COMPARE(api.server->connections(), std::size_t(0));
}

void TestTls::oldVersions_areRefused()
{
    // Everything that OpenSSL leaves to the system's configuration is allowed there.
    QFile lax(m_ca.file("lax.cnf"));
    QVERIFY(lax.open(QIODevice::WriteOnly));
    lax.write("openssl_conf = a\n[a]\nssl_conf = b\n[b]\nsystem_default = c\n[c]\nMinProtocol = TLSv1\n"
              "CipherString = ALL:@SECLEVEL=0\n");
    lax.close();
    ChildProgram server(serveWith(pem("ours"), key("ours")), {{"OPENSSL_CONF", lax.fileName()}});
    const int port = server.waitForPort();
    QVERIFY2(port, server.err());
    const Ended old = sClient(port, {"-tls1_1", "-cipher", "ALL:@SECLEVEL=0"});
    QVERIFY2(old.exit_code != 0 && old.err.contains("alert protocol version"), old.describe());
    // Without forward secrecy.
    const Ended weak = sClient(port, {"-tls1_2", "-cipher", "AES128-SHA:AES128-GCM-SHA256"});
    QVERIFY2(weak.exit_code != 0 && weak.err.contains("alert handshake failure"), weak.describe());
    const Ended good = sClient(port, {"-tls1_2", "-CAfile", m_ca.ca()});
    QVERIFY2(good.exit_code == 0 && good.out.contains("Verification: OK"), good.describe());
    QCOMPARE(server.terminate().exit_code, 0);
}

void TestTls::plainHttp_isToldWhatThePortSpeaks()
{
    ApiFixture api(options());
    const QString url = QStringLiteral("http://127.0.0.1:%1/").arg(api.port());
    const Ended plain = curl({url + "healthz", "--write-out", " %{http_code}"});
    QVERIFY2(plain.out.contains("this port speaks TLS: use https://") && plain.out.endsWith(" 400"), plain.describe());
    const Ended posted = curl({url + "orders", "--data-binary", "{}", "--write-out", " %{http_code}"});
    QVERIFY2(posted.out.endsWith(" 400"), posted.describe());
    for (const char* noise : {"\n\n\n", "\x80\x2e\x01", "\x16\x03\x01\x00\x05hello"}) {
        RawHttpClient client(api.port());
        QVERIFY(client.send(noise));
        client.finishSending();
        client.receive(); // At most an alert.
        QTRY_COMPARE(api.server->connections(), std::size_t(0));
    }
    QCOMPARE(api.kept(), std::string("0 orders, 0 in the outbox"));
}

void TestTls::handshake_isBoundedAndCounts()
{
    {
        HttpOptions patient = options();
        patient.handshake_limit = 1h;
        patient.connections_max = 2;
        ApiFixture api(patient);
        RawHttpClient silent(api.port()), slow(api.port());
        QVERIFY(slow.send("\x16\x03\x01"));
        QTRY_COMPARE(api.server->connections(), std::size_t(2));
        RawHttpClient third(api.port());
        QVERIFY(third.isClosedByServer());
        // Stopping does not wait for them.
    }
    HttpOptions strict = options();
    strict.handshake_limit = 100ms;
    strict.header_limit = 1h;
    ApiFixture api(strict);
    for (const char* begun : {"", "\x16", "\x16\x03\x01\x02"}) {
        RawHttpClient slow(api.port());
        QVERIFY(slow.send(begun));
        QVERIFY(slow.isClosedByServer());
        QTRY_COMPARE(api.server->connections(), std::size_t(0));
    }
}

void TestTls::stream_endsWithItsReader()
{
    ChildProgram server(serveWith(pem("ours"), key("ours")));
    const int port = server.waitForPort();
    QVERIFY2(port, server.err());
    const auto has = [&](const QByteArray& line) { return ask(httpsUrlOf(port, "/metrics")).out.contains(line); };
    QVERIFY(has("\norderlab_journal_streams 0\n"));
    const QString got = m_ca.file("stream");
    ChildProgram reader(
        {"--silent", "--no-buffer", "--cacert", m_ca.ca(), "--output", got, httpsUrlOf(port, "/journal")}, {}, "curl");
    QTRY_VERIFY(has("\norderlab_journal_streams 1\n"));
    const QString order = QString::fromStdString(good_order);
    const Ended posted = curl({"--cacert", m_ca.ca(), "--json", order, httpsUrlOf(port, "/orders")});
    QVERIFY2(posted.exit_code == 0, posted.describe());
    QTRY_VERIFY(QFileInfo(got).size() > 0);
    reader.signal(SIGKILL);
    QTRY_VERIFY(has("\norderlab_journal_streams 0\n"));
    QCOMPARE(server.terminate().exit_code, 0);
}

void TestTls::files_areCheckedAtTheStart_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("key_file");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const QString& certificate, const QString& key, const QString& says) {
        QTest::newRow(name) << certificate << key << says;
    };
    const QString missing = m_ca.file("missing"), mismatch = ": does not belong to the certificate in " + pem("ours");
    row("no certificate", missing, key("ours"), "--tls-cert: " + missing + ": No such file or directory");
    row("no key", pem("ours"), missing, "--tls-key: " + missing + ": No such file or directory");
    row("a certificate alone", pem("ours"), "", "--tls-key: is needed where --tls-cert is given");
    row("a key alone", "", key("ours"), "--tls-cert: is needed where --tls-key is given");
    row("another's key", pem("ours"), key("second"), "--tls-key: " + key("second") + mismatch);
    row("a key of another type", pem("ours"), key("rsa"), "--tls-key: " + key("rsa") + mismatch);
    row("both the wrong way round", key("ours"), pem("ours"), "--tls-cert: " + key("ours") + ": holds no certificate");
    row("no key in it", pem("ours"), pem("second"), "--tls-key: " + pem("second") + ": holds no private key in PEM");
    row("no PEM", pem("garbage"), key("ours"), "--tls-cert: " + pem("garbage") + ": holds no certificate in PEM");
    row("a passphrase", pem("ours"), key("locked"), "--tls-key: " + key("locked") + ": has a passphrase");
    row("a folder", m_ca.file(""), key("ours"), "must be a file in PEM of at most 1 MiB");
    row("no end", "/dev/zero", key("ours"), "--tls-cert: /dev/zero: must be a file");
}

void TestTls::files_areCheckedAtTheStart()
{
    QFETCH(QString, certificate);
    QFETCH(QString, key_file);
    QFETCH(QString, says);
    const QStringList arguments{"serve", "--store", "memory", "--bus", "memory", "--listen", "127.0.0.1:0"};
    const Ended ended = runProgram(arguments, 60, {{"ORDERLAB_TLS_CERT", certificate}, {"ORDERLAB_TLS_KEY", key_file}});
    // An empty variable is none, and not to blame.
    if (!certificate.isEmpty())
        says.replace("--tls-cert: ", "ORDERLAB_TLS_CERT: ");
    if (!key_file.isEmpty())
        says.replace("--tls-key: ", "ORDERLAB_TLS_KEY: ");
    const QByteArray last = ended.errLines().isEmpty() ? QByteArray() : ended.errLines().last();
    QVERIFY2(ended.exit_code == 2 && last.startsWith("orderlabd: ") && last.contains(says.toUtf8()), ended.describe());
}

void TestTls::warnings_tellWhatClientsRefuse()
{
    QVERIFY(::chmod(key("expired").toUtf8().constData(), 0644) == 0);
    ChildProgram server(serveWith(pem("expired"), key("expired")));
    QVERIFY2(server.waitForPort(), server.err());
    const QByteArray said = server.err();
    QVERIFY2(said.contains(pem("expired").toUtf8() + " has expired (") && said.contains("clients refuse it"), said);
    QVERIFY2(said.contains(key("expired").toUtf8() + " can be read by every user of this machine: chmod 600 "), said);
    QCOMPARE(server.terminate().exit_code, 0);
    ChildProgram right(serveWith(pem("ours"), key("ours")));
    QVERIFY2(right.waitForPort() && !right.err().contains("warning"), right.err());
    QVERIFY2(right.err().contains("TLS certificate: CN=ours, valid until "), right.err());
}

void TestTls::client_saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("knows_authority");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const char* certificate, const char* host, bool knows, const char* says) {
        QTest::newRow(name) << QString(certificate) << QString(host) << knows << QString(says);
    };
    row("by name", "ours", "localhost", true, "");
    row("by address", "ours", "127.0.0.1", true, "");
    row("an RSA key", "rsa", "localhost", true, "");
    row("unknown authority", "ours", "localhost", false,
        "has a certificate of an unknown authority: give the authority's with --tls-ca FILE (ORDERLAB_TLS_CA)");
    row("another name", "elsewhere", "localhost", true, "has a certificate for another name than localhost");
    row("another address", "elsewhere", "127.0.0.1", true, "has a certificate for another name than 127.0.0.1");
    row("expired", "expired", "localhost", true, "has a certificate that has expired");
}

void TestTls::client_saysWhatIsWrong()
{
    QFETCH(QString, certificate);
    QFETCH(QString, host);
    QFETCH(bool, knows_authority);
    QFETCH(QString, says);
    ApiFixture api(options(certificate));
    const std::string url = "https://" + host.toStdString() + ':' + std::to_string(api.port());
    auto target = HttpClientOptions::fromUrl(url, knows_authority ? m_ca.ca().toStdString() : std::string());
    QVERIFY(target);
    HttpClient client(api.runtime, std::move(*target));
    const auto reply = api.runtime.run(client.post("/orders", good_order));
    if (says.isEmpty()) {
        QVERIFY2(reply && reply->status == 201, reply ? reply->body.c_str() : reply.error().message.c_str());
        const auto again = api.runtime.run(client.get("/healthz"));
        QVERIFY(again && again->status == 200);
        QCOMPARE(api.server->connections(), std::size_t(1));
        client.close();
    } else {
        QVERIFY(!reply);
        QVERIFY2(QString::fromStdString(reply.error().message).contains(says), reply.error().message.c_str());
        QCOMPARE(reply.error().code, ErrorCode::Rejected);
        QCOMPARE(reply.error().retry, Retry::Never);
        QCOMPARE(api.kept(), std::string("0 orders, 0 in the outbox")); // Nothing was sent to it.
    }
    QTRY_COMPARE(api.server->connections(), std::size_t(0));
}

void TestTls::client_isBoundedAndTellsPlainServers()
{
    const Ended no_ca = runProgram({"status", "--to", httpsUrlOf(1), "--tls-ca", m_ca.file("missing")});
    QVERIFY2(no_ca.exit_code == 2 && no_ca.err.contains("--tls-ca: " + m_ca.file("missing").toUtf8()),
             no_ca.describe());
    const Ended no_pem = runProgram({"status", "--to", httpsUrlOf(1), "--tls-ca", pem("garbage")});
    QVERIFY2(no_pem.exit_code == 2 && no_pem.err.contains("holds no certificate in PEM"), no_pem.describe());

    ApiFixture plain;
    const Ended to_plain = runProgram({"status", "--to", httpsUrlOf(plain.port()), "--tls-ca", m_ca.ca()});
    QVERIFY2(to_plain.exit_code == 1 && to_plain.err.contains("does not speak TLS: use http://"), to_plain.describe());
    ApiFixture api(options());
    const Ended to_tls = runProgram({"status", "--to", QStringLiteral("http://localhost:%1").arg(api.port())});
    QVERIFY2(to_tls.exit_code != 0 && to_tls.err.contains("this port speaks TLS: use https://"), to_tls.describe());

    // A server that accepts and says nothing.
    asio::ip::tcp::acceptor silent(plain.runtime.strand(), {asio::ip::address_v4::loopback(), 0});
    auto target =
        HttpClientOptions::fromUrl(httpsUrlOf(silent.local_endpoint().port()).toStdString(), m_ca.ca().toStdString());
    QVERIFY(target);
    target->timeout = 200ms;
    HttpClient client(plain.runtime, std::move(*target));
    const auto reply = plain.runtime.run(client.get("/healthz"));
    QVERIFY(!reply);
    QCOMPARE(reply.error().code, ErrorCode::Timeout);
    QVERIFY2(reply.error().message.ends_with("took too long to agree on TLS"), reply.error().message.c_str());
}

void TestTls::authority_comesFromAnySetting()
{
    QFile file(m_ca.file("orderlab.toml"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("store = \"memory\"\nbus = \"memory\"\nlisten = \"127.0.0.1:" + QByteArray::number(freePort())
               + "\"\ntls-cert = \"" + pem("ours").toUtf8() + "\"\ntls-key = \"" + key("ours").toUtf8()
               + "\"\ntls-ca = \"" + m_ca.ca().toUtf8() + "\"\n");
    file.close();
    ChildProgram server({"serve", "--config", file.fileName()});
    const int port = server.waitForPort();
    QVERIFY2(port, server.err());
    const Ended by_file = runProgram({"status"}, 60, {{"ORDERLAB_CONFIG", file.fileName()}}); // https by itself.
    QVERIFY2(by_file.exit_code == 0, by_file.describe());
    const Ended by_variable = runProgram({"status", "--to", httpsUrlOf(port)}, 60, {{"ORDERLAB_TLS_CA", m_ca.ca()}});
    QVERIFY2(by_variable.exit_code == 0, by_variable.describe());
    const Ended shown = runProgram({"config", "--config", file.fileName()});
    QVERIFY2(shown.exit_code == 0 && shown.out.contains(m_ca.ca().toUtf8()), shown.describe());
    server.signal(SIGHUP);
    QVERIFY2(server.waitForError("the configuration has not changed", 60), server.err());
    QCOMPARE(server.terminate().exit_code, 0);
}

void TestTls::hangup_takesANewPairUnderLoad()
{
    copy("ours", "live");
    ChildProgram server(serveWith(pem("live"), key("live")));
    const int port = server.waitForPort();
    QVERIFY2(port, server.err());
    QCOMPARE(servedName(port), QByteArray("ours"));
    ChildProgram import({"import", "-", "--to", httpsUrlOf(port), "--tls-ca", m_ca.ca()});
    import.writeSome(orderFile(500));
    for (int i = 0; i < 3; ++i) {
        const QString name = i % 2 == 0 ? "second" : "ours";
        copy(name, "live");
        server.signal(SIGHUP);
        const QByteArray said = "TLS certificate of new connections: CN=" + name.toUtf8();
        QTRY_COMPARE(server.err().count("TLS certificate of new connections: "), i + 1);
        QVERIFY2(server.err().contains(said), server.err());
        QCOMPARE(servedName(port), name.toUtf8());
        const Ended asked = ask(httpsUrlOf(port, "/healthz"));
        QVERIFY2(asked.exit_code == 0, asked.describe());
    }
    // A pair that is no use, in each way.
    const auto refuse = [&](const QByteArray& why) {
        server.signal(SIGHUP);
        QVERIFY2(server.waitForError("the TLS certificate before is kept: " + why, 60), server.err());
        QCOMPARE(servedName(port), QByteArray("second"));
    };
    QFile::remove(key("live"));
    refuse("tls-key: " + key("live").toUtf8() + ": No such file or directory");
    QVERIFY(QFile::copy(key("ours"), key("live")));
    refuse("tls-key: " + key("live").toUtf8() + ": does not belong");
    copy("expired", "live");
    refuse("the new one is CN=expired, valid until ");
    import.write(orderFile(50, "late").mid(orderFile(0).size()));
    const Ended imported = import.finish(300);
    QVERIFY2(imported.exit_code == 0 && imported.out == "imported 550, rejected 0, already there 0\n",
             imported.describe());
    QCOMPARE(server.terminate().exit_code, 0);
}

/// While it waits for its database. Nothing is lost: the certificate changes at once, the rest when it is ready.
void TestTls::hangup_beforeItIsReady()
{
    copy("ours", "live");
    RealRuntime runtime{1};
    TestDatabase database(runtime);
    QVERIFY2(database.problem().isEmpty(), database.problem());
    database.stop();
    const int port = freePort();
    QFile file(m_ca.file("waiting.toml"));
    const auto write = [&](const QByteArray& more) {
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write("bus = \"memory\"\nlisten = \"127.0.0.1:" + QByteArray::number(port) + "\"\npostgres = \""
                   + QByteArray::fromStdString(database.url()) + "\"\nwait-for-services = 600\n" + more);
        file.close();
    };
    write("");
    ChildProgram server({"serve", "--config", file.fileName(), "--tls-cert", pem("live"), "--tls-key", key("live")});
    QVERIFY2(server.waitForError("waiting for services", 60), server.err());
    QCOMPARE(servedName(port), QByteArray("ours"));
    copy("second", "live");
    write("max-attempts = 3\n");
    server.signal(SIGHUP);
    QVERIFY2(server.waitForError("TLS certificate of new connections: CN=second", 60), server.err());
    QCOMPARE(servedName(port), QByteArray("second"));
    QVERIFY2(!server.err().contains("max-attempts"), server.err());
    database.start();
    QVERIFY2(database.problem().isEmpty(), database.problem());
    QVERIFY2(server.waitForPort() == port && server.waitForError("max-attempts has changed", 60), server.err());
    QCOMPARE(server.terminate().exit_code, 0);
}

ORDERLAB_TEST(tst_tls, QCoreApplication, TestTls)
#include "tst_tls.moc"
