#include "memory_store/uuid_index.h"
#include "support/test_program.h"

#include <map>
#include <random>

using namespace orderlab;

class TestUuidIndex : public QObject {
    Q_OBJECT

private slots:
    void find_tellsWhatAMapWould_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("one after the other") << int(InOrder);
        QTest::newRow("from the last to the first") << int(Backwards);
        QTest::newRow("random ids of each millisecond, as they are made") << int(Version7);
        QTest::newRow("two streams of ids, one far behind the other") << int(TwoStreams);
        QTest::newRow("random ids without time") << int(Random);
    }
    void find_tellsWhatAMapWould()
    {
        QFETCH(int, how);
        BlockArena arena;
        UuidIndex<std::uint64_t> index(arena);
        std::map<Uuid, std::uint64_t> map;
        QVERIFY(!index.find(Uuid{}));
        for (std::uint64_t i = 0; i < key_count; ++i) {
            const Uuid key = keyOf(Keys(how), i);
            QCOMPARE(index.insert(key, i), map.emplace(key, i).second);
        }
        QCOMPARE(index.size(), map.size());
        for (const auto& [key, value] : map) {
            const std::uint64_t* found = index.find(key);
            QVERIFY(found);
            QCOMPARE(*found, value);
            QVERIFY(!index.find(Uuid{key.high, key.low ^ (std::uint64_t{1} << 61)}));
        }
    }

    void insert_keepsTheFirstValue()
    {
        BlockArena arena;
        UuidIndex<std::uint64_t> index(arena);
        QVERIFY(index.insert(Uuid{}, 1)); // The null id is a key like any other.
        QVERIFY(!index.insert(Uuid{}, 2));
        QCOMPARE(*index.find(Uuid{}), std::uint64_t{1});
        QCOMPARE(index.size(), std::size_t{1});
    }

    /// What was forgotten may come again, on the pages of before.
    void clear_givesItsPagesToTheNext()
    {
        BlockArena arena;
        UuidSet old(arena), next(arena);
        std::vector<Uuid> keys;
        for (std::uint64_t i = 0; i < key_count; ++i)
            keys.push_back(keyOf(Version7, i)); // Another one at each call.
        for (const Uuid& key : keys)
            old.insert(key);
        old.clearFor(next);
        QCOMPARE(old.size(), std::size_t{0});
        for (const Uuid& key : keys)
            QVERIFY(!old.contains(key) && !next.contains(key));
        for (const Uuid& key : keys)
            QVERIFY(next.insert(key));
        QVERIFY(old.insert(keys[0]));
        for (const Uuid& key : keys)
            QVERIFY(next.contains(key));
        QCOMPARE(next.size(), std::size_t{key_count});
    }

    /// A key that is there is refused on a full page too, which is cut before it is looked at.
    void insert_refusesKnownKeysHoweverFullThePageIs()
    {
        BlockArena arena;
        UuidSet set(arena);
        for (std::uint64_t i = 0; i < 5'000; ++i) {
            QVERIFY(set.insert(Uuid{1, i}));
            QVERIFY(!set.insert(Uuid{1, i / 2}));
        }
        QCOMPARE(set.size(), std::size_t{5'000});
    }

private:
    static constexpr std::uint64_t key_count = 40'000;
    enum Keys { InOrder, Backwards, Version7, TwoStreams, Random };

    Uuid keyOf(Keys how, std::uint64_t i)
    {
        switch (how) {
        case InOrder: return {1, i};
        case Backwards: return {1, key_count - i};
        case Version7: return Uuid::version7(i / 300, m_random(), m_random());
        case TwoStreams: return Uuid::version7(i % 2 ? i / 300 : 1'000 + i / 300, m_random(), m_random());
        case Random: return {m_random(), m_random()};
        }
        return {};
    }
    std::mt19937_64 m_random{1};
};

ORDERLAB_TEST(tst_uuid_index, NoApplication, TestUuidIndex)
#include "tst_uuid_index.moc"
