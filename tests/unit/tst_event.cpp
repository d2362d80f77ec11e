#include "domain/event_codec.h"
#include "support/sample_details.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <cmath>

using namespace orderlab;

namespace {

constexpr const char* traceparent = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01";

Event sampleEvent(EventType type)
{
    Order order;
    order.id = OrderId{Uuid{0x018f3c1e7c1b7000, 0x8000000000000001}};
    order.user_id = "Zo\xc3\xab \"the\" \\ \xf0\x9f\x98\x80";
    order.total = Money{1999, *Currency::parse("USD")};
    Event event = makeEvent(type, order, EventId{Uuid{0x018f3c1e7c1b7000, 0x8000000000000002}},
                            fromMicros(1'767'225'600'000'001), *TraceContext::parse(traceparent));
    event.extensions = {{"x-lesson", "7"}, {"x-empty", ""}, {"x-lesson", "twice"}, {"x-null", std::nullopt}};
    return event;
}

std::vector<Header> with(std::vector<Header> headers, const std::string& name, const char* value)
{
    for (Header& header : headers) {
        if (header.first == name)
            header.second = value;
    }
    return headers;
}

} // namespace

class TestEvent : public QObject {
    Q_OBJECT

private slots:
    void type_hasItsNamesBothWays()
    {
        for (EventType type : all_event_types) {
            QCOMPARE(eventTypeOf(topicName(type)).value(), type);
            QCOMPARE(eventTypeOf(cloudEventType(type)).value(), type);
            QCOMPARE(std::string(cloudEventType(type)), "orders." + std::string(topicName(type)) + ".v1");
        }
        for (const char* text : {"", "order-created.v1", "orders.order-created.v2", "Order-Created"})
            QCOMPARE(eventTypeOf(text).error().code, ErrorCode::InvalidArgument);
        QVERIFY(eventTypeOf(std::string(100'000, 'x')).error().message.size() < 200);
    }

    void traceparent_reads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("is_good");
        const QByteArray good = traceparent;
        QTest::newRow("good") << good << true;
        QTest::newRow("not sampled") << QByteArray(good).replace("-01", "-00") << true;
        QTest::newRow("empty") << QByteArray() << false;
        QTest::newRow("a later version") << QByteArray(good).replace(0, 2, "cc") << true;
        QTest::newRow("a later version, longer") << QByteArray(good).replace(0, 2, "cc") + "-what-comes" << true;
        QTest::newRow("a later version, longer without a dash") << QByteArray(good).replace(0, 2, "cc") + "x" << false;
        QTest::newRow("version ff") << QByteArray(good).replace(0, 2, "ff") << false;
        QTest::newRow("version no number") << QByteArray(good).replace(0, 2, "0x") << false;
        QTest::newRow("capitals") << good.toUpper() << false;
        QTest::newRow("trace of zeros") << QByteArray(good).replace(3, 32, QByteArray(32, '0')) << false;
        QTest::newRow("span of zeros") << QByteArray(good).replace(36, 16, QByteArray(16, '0')) << false;
        QTest::newRow("short") << good.chopped(1) << false;
        QTest::newRow("long") << good + "0" << false;
        QTest::newRow("dash moved") << QByteArray(good).replace(35, 1, "0") << false;
        QTest::newRow("flags no number") << QByteArray(good).replace(53, 2, "x1") << false;
    }
    void traceparent_reads()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, is_good);
        const auto trace = TraceContext::parse(text.toStdString());
        QCOMPARE(bool(trace), is_good);
        if (trace)
            QCOMPARE(QByteArray::fromStdString(trace->traceparent()), "00" + text.mid(2, 53));
    }

    void roundTrip_isExact_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<bool>("has_details");
        for (EventType type : all_event_types) {
            const std::string row(topicName(type));
            QTest::newRow(row.c_str()) << int(type) << false;
            QTest::newRow((row + " with details").c_str()) << int(type) << true;
        }
    }
    void roundTrip_isExact()
    {
        QFETCH(int, type);
        QFETCH(bool, has_details);
        Event event = sampleEvent(EventType(type));
        if (has_details)
            event.data.details = filled(event.data.details);
        const std::string data = encodeData(event.data);
        forEachMember(event.data.details, [&](std::string_view name, const auto&) {
            QCOMPARE(data.find('"' + std::string(name) + '"') != std::string::npos, has_details);
        });
        const auto decoded = decodeEvent(encodeHeaders(event), data);
        QVERIFY_RESULT(decoded);
        QVERIFY(*decoded == event);
    }

    void encodedBytes_isCloseToWhatIsEncoded()
    {
        Event event = sampleEvent(EventType::PaymentFailed);
        for (const std::size_t reason : {std::size_t{0}, std::size_t{20}, std::size_t{5'000}}) {
            for (const Uuid payment : {Uuid{}, Uuid{1, 2}}) {
                event.data.details = PaymentDetails{payment, std::string(reason, 'x')};
                double exact = double(event.order.toString().size() + encodeData(event.data).size());
                for (const auto& [name, value] : encodeHeaders(event))
                    exact += double(name.size() + (value ? value->size() : 0));
                const double about = double(encodedBytes(event));
                QVERIFY2(std::abs(about - exact) < 0.1 * exact,
                         qPrintable(QString("%1, not %2").arg(about).arg(exact)));
            }
        }
        event.undecodable = std::make_shared<UndecodableRecord>(UndecodableRecord{{}, "key", "value"});
        event.extensions = {{"a", "bc"}};
        QCOMPARE(encodedBytes(event), std::size_t(3 + 5 + 3));
    }

    void headers_areTheKafkaBinaryBinding()
    {
        Event event = sampleEvent(EventType::OrderCreated);
        event.extensions.clear();
        const std::vector<Header> expected{{"ce_id", "018f3c1e-7c1b-7000-8000-000000000002"},
                                           {"ce_source", "/orderlab"},
                                           {"ce_type", "orders.order-created.v1"},
                                           {"ce_subject", "018f3c1e-7c1b-7000-8000-000000000001"},
                                           {"ce_time", "2026-01-01T00:00:00.000001Z"},
                                           {"ce_specversion", "1.0"},
                                           {"content-type", "application/json"},
                                           {"traceparent", traceparent}};
        QVERIFY(encodeHeaders(event) == expected);
    }

    void hostileHeaders_areCorrupt_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("field"); // to blame; "": the event is still read
        const auto row = [](const char* what, const char* header, const QByteArray& value, const char* field) {
            QTest::newRow(what) << QByteArray(header) << value << QByteArray(field);
        };
        row("id empty", "ce_id", "", "ce_id");
        row("id no UUID", "ce_id", "1' OR '1'='1", "ce_id");
        row("subject short", "ce_subject", "018f3c1e", "ce_subject");
        row("type unknown", "ce_type", "orders.order-created.v9", "ce_type");
        row("type a megabyte", "ce_type", QByteArray(1 << 20, 'x'), "ce_type");
        row("time a number", "ce_time", "1767225600", "ce_time");
        row("time impossible", "ce_time", "2026-02-30T00:00:00Z", "ce_time");
        row("version 0.3", "ce_specversion", "0.3", "ce_specversion");
        row("version empty", "ce_specversion", "", "ce_specversion");
        row("a broken trace costs only the trace", "traceparent", "00-zz", "");
        row("another source", "ce_source", "/elsewhere", "");
    }
    void hostileHeaders_areCorrupt()
    {
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, field);
        Event event = sampleEvent(EventType::OrderCreated);
        const auto headers = with(encodeHeaders(event), header.toStdString(), value.constData());
        const auto decoded = decodeEvent(headers, encodeData(event.data));
        QCOMPARE(QByteArray::fromStdString(decoded ? std::string() : decoded.error().field), field);
        if (!decoded) {
            QCOMPARE(decoded.error().code, ErrorCode::Corrupt);
            QCOMPARE(decoded.error().retry, Retry::Never);
            QVERIFY(decoded.error().message.size() < 500);
        } else if (header == "traceparent") {
            QVERIFY(decoded->trace == TraceContext{});
        }
    }

    void ofTwoTraces_theLastCounts()
    {
        // Who forwards a message with its headers, and whose instrumentation appends its own.
        Event event = sampleEvent(EventType::OrderCreated);
        auto headers = encodeHeaders(event);
        const std::string newer = "00-11111111111111111111111111111111-2222222222222222-01";
        headers.emplace_back("traceparent", newer);
        auto decoded = decodeEvent(headers, encodeData(event.data));
        QVERIFY(decoded && decoded->trace == *TraceContext::parse(newer));
        headers.back().second = "00-zz";
        decoded = decodeEvent(headers, encodeData(event.data));
        QVERIFY(decoded && decoded->trace == event.trace);
    }

    void missingHeaders_areCorrupt()
    {
        const Event event = sampleEvent(EventType::OrderCreated);
        const std::string data = encodeData(event.data);
        for (const char* needed : {"ce_id", "ce_type", "ce_subject", "ce_time", "ce_specversion"}) {
            auto headers = encodeHeaders(event);
            std::erase_if(headers, [&](const Header& header) { return header.first == needed; });
            const auto decoded = decodeEvent(headers, data);
            QVERIFY2(!decoded, needed);
            QCOMPARE(decoded.error().field, std::string(needed));
        }
        QVERIFY(!decodeEvent({}, data));
    }

    void hostileData_isRefused_data()
    {
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<QByteArray>("field"); // to blame; "": valid
        const auto row = [](const char* what, const QByteArray& data, const char* field) {
            QTest::newRow(what) << data << QByteArray(field);
        };
        const QByteArray good = R"({"user_id":"ada","amount":"19.99","currency":"EUR"})";
        const auto but = [&](const char* from, const char* to) { return QByteArray(good).replace(from, to); };
        row("good", good, "");
        row("unknown members are ignored", but("{", R"({"x":[1,{"y":null}],)"), "");
        row("empty", "", "data");
        row("no object", "[]", "data");
        row("null", "null", "data");
        row("cut", good.chopped(1), "data");
        row("trailing bytes", good + "x", "data");
        row("two values", good + good, "data");
        row("not UTF-8", but("ada", "\xff"), "data");
        row("deep", but("{", ("{\"x\":" + QByteArray(100, '[') + QByteArray(100, ']') + ',').constData()), "data");
        row("too large", but("ada", QByteArray(70'000, 'a').constData()), "data");
        row("comments", but("{", "{/**/"), "data");
        row("no user", but("user_id", "user"), "user_id");
        row("user a number", but("\"ada\"", "7"), "user_id");
        row("user empty", but("ada", ""), "user_id");
        row("user too long", but("ada", QByteArray(65, 'a').constData()), "user_id");
        row("user with a control character", but("ada", "a\\u0000"), "user_id");
        row("user with a lone surrogate", but("ada", "\\ud800"), "data");
        row("amount a number", but("\"19.99\"", "19.99"), "amount");
        row("amount negative", but("19.99", "-1"), "amount");
        row("amount zero", but("19.99", "0.00"), "amount");
        row("amount of three decimals", but("19.99", "1.999"), "amount");
        row("amount too large", but("19.99", "1000000.01"), "amount");
        row("amount overflows", but("19.99", "99999999999999999999"), "amount");
        row("amount in exponents", but("19.99", "1e3"), "amount");
        row("currency unknown", but("EUR", "XXX"), "currency");
        row("currency small", but("EUR", "eur"), "currency");
        row("currency null", but("\"EUR\"", "null"), "currency");
        row("payment no UUID", but("{", R"({"payment_id":"x",)"), "payment_id");
        row("payment a number", but("{", R"({"payment_id":1,)"), "payment_id");
        row("reason a list", but("{", R"({"reason":[],)"), "reason");
    }
    void hostileData_isRefused()
    {
        QFETCH(QByteArray, data);
        QFETCH(QByteArray, field);
        const std::string text = data.toStdString();
        const auto decoded = decodeData(EventType::PaymentFailed, text);
        QCOMPARE(QByteArray::fromStdString(decoded ? std::string() : decoded.error().field), field);
        const auto event = decodeEvent(encodeHeaders(sampleEvent(EventType::PaymentFailed)), text);
        QCOMPARE(bool(event), bool(decoded));
        if (!event) {
            QCOMPARE(event.error().code, ErrorCode::Corrupt);
            QCOMPARE(event.error().retry, Retry::Never);
        }
    }

    void partition_isStableAndEven()
    {
        std::array<int, 3> counts{};
        for (std::uint64_t i = 0; i < 3'000; ++i) {
            const OrderId id{
                Uuid::version7(1'767'225'600'000 + i / 10, i * 0x9e3779b97f4a7c15ull, i * i * 0x2545f4914f6cdd1dull)};
            const std::uint16_t partition = partitionOf(id, 3);
            QVERIFY(partition < 3);
            QCOMPARE(partitionOf(id, 3), partition);
            QCOMPARE(partitionOf(id, 1), std::uint16_t(0));
            ++counts[partition];
        }
        for (int count : counts)
            QVERIFY2(count > 900 && count < 1'100, qPrintable(QString::number(count)));
    }
};

ORDERLAB_TEST(tst_event, NoApplication, TestEvent)
#include "tst_event.moc"
