#include "redis/redis_hint.h"
#include "redis_servers.h"
#include "runtime/real_runtime.h"
#include "support/lying_redis.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <csignal>

using namespace orderlab;
using namespace orderlab::test;
using namespace std::chrono_literals;

namespace {

using LookNames = std::vector<std::string>;

/// A hint at a Redis, more patient than in service: the machine may be busy.
struct Hint {
    Hint(Runtime& r, const std::string& url, const char* identity = "one", Duration limit = 60s)
        : runtime(r), hint(r, journal, optionsOf(url, limit), identity)
    {
        hint.start();
    }
    ~Hint() { runtime.run(hint.stop()); }
    static RedisOptions optionsOf(const std::string& url, Duration limit)
    {
        RedisOptions options = RedisOptions::fromUrl(url).value();
        options.look_limit = options.slow_limit = limit;
        options.probe_limit = std::max<Duration>(limit, 1s);
        options.pause = 20ms;
        options.pause_max = 100ms;
        return options;
    }
    bool isOpen() const { return hint.state().is_open; }
    Sight look(LookNames names, LookFor what = LookFor::HandledEvent)
    {
        return runtime.run(hint.look(what, std::move(names)));
    }
    void remember(LookNames names, LookFor what = LookFor::HandledEvent)
    {
        const std::uint64_t before = hint.counts().remembered + hint.counts().dropped, count = names.size();
        hint.remember(what, std::move(names));
        QTRY_VERIFY(hint.counts().remembered + hint.counts().dropped >= before + count);
    }
    std::string story()
    {
        std::vector<Entry> entries;
        std::string told;
        JournalReader(journal, JournalReader::From::Oldest).read(entries, 1'000);
        for (const Entry& entry : entries) {
            if (entry.kind != EntryKind::RedisLooked)
                told += std::string(name(entry.kind)) + ' ';
        }
        return told;
    }

    Runtime& runtime;
    Journal journal{4'096};
    RedisHint hint;
};

} // namespace

/// A real Redis, and something that only says so.
class TestRedisHint : public QObject {
    Q_OBJECT

private slots:
    void name_thatWasRememberedIsSeen()
    {
        const auto redis = m_servers.start();
        QVERIFY(redis);
        Hint hint(m_runtime, redis->url()), other(m_runtime, redis->url(), "two");
        QTRY_VERIFY(hint.isOpen() && other.isOpen());
        QCOMPARE(hint.look({"a", "b"}), Sight::NotSeen);
        hint.remember({"b"});
        QCOMPARE(hint.look({"a", "b"}), Sight::Seen);
        QCOMPARE(hint.look({"a"}), Sight::NotSeen);
        QCOMPARE(hint.look({"b"}, LookFor::IdempotencyKey), Sight::NotSeen); // Another kind of name.
        QCOMPARE(other.look({"b"}), Sight::NotSeen);                         // Another installation.
        QCOMPARE(hint.look({}), Sight::Unknown);
        QCOMPARE(hint.look(LookNames(FirstLook::names_max + 1, "a")), Sight::Unknown);
        const RedisCounts counts = hint.hint.counts();
        QCOMPARE(counts.hits, 1u);
        QCOMPARE(counts.misses, 3u);
        QCOMPARE(counts.unanswered, 2u);
        QCOMPARE(counts.remembered, 1u);
        QCOMPARE(hint.story(), std::string());
    }

