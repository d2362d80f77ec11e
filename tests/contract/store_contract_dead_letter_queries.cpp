#include "contract/store_contract.h"

#include "contract/store_contract_helpers.h"

#include <algorithm>
#include <set>

namespace orderlab::test {

using namespace std::chrono_literals;

void StoreContract::deadLetters_areFoundByWhetherTheyCouldBeDecoded()
{
    const DeadLetter event = storeDeadLetter(newDeadLetter(newEvent(newOrder())));
    const DeadLetter record = storeDeadLetter(newDeadLetter(undecodableEvent(EventId{runtime().newUuid()}, {}, {})));
    const auto found = [&](std::optional<bool> undecodable) {
        DeadLetterQuery query;
        query.filter.undecodable = undecodable;
        std::set<Uuid> ids;
        for (const DeadLetter& letter : get(store().queryDeadLetters(query)).letters)
            ids.insert(letter.id);
        return ids;
    };
    QVERIFY((found(std::nullopt) == std::set<Uuid>{event.id, record.id}));
    QVERIFY((found(true) == std::set<Uuid>{record.id}));
    QVERIFY((found(false) == std::set<Uuid>{event.id}));
}

void StoreContract::deadLetters_filters_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("found");
    QTest::newRow("all") << 0 << "dan,cy,ben,ada";
    QTest::newRow("group") << 1 << "cy,ada";
    QTest::newRow("cause, the whole text") << 2 << "cy,ben";
    QTest::newRow("a part of the cause is not the cause") << 3 << "";
    QTest::newRow("event type") << 4 << "dan";
    QTest::newRow("order") << 5 << "ben";
    QTest::newRow("state") << 6 << "cy";
    QTest::newRow("given up before") << 7 << "ben,ada";
    QTest::newRow("several at once") << 8 << "ada";
    QTest::newRow("text with wildcards and quotes") << 9 << "";
}

void StoreContract::deadLetters_filters()
{
    const TimePoint start = runtime().now();
    std::vector<DeadLetter> letters;
    for (const char* customer : {"ada", "ben", "cy", "dan"}) {
        const bool is_last = letters.size() == 3;
        const Event event = newEvent(newOrder(customer), is_last ? EventType::PaymentFailed : EventType::OrderCreated);
        DeadLetter letter = newDeadLetter(event, letters.size() % 2 == 0 ? "payment" : "analytics");
        letter.error = letters.size() == 1 || letters.size() == 2 ? "no answer" : "poison";
        letter.created_at = start + std::chrono::seconds{letters.size()};
        letters.push_back(storeDeadLetter(letter));
    }
    QVERIFY(changeDeadLetter(letters[2], DeadLetterState::Discarded));

    std::vector<DeadLetterFilter> filters(10);
    filters[1].group = "payment";
    filters[2].error = "no answer";
    filters[3].error = "answer";
    filters[4].event_type = EventType::PaymentFailed;
    filters[5].order = letters[1].event.order;
    filters[6].state = DeadLetterState::Discarded;
    filters[7].given_up_before = letters[2].created_at;
    filters[8] = {"payment",
                  "poison",
                  EventType::OrderCreated,
                  letters[0].event.order,
                  DeadLetterState::Waiting,
                  start + std::chrono::seconds{1}};
    filters[9].error = "%' OR '1'='1";
    QFETCH(int, row);
    DeadLetterQuery query;
    query.filter = filters[std::size_t(row)];
    const DeadLetterPage page = get(store().queryDeadLetters(query));
    QStringList found;
    for (const DeadLetter& letter : page.letters)
        found << QString::fromStdString(letter.event.data.user_id);
    QTEST(found.join(QLatin1Char(',')), "found");
    QVERIFY(page.next_cursor.empty());
}

void StoreContract::deadLetters_pagesBothWays()
{
    const TimePoint start = runtime().now();
    std::vector<Uuid> ids;
    for (int i = 0; i < 7; ++i) {
        DeadLetter letter = newDeadLetter(newEvent(newOrder()));
        letter.created_at = start + std::chrono::seconds{i / 2}; // Two at a time: the id decides.
        ids.push_back(storeDeadLetter(letter).id);
    }
    for (std::size_t i = 0; i + 1 < 7; i += 2)
        std::sort(ids.begin() + std::ptrdiff_t(i), ids.begin() + std::ptrdiff_t(i + 2));
    for (const bool oldest_first : {true, false}) {
        std::vector<Uuid> seen;
        DeadLetterQuery query;
        query.limit = 3;
        query.oldest_first = oldest_first;
        do {
            const DeadLetterPage page = get(store().queryDeadLetters(query));
            QVERIFY(page.letters.size() <= 3);
            QVERIFY(!page.letters.empty());
            for (const DeadLetter& letter : page.letters)
                seen.push_back(letter.id);
            query.cursor = page.next_cursor;
        } while (!query.cursor.empty());
        QVERIFY(seen == ids);
        std::reverse(ids.begin(), ids.end());
    }
}

void StoreContract::deadLetters_refusesBadInput_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<QString>("cursor");
    QTest::addColumn<QString>("field");
    QTest::newRow("no letters") << 0 << ""
                                << "limit";
    QTest::newRow("too many") << 501 << ""
                              << "limit";
    QTest::newRow("a cursor that is none") << 10 << "here"
                                           << "cursor";
}

void StoreContract::deadLetters_refusesBadInput()
{
    QFETCH(int, limit);
    QFETCH(QString, cursor);
    DeadLetterQuery query;
    query.limit = std::size_t(limit);
    query.cursor = cursor.toStdString();
    const auto page = runtime().run(store().queryDeadLetters(query));
    QVERIFY(!page);
    QCOMPARE(page.error().code, ErrorCode::InvalidArgument);
    QTEST(QString::fromStdString(page.error().field), "field");
}

void StoreContract::deadLetters_countedByCause()
{
    const TimePoint start = runtime().now();
    const std::pair<const char*, const char*> made[] = {
        {"payment", "poison"}, {"payment", "no answer"}, {"analytics", "poison"}, {"payment", "no answer"}};
    int i = 0;
    for (const auto& [group, error] : made) {
        DeadLetter letter = newDeadLetter(newEvent(newOrder()), group);
        letter.error = error;
        letter.code = ErrorCode::PeerFailed;
        letter.created_at = start + std::chrono::seconds{i++};
        storeDeadLetter(letter);
    }
    const auto causes = get(store().countDeadLetters({}));
    QCOMPARE(causes.size(), std::size_t(3));
    const DeadLetterCause first{"payment", EventType::OrderCreated,         ErrorCode::PeerFailed,          "no answer",
                                2,         start + std::chrono::seconds{1}, start + std::chrono::seconds{3}};
    QVERIFY(causes[0] == first);
    QCOMPARE(causes[1].group, std::string("analytics"));
    QCOMPARE(causes[2].error, std::string("poison"));
    DeadLetterFilter filter;
    filter.group = "analytics";
    QCOMPARE(get(store().countDeadLetters(filter)).size(), std::size_t(1));
    filter.group = "nobody";
    QVERIFY(get(store().countDeadLetters(filter)).empty());
}

} // namespace orderlab::test
