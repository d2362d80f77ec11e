#include "kafka/tcp_proxy.h"
#include "runtime/real_runtime.h"
#include "support/test_program.h"

#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>

#include <QElapsedTimer>

#include <algorithm>
#include <limits>

using namespace orderlab;
using namespace std::chrono_literals;
using boost::asio::ip::tcp;
using boost::system::error_code;
namespace asio = boost::asio;

namespace {

/// Answers with what it is sent, on the loopback interface.
class EchoServer {
public:
    EchoServer(Runtime& runtime, const asio::ip::address& address)
        : m_runtime(runtime), m_acceptor(runtime.strand(), TcpProxy::Endpoint(address, 0)), m_tasks(runtime)
    {
        const Executor executor = m_acceptor.get_executor();
        m_tasks.spawn(executor, acceptAll());
    }
    ~EchoServer()
    {
        m_tasks.cancel();
        m_runtime.run(m_tasks.join());
    }
    TcpProxy::Endpoint endpoint() const { return m_acceptor.local_endpoint(); }

private:
    Task<void> acceptAll()
    {
        for (;;) {
            auto socket = std::make_shared<tcp::socket>(co_await m_acceptor.async_accept(asio::use_awaitable));
            const Executor executor = socket->get_executor();
            m_tasks.spawn(executor, echo(socket));
        }
    }
    static Task<void> echo(std::shared_ptr<tcp::socket> socket)
    {
        std::vector<char> bytes(10'000);
        error_code error;
        while (!error) {
            const std::size_t size =
                co_await socket->async_read_some(asio::buffer(bytes), asio::redirect_error(asio::use_awaitable, error));
            const auto answer = asio::buffer(bytes.data(), size);
            if (size > 0)
                co_await asio::async_write(*socket, answer, asio::redirect_error(asio::use_awaitable, error));
        }
    }

    Runtime& m_runtime;
    tcp::acceptor m_acceptor;
    TaskGroup m_tasks;
};

QByteArray noise(Runtime& runtime, int size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (char& byte : bytes)
        byte = char(runtime.random());
    return bytes;
}

} // namespace

/// The proxy between a client and a server that echoes, all of them real sockets.
class TestTcpProxy : public QObject {
    Q_OBJECT

private slots:
    void init() { m_proxy = std::make_unique<TcpProxy>(m_runtime); }
    void cleanup()
    {
        m_runtime.run(m_proxy->close());
        m_proxy.reset();
    }
    void bytes_passAsTheyAre_data();
    void bytes_passAsTheyAre();
    void ends_passToo();
    void cut_resetsWhatIsOpen_andRefusesWhatComes();
    void delays_addUp_andDoNotQueue();
    void delay_thatIsLifted_letsGo();
    void throttle_isARate();
    void senders_waitOnceTheBufferIsFull();
    void server_thatIsNotThere_closesTheConnection();
    void closed_opensNothing();

private:
    tcp::socket connected(const EchoServer& server)
    {
        tcp::socket socket(m_clients);
        socket.connect(m_proxy->entranceOf(server.endpoint()).value());
        socket.set_option(tcp::no_delay(true));
        return socket;
    }
    static QByteArray received(tcp::socket& socket, int size)
    {
        QByteArray bytes(size, '\0');
        error_code error;
        const std::size_t got = asio::read(socket, asio::buffer(bytes.data(), std::size_t(size)), error);
        return bytes.left(int(got));
    }
    static QByteArray echoed(tcp::socket& socket, const QByteArray& bytes)
    {
        error_code error;
        asio::write(socket, asio::buffer(bytes.data(), std::size_t(bytes.size())), error);
        return received(socket, int(bytes.size()));
    }

    RealRuntime m_runtime{2};
    asio::io_context m_clients;
    std::unique_ptr<TcpProxy> m_proxy;
    const asio::ip::address m_loopback = asio::ip::address_v4::loopback();
};

void TestTcpProxy::bytes_passAsTheyAre_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("IPv4") << "127.0.0.1";
    QTest::newRow("IPv6") << "::1";
}

void TestTcpProxy::bytes_passAsTheyAre()
{
    QFETCH(QString, address);
    const auto loopback = asio::ip::make_address(address.toStdString());
    tcp::acceptor probe(m_clients);
    error_code error;
    probe.open(TcpProxy::Endpoint(loopback, 0).protocol(), error);
    if (!error)
        probe.bind(TcpProxy::Endpoint(loopback, 0), error);
    if (error)
        QSKIP("this machine has no such address");
    const EchoServer server(m_runtime, loopback);
    const EchoServer other(m_runtime, loopback);
    QVERIFY(m_proxy->entranceOf(server.endpoint()).value() != m_proxy->entranceOf(other.endpoint()).value());
    QCOMPARE(m_proxy->entranceOf(server.endpoint()).value(), m_proxy->entranceOf(server.endpoint()).value());
    for (const EchoServer* to : {&server, &other}) {
        tcp::socket client = connected(*to);
        for (const int size : {1, 100'000, 300'000}) {
            const QByteArray sent = noise(m_runtime, size);
            QVERIFY(echoed(client, sent) == sent);
        }
    }
    QCOMPARE(m_proxy->counts().carried, std::uint64_t(2));
    QCOMPARE(m_proxy->counts().cut, std::uint64_t(0));
}

void TestTcpProxy::ends_passToo()
{
    const EchoServer server(m_runtime, m_loopback);
    tcp::socket client = connected(server);
    asio::write(client, asio::buffer("last words", 10));
    client.shutdown(tcp::socket::shutdown_send);
    QCOMPARE(received(client, 100), QByteArray("last words")); // Then the server ended, too.
}