    void name_hasATimeToLive()
    {
        const auto redis = m_servers.start();
        QVERIFY(redis);
        Hint hint(m_runtime, redis->url());
        QTRY_VERIFY(hint.isOpen());
        hint.remember({"a"});
        hint.remember({"k"}, LookFor::IdempotencyKey);
        for (const auto& [key, hours] : {std::pair{"orderlab:one:event:a", 1}, {"orderlab:one:key:k", 24}}) {
            const RedisReply left = m_servers.command(redis->url(), {"PTTL", key});
            QVERIFY2(left.number > 0 && left.number <= hours * 3'600'000, key);
            QVERIFY2(left.number > (hours * 3'600 - 600) * 1'000, key);
        }
    }

    void redis_thatIsFlushedForgets()
    {
        const auto redis = m_servers.start();
        QVERIFY(redis);
        Hint hint(m_runtime, redis->url());
        QTRY_VERIFY(hint.isOpen());
        hint.remember({"a"});
        QCOMPARE(hint.look({"a"}), Sight::Seen);
        m_servers.command(redis->url(), {"FLUSHALL"});
        QCOMPARE(hint.look({"a"}), Sight::NotSeen);
    }

    void redis_thatIsKilledIsAwayUntilItIsBack()
    {
        auto redis = m_servers.start({}, m_servers.folder());
        QVERIFY(redis);
        Hint hint(m_runtime, redis->url());
        QTRY_VERIFY(hint.isOpen());
        hint.remember({"a"});
        redis->signal(SIGKILL);
        QTRY_VERIFY(hint.look({"a"}) == Sight::Unknown && !hint.isOpen()); // Also noticed with nothing to ask.
        QVERIFY(!hint.hint.state().reason.empty());
        hint.hint.remember(LookFor::HandledEvent, {"b"});
        QCOMPARE(hint.hint.counts().dropped, 1u);
        redis = m_servers.start({}, m_servers.folder());
        QVERIFY(redis);
        QTRY_VERIFY(hint.isOpen());
        QCOMPARE(hint.look({"a"}), Sight::NotSeen);
        QCOMPARE(hint.story(), std::string("redis-away redis-back "));
    }

    void redis_thatIsKilledIsMissedWithNothingToAsk()
    {
        auto redis = m_servers.start();
        QVERIFY(redis);
        Hint hint(m_runtime, redis->url());
        QTRY_VERIFY(hint.isOpen());
        redis->signal(SIGKILL);
        QTRY_VERIFY(!hint.isOpen());
    }

    /// Connecting to a stopped server succeeds, so only a look tells.
    void redis_thatIsStoppedCostsOneLook()
    {
        const auto redis = m_servers.start();
        QVERIFY(redis);
        Hint hint(m_runtime, redis->url(), "one", 500ms);
        QTRY_VERIFY(hint.isOpen() && hint.look({"a"}) == Sight::NotSeen);
        redis->signal(SIGSTOP);
        QTRY_VERIFY(hint.look({"a"}) == Sight::Unknown && !hint.isOpen());
        for (int i = 0; i < 10'000; ++i) // Each at once: otherwise it would take an hour.
            QCOMPARE(hint.look({"a"}), Sight::Unknown);
        QVERIFY(!hint.isOpen());
        redis->signal(SIGCONT);
        QTRY_VERIFY(hint.isOpen() && hint.look({"a"}) == Sight::NotSeen);
        QVERIFY2(hint.story().starts_with("redis-away redis-back "), hint.story().c_str());
    }

    void redis_thatIsSlowOnAverageIsAway()
    {
        const auto redis = m_servers.start();
        QVERIFY(redis);
        Journal journal{4'096};
        RedisOptions options = Hint::optionsOf(redis->url(), 60s);
        options.slow_limit = 1us; // No Redis is so fast.
        options.pause = 1h;
        RedisHint hint(m_runtime, journal, options, "one");
        hint.start();
        QTRY_VERIFY(hint.state().is_open);
        QCOMPARE(m_runtime.run(hint.look(LookFor::HandledEvent, {"a"})), Sight::NotSeen); // The answer counts.
        QTRY_VERIFY(!hint.state().is_open);
        const std::string reason = hint.state().reason;
        QCOMPARE(m_runtime.run(hint.look(LookFor::HandledEvent, {"a"})), Sight::Unknown);
        m_runtime.run(hint.stop());
        QVERIFY2(reason.starts_with("Redis is slow"), reason.c_str());
    }

    void stop_waitsForNoStoppedRedis()
    {
        const auto redis = m_servers.start();
        QVERIFY(redis);
        auto hint = std::make_unique<Hint>(m_runtime, redis->url(), "one", 1h); // Its looks would wait.
        QTRY_VERIFY(hint->isOpen());
        redis->signal(SIGSTOP);
        TaskGroup looking(m_runtime);
        std::atomic<int> unknown{0};
        for (int i = 0; i < 3; ++i)
            looking.spawn(count(hint->hint, unknown));
        m_runtime.run(hint->hint.stop());
        m_runtime.run(looking.join());
        QCOMPARE(unknown, 3);
        QVERIFY(!hint->story().starts_with("redis-away")); // It was we who went.
        hint.reset();
    }

    void redis_thatIsFullStillLooks()
    {
        const auto redis = m_servers.start({"--maxmemory", "1mb", "--maxmemory-policy", "noeviction"});
        QVERIFY(redis);
        Hint hint(m_runtime, redis->url());
        QTRY_VERIFY(hint.isOpen());
        int number = 0;
        for (; hint.hint.counts().dropped == 0 && number < 100'000; number += 1'000) {
            LookNames names;
            for (int i = 0; i < 1'000; ++i)
                names.push_back("event-" + std::to_string(number + i));
            hint.remember(std::move(names));
        }
        QVERIFY(hint.hint.counts().dropped > 0);
        QVERIFY(hint.isOpen());
        QCOMPARE(hint.look({"never"}), Sight::NotSeen);
        QCOMPARE(hint.story(), std::string());
    }

    void password_thatIsWrongKeepsItAway_data()
    {
        QTest::addColumn<QString>("user_info");
        QTest::addColumn<bool>("is_right");
        QTest::newRow("right") << ":s%20%40cret@" << true;
        QTest::newRow("user and password") << "default:s%20%40cret@" << true;
        QTest::newRow("wrong") << ":wrong@" << false;
        QTest::newRow("none") << "" << false;
    }
    void password_thatIsWrongKeepsItAway()
    {
        QFETCH(QString, user_info);
        QFETCH(bool, is_right);
        const auto redis = m_servers.start();
        QVERIFY(redis);
        m_servers.command(redis->url(), {"CONFIG", "SET", "requirepass", "s @cret"});
        std::string url = redis->url();
        url.insert(7, user_info.toStdString()); // Behind unix://
        Hint hint(m_runtime, url);
        if (is_right) {
            QTRY_VERIFY(hint.isOpen());
            return;
        }
        QTRY_COMPARE(hint.story(), std::string("redis-away "));
        const std::string reason = hint.hint.state().reason;
        QVERIFY2(reason.starts_with("Redis refuses"), reason.c_str());
        QVERIFY2(reason.find("wrong@") == std::string::npos, reason.c_str());
    }

    void nonsense_isNoAnswer_data()
    {
        QTest::addColumn<QByteArray>("reply");
        const auto row = [](const char* name, const QByteArray& reply) { QTest::newRow(name) << reply; };
        row("another protocol", "HTTP/1.1 400 Bad Request\r\n\r\n");
        row("RESP3", "_\r\n");
        row("a status", "+OK\r\n");
        row("nothing", "$-1\r\n");
        row("a text", "$1\r\n1\r\n");
        row("more than was asked for", ":2\r\n");
        row("less than none", ":-1\r\n");
        row("no number", ":x\r\n");
        row("an array", "*1\r\n:1\r\n");
        row("an array of many", "*1000000000\r\n");
        row("a text without an end", "$1000000000\r\n" + QByteArray(100'000, 'x'));
        row("a line without an end", "+" + QByteArray(100'000, 'x'));
        row("two answers", ":1\r\n:1\r\n");
        row("an error", "-LOADING Redis is loading the dataset in memory\r\n");
        row("a hang-up", "");
    }
    void nonsense_isNoAnswer()
    {
        QFETCH(QByteArray, reply);
        std::atomic<bool> lies{false};
        LyingRedis redis([&](const std::string&) { return lies ? reply.toStdString() : std::string(":0\r\n"); });
        Hint hint(m_runtime, redis.url());
        QTRY_VERIFY(hint.isOpen());
        QCOMPARE(hint.look({"a"}), Sight::NotSeen);
        lies = true;
        QCOMPARE(hint.look({"a"}), Sight::Unknown);
        QTRY_VERIFY(!hint.isOpen());
        const RedisHint::State state = hint.hint.state();
        QVERIFY2(!state.reason.empty() && state.reason.size() < 300, state.reason.c_str());
        lies = false;
        QTRY_VERIFY(hint.isOpen());
        QCOMPARE(hint.look({"a"}), Sight::NotSeen);
    }

    void looks_areToldToTheJournal()
    {
        const auto redis = m_servers.start();
        QVERIFY(redis);
        Hint hint(m_runtime, redis->url());
        QTRY_VERIFY(hint.isOpen());
        hint.look({"a"});
        hint.remember({"a"});
        hint.look({"a"});
        hint.look({"a"});
        hint.hint.tell(LookFor::HandledEvent, LookMistake::Unconfirmed);
        m_runtime.run(hint.hint.stop());
        std::map<std::string, int> told;
        std::vector<Entry> entries;
        JournalReader(hint.journal, JournalReader::From::Oldest).read(entries, 1'000);
        for (const Entry& entry : entries)
            told[std::string(hint.journal.names().text(entry.detail))] += entry.value;
        QCOMPARE(told, (std::map<std::string, int>{{"hit", 2}, {"miss", 1}, {"unconfirmed", 1}}));
    }

private:
    static Task<void> count(RedisHint& hint, std::atomic<int>& unknown)
    {
        LookNames names(1, "a");
        const Sight sight = co_await hint.look(LookFor::HandledEvent, std::move(names));
        unknown += sight == Sight::Unknown;
    }
    RealRuntime m_runtime{2};
    RedisServers m_servers{m_runtime};
};

ORDERLAB_TEST(tst_redis_hint, QCoreApplication, TestRedisHint)
#include "tst_redis_hint.moc"
