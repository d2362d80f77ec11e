#include "shoppers.h"

#include <algorithm>

namespace orderlab::test {

namespace {

HttpClientOptions serverAt(int port)
{
    HttpClientOptions options;
    options.host = "127.0.0.1";
    options.port = std::uint16_t(port);
    return options;
}

} // namespace

Shoppers::Shoppers(Runtime& runtime, int port, Plan plan)
    : m_runtime(runtime), m_server(serverAt(port)), m_plan(plan), m_unavailable_of(std::size_t(plan.clients)),
      m_buying(runtime)
{
    for (int i = 0; i < m_plan.clients; ++i)
        m_buying.spawn(buyMany(i));
}

Shoppers::~Shoppers()
{
    m_buying.cancel();
    m_runtime.run(m_buying.join());
}

Task<void> Shoppers::buyMany(int number)
{
    HttpClient client(m_runtime, m_server);
    co_await m_runtime.sleep(m_plan.pause * number
                             / m_plan.clients); // One after the other, not all at the same moment.
    for (int i = 0; i < m_plan.orders / m_plan.clients; ++i) {
        co_await m_runtime.sleep(m_plan.pause);
        if (m_is_enough)
            co_return;
        const std::string key = "customer-" + std::to_string(number) + "-" + std::to_string(i);
        co_await buyOne(client, number, key);
    }
}

Task<void> Shoppers::buyOne(HttpClient& client, int number, const std::string& key)
{
    for (;;) {
        std::string body = orderJson(key);
        HttpHeaders headers{{"Idempotency-Key", key}};
        const Result<HttpReply> reply = co_await client.post("/orders", std::move(body), std::move(headers));
        {
            const std::scoped_lock guard(m_mutex);
            if (reply && reply->status == 201) {
                m_tally.ordered.append(memberOf(QByteArray::fromStdString(reply->body), "id"));
                co_return;
            }
            m_tally.unanswered += !reply;
            if (reply && reply->status == 503) {
                ++m_tally.unavailable;
                ++m_unavailable_of[std::size_t(number)];
                m_tally.unavailable_with_advice += !reply->header("Retry-After").empty();
            } else if (reply) {
                m_tally.refused.append(QByteArray::fromStdString(reply->body));
                co_return;
            }
        }
        co_await m_runtime.sleep(std::chrono::milliseconds{100});
    }
}

int Shoppers::leastUnavailable() const
{
    const std::scoped_lock guard(m_mutex);
    return *std::ranges::min_element(m_unavailable_of);
}

Shoppers::Tally Shoppers::tally() const
{
    const std::scoped_lock guard(m_mutex);
    return m_tally;
}

std::uint64_t testSeed(Runtime& runtime)
{
    const QByteArray given = qgetenv("ORDERLAB_TEST_SEED");
    const std::uint64_t seed = given.isEmpty() ? runtime.random() : given.toULongLong();
    qInfo("this run repeats, as far as a real machine does, with ORDERLAB_TEST_SEED=%llu",
          static_cast<unsigned long long>(seed));
    return seed;
}

QByteArray brokenPromise(const DataDir& data, const QByteArrayList& ordered, int orders, int seconds)
{
    const auto owed = [&](const QString& sql, const QByteArray& expected, int within) {
        if (data.becomes(sql, expected, within))
            return QByteArray();
        return sql.left(200).toUtf8() + "\n is " + data.query(sql) + ", not " + expected + "\n orders by status: "
               + data.query("SELECT status, count(*) FROM orderlab.orders GROUP BY 1").replace('\n', ' ');
    };
    const QByteArray all = QByteArray::number(orders), twice = QByteArray::number(orders * 2);
    const QByteArray revenue = QByteArray::number(qint64(orders) * 1999);
    const QString among = QStringLiteral("SELECT count(*) FROM orderlab.orders WHERE id IN ('%1')")
                              .arg(QString::fromUtf8(ordered.join("','")));
    struct Debt {
        QString sql;
        QByteArray expected;
        int within;
    };
    const Debt debts[] = {
        {"SELECT count(*) FROM orderlab.orders WHERE status <> 'paid'", "0", seconds},
        {among, all, 0},
        {"SELECT count(*), count(DISTINCT user_id) FROM orderlab.orders", all + '|' + all, 0},
        {"SELECT count(*), count(DISTINCT order_id) FROM orderlab.gateway_ledger WHERE kind = 'charge'",
         all + '|' + all, 0},
        {"SELECT count(*), count(DISTINCT event_id) FROM orderlab.notifications", twice + '|' + twice, seconds},
        {"SELECT sum(orders), sum(paid), sum(revenue_minor) FROM orderlab.analytics", all + '|' + all + '|' + revenue,
         seconds},
        {"SELECT count(*) FROM orderlab.outbox WHERE published_at IS NULL", "0", seconds},
        {"SELECT count(*) FROM orderlab.dead_letters", "0", 0},
    };
    for (const Debt& debt : debts) {
        if (const QByteArray broken = owed(debt.sql, debt.expected, debt.within); !broken.isEmpty())
            return broken;
    }
    return {};
}

QByteArray failedAttempt(Runtime& runtime, int port, const QByteArrayList& ordered)
{
    HttpClient client(runtime, serverAt(port));
    for (const QByteArray& id : ordered) {
        const auto story = runtime.run(client.get("/orders/" + id.toStdString() + "/story"));
        if (!story || story->status != 200)
            return "no story of order " + id;
        const QByteArray told = QByteArray::fromStdString(story->body);
        if (!told.contains("event-handled"))
            return "nothing was handled of order " + id;
        if (const auto at = told.indexOf("attempt-failed"); at >= 0)
            return "order " + id + ": " + told.mid(at, 400);
    }
    return {};
}

} // namespace orderlab::test