void TestTcpProxy::cut_resetsWhatIsOpen_andRefusesWhatComes()
{
    const EchoServer server(m_runtime, m_loopback);
    tcp::socket one = connected(server), two = connected(server);
    QCOMPARE(echoed(one, "hello"), QByteArray("hello"));
    QCOMPARE(echoed(two, "hello"), QByteArray("hello"));

    m_proxy->setConditions({.is_away = true});
    for (tcp::socket* socket : {&one, &two}) {
        char byte;
        error_code error;
        asio::read(*socket, asio::buffer(&byte, 1), error);
        QVERIFY2(error == asio::error::connection_reset, error.message().c_str());
    }
    QCOMPARE(m_proxy->counts().cut, std::uint64_t(2));
    tcp::socket late = connected(server);
    QCOMPARE(echoed(late, "anybody?"), QByteArray());
    QCOMPARE(m_proxy->counts().refused, std::uint64_t(1));
    QCOMPARE(m_proxy->counts().carried, std::uint64_t(2));

    m_proxy->setConditions({});
    tcp::socket again = connected(server);
    QCOMPARE(echoed(again, "hello again"), QByteArray("hello again"));
}

void TestTcpProxy::delays_addUp_andDoNotQueue()
{
    const EchoServer server(m_runtime, m_loopback);
    tcp::socket client = connected(server);
    m_proxy->setConditions({.delay_there = 200ms, .delay_back = 300ms});
    constexpr qint64 one_by_one_ms = 4'500;
    qint64 all_ms = one_by_one_ms;
    for (int tries = 0; all_ms >= one_by_one_ms && tries < 20; ++tries) { // A machine may stand still for a while.
        QElapsedTimer clock;
        clock.start();
        for (int i = 0; i < 10; ++i) { // 10 ms apart: each is on its way while others are.
            asio::write(client, asio::buffer("0123456789" + i, 1));
            QTest::qSleep(10);
        }
        QCOMPARE(received(client, 1), QByteArray("0"));
        QVERIFY2(clock.elapsed() >= 500, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(received(client, 9), QByteArray("123456789"));
        all_ms = clock.elapsed();
    }
    QVERIFY2(all_ms < one_by_one_ms, qPrintable(QString::number(all_ms)));
}

void TestTcpProxy::delay_thatIsLifted_letsGo()
{
    const EchoServer server(m_runtime, m_loopback);
    tcp::socket client = connected(server);
    m_proxy->setConditions({.delay_there = std::chrono::hours{1}});
    asio::write(client, asio::buffer("hello", 5));
    QTest::qSleep(100);
    QCOMPARE(client.available(), std::size_t(0));
    m_proxy->setConditions({});
    QCOMPARE(received(client, 5), QByteArray("hello"));
}

void TestTcpProxy::throttle_isARate()
{
    const EchoServer server(m_runtime, m_loopback);
    tcp::socket client = connected(server);
    const QByteArray sent = noise(m_runtime, 100'000);
    QElapsedTimer clock;
    qint64 fast_ms = std::numeric_limits<qint64>::max();
    for (int tries = 0; fast_ms >= 800 && tries < 20; ++tries) { // A machine may stand still for a while.
        clock.start();
        QVERIFY(echoed(client, sent) == sent);
        fast_ms = std::min(fast_ms, clock.elapsed());
    }
    clock.start();
    m_proxy->setConditions({.bytes_per_second = 100'000});
    QVERIFY(echoed(client, sent) == sent);
    QVERIFY2(clock.elapsed() >= 900, qPrintable(QString::number(clock.elapsed())));
    QVERIFY2(fast_ms < 800, qPrintable(QString::number(fast_ms)));
}

void TestTcpProxy::senders_waitOnceTheBufferIsFull()
{
    constexpr std::size_t far_too_much = 64 * 1'024 * 1'024;
    const EchoServer server(m_runtime, m_loopback);
    tcp::socket client = connected(server);
    m_proxy->setConditions({.delay_there = std::chrono::hours{1}});
    client.non_blocking(true);
    const std::vector<char> bytes(100'000);
    std::size_t sent = 0;
    QElapsedTimer stuck;
    stuck.start();
    while (sent < far_too_much && stuck.elapsed() < 1'000) {
        error_code error;
        const std::size_t more = client.write_some(asio::buffer(bytes), error);
        sent += more;
        if (more > 0)
            stuck.restart();
        else
            QTest::qSleep(1);
    }
    QVERIFY(sent > TcpProxy::buffered_bytes_max);
    QVERIFY2(sent < TcpProxy::buffered_bytes_max + 16 * 1'024 * 1'024,
             qPrintable(QString::number(sent))); // What the system buffers.
}

void TestTcpProxy::server_thatIsNotThere_closesTheConnection()
{
    tcp::acceptor free_port(m_clients, TcpProxy::Endpoint(m_loopback, 0));
    const TcpProxy::Endpoint nobody = free_port.local_endpoint();
    free_port.close();
    tcp::socket client(m_clients);
    client.connect(m_proxy->entranceOf(nobody).value());
    QCOMPARE(echoed(client, "anybody?"), QByteArray());
}

void TestTcpProxy::closed_opensNothing()
{
    const EchoServer server(m_runtime, m_loopback);
    tcp::socket client = connected(server);
    QCOMPARE(echoed(client, "hello"), QByteArray("hello"));
    m_runtime.run(m_proxy->close());
    QCOMPARE(received(client, 1), QByteArray());
    QCOMPARE(m_proxy->entranceOf(server.endpoint()).error().code, ErrorCode::Closed);
}

ORDERLAB_TEST(tst_tcp_proxy, QCoreApplication, TestTcpProxy)
#include "tst_tcp_proxy.moc"
