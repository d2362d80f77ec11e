#include "domain/trace_state.h"
#include "observe/otlp_json.h"
#include "observe/span_conventions.h"
#include "observe/spans.h"
#include "support/qt_text.h"
#include "support/test_program.h"

using namespace orderlab;
using orderlab::test::toQString;

namespace {

const OrderId order_id{Uuid{0x0190'0000'0000'7000, 0x8000'0000'0000'0001}};
const EventId created_id{Uuid{0x0190'0000'0000'7000, 0x8000'0000'0000'0002}};
const EventId paid_id{Uuid{0x0190'0000'0000'7000, 0x8000'0000'0000'0003}};

QString textOf(const AttributeValue& value)
{
    if (const auto* text = std::get_if<std::string>(&value))
        return toQString(*text);
    if (const auto* number = std::get_if<std::int64_t>(&value))
        return QString::number(*number);
    return QStringLiteral("?");
}

QString attributeOf(const Span& span, std::string_view key)
{
    for (const Attribute& one : span.attributes) {
        if (one.key == key)
            return textOf(one.value);
    }
    return {};
}

} // namespace

/// Entries of a journal as spans, and who decides which.
class TestSpans : public QObject {
    Q_OBJECT

    Names m_names;
    std::unique_ptr<TraceTable> m_table;
    std::vector<Span> m_spans;
    std::unique_ptr<SpanFold> m_fold;
    std::uint64_t m_number = 0;
    std::int64_t m_now_us = 1'000'000;
    std::string_view m_system = conventions::system_kafka;

    void make(std::string_view sampler = "always_on", double ratio = 1, bool is_https = false)
    {
        SpanOptions options{*TraceSampler::parse(sampler, ratio), [this] { return m_system; }, "orders.",
                            std::string(conventions::db_postgresql), is_https};
        m_fold = std::make_unique<SpanFold>(
            m_names, EntryTrace(*m_table, 7), std::move(options),
            [this](std::vector<Span> spans) { std::move(spans.begin(), spans.end(), std::back_inserter(m_spans)); });
    }
    /// An entry 10 µs after the one before it.
    void tell(EntryKind kind, const Uuid& event = {}, const char* topic = "", const char* group = "", int attempt = 0,
              const char* detail = "", const OrderId& order = order_id)
    {
        Entry entry;
        entry.kind = kind;
        entry.time_us = m_now_us += 10;
        entry.order = order;
        entry.event = event;
        entry.topic = m_names.intern(topic);
        entry.group = m_names.intern(group);
        entry.detail = m_names.intern(detail);
        entry.attempt = std::uint8_t(attempt);
        entry.actor = *group ? m_names.intern(std::string(group) + "-1") : NameId{0};
        entry.offset = attempt > 0 || kind == EntryKind::EventPublished ? 5 : -1;
        entry.partition = 3;
        m_fold->onEntries({&entry, 1}, m_number++);
    }
    /// An order that is paid at the second attempt.
    void tellOrder()
    {
        const char* created = "order-created";
        const char* pays = "orderlab.payment";
        tell(EntryKind::OrderAccepted);
        tell(EntryKind::EventEmitted, created_id, created);
        tell(EntryKind::EventPublished, created_id, created);
        tell(EntryKind::EventDelivered, created_id, created, pays, 1);
        tell(EntryKind::GatewayFailed, {}, "", "", 1, "away");
        tell(EntryKind::AttemptFailed, created_id, created, pays, 1, "away");
        tell(EntryKind::RetryScheduled, created_id, created, pays, 1, "away");
        tell(EntryKind::EventDelivered, created_id, created, pays, 2);
        tell(EntryKind::GatewayCharged, {}, "", "", 2, "EUR");
        tell(EntryKind::PaymentRecorded, {}, "", "", 0, "succeeded");
        tell(EntryKind::EventEmitted, paid_id, "payment-succeeded");
        tell(EntryKind::EventHandled, created_id, created, pays, 2);
        tell(EntryKind::EventPublished, paid_id, "payment-succeeded");
        tell(EntryKind::EventDelivered, paid_id, "payment-succeeded", "orderlab.order-status", 1);
        tell(EntryKind::StatusChanged, {}, "", "", 0, "paid");
        tell(EntryKind::EventHandled, paid_id, "payment-succeeded", "orderlab.order-status", 1);
    }
    void request(std::optional<TraceContext> caller = {})
    {
        ServedRequest served{"POST", "/orders", "/orders"};
        served.status = 201;
        served.start_us = m_now_us;
        served.end_us = m_now_us + 500;
        served.order = order_id;
        served.caller = caller;
        m_fold->onRequest(served);
        m_fold->drain(m_now_us);
    }
    /// The spans of the order's own trace as a tree: two blanks a level.
    QStringList tree(std::uint64_t parent) const
    {
        QStringList lines;
        for (const Span& span : m_spans) {
            if (span.trace != traceOf(order_id) || span.parent != parent)
                continue;
            lines << toQString(span.name) + (span.is_error ? QLatin1String(" !") + toQString(span.error) : QString());
            for (const QString& below : tree(span.id))
                lines << "  " + below;
        }
        return lines;
    }
    const Span& spanNamed(const char* name) const
    {
        for (const Span& span : m_spans) {
            if (span.name == name)
                return span;
        }
        qFatal("no span %s", name);
    }

private slots:
    void init()
    {
        m_table = std::make_unique<TraceTable>();
        m_spans.clear();
        m_number = 0;
        m_now_us = 1'000'000;
        m_system = conventions::system_kafka;
    }

    /// Whatever the bus calls itself.
    void busInUse_isNamed()
    {
        make();
        tell(EntryKind::EventEmitted, created_id, "order-created");
        tell(EntryKind::EventPublished, created_id, "order-created");
        m_system = conventions::system_memory;
        tell(EntryKind::BusSwitched, {}, "", "", 0, "in memory, not on Kafka", {});
        tell(EntryKind::EventEmitted, paid_id, "payment-succeeded");
        tell(EntryKind::EventPublished, paid_id, "payment-succeeded");
        QCOMPARE(attributeOf(spanNamed("send orders.order-created"), "messaging.system"), QStringLiteral("kafka"));
        QCOMPARE(attributeOf(spanNamed("send orders.payment-succeeded"), "messaging.system"),
                 QStringLiteral("orderlab_memory"));
    }

    /// The request that canceled, the sending of its event, what came of it: one trace, linked to the order's.
    void cancellation_isATraceOfItsOwn_data()
    {
        QTest::addColumn<bool>("has_caller");
        QTest::addColumn<bool>("is_emitted_here"); // Else by another process, whose rows this one publishes.
        QTest::newRow("begins a trace") << false << true;
        QTest::newRow("joins its caller's") << true << true;
        QTest::newRow("of another process") << false << false;
    }
    void cancellation_isATraceOfItsOwn()
    {
        QFETCH(bool, has_caller);
        QFETCH(bool, is_emitted_here);
        make("parentbased_traceidratio", 1);
        m_table->turnOn();
        const TraceContext caller{{5, 6}, 7};
        const Uuid trace = has_caller ? caller.trace : cancelTraceOf(order_id);
        const EventId refunded_id{Uuid{1, 77}};
        Event event;
        event.order = order_id;
        event.type = EventType::OrderCanceled;
        event.id = paid_id;
        event.trace = {trace, spanOf(paid_id)};
        m_table->noteEvent(event);
        event.type = EventType::PaymentRefunded;
        event.id = refunded_id;
        event.trace.span = spanOf(refunded_id);
        m_table->noteEvent(event);
        const char* pays = "orderlab.payment";
        if (is_emitted_here)
            tell(EntryKind::EventEmitted, paid_id, "order-canceled");
        tell(EntryKind::EventPublished, paid_id, "order-canceled");
        tell(EntryKind::EventDelivered, paid_id, "order-canceled", pays, 1);
        tell(EntryKind::EventEmitted, refunded_id, "payment-refunded");
        tell(EntryKind::EventHandled, paid_id, "order-canceled", pays, 1);
        tell(EntryKind::EventPublished, refunded_id, "payment-refunded");
        if (is_emitted_here) {
            ServedRequest served{"POST", "/orders/{id}/cancel", "/orders/1/cancel"};
            served.status = 200;
            served.canceled = order_id;
            if (has_caller)
                served.caller = caller;
            m_fold->onRequest(served);
        }
        m_fold->drain(m_now_us + 2 * SpanFold::stranger_wait.count());
        const Span& send = spanNamed("send orders.order-canceled");
        const Span& process = spanNamed("process orders.order-canceled");
        const Span& refund = spanNamed("send orders.payment-refunded");
        QCOMPARE(send.parent, cancelSpanOf(order_id));
        QCOMPARE(process.parent, send.id);
        QCOMPARE(refund.parent, process.id);
        for (const Span* span : {&send, &process, &refund})
            QVERIFY2(span->trace == trace, span->name.c_str());
        QCOMPARE(send.links.size(), std::size_t{1});
        QVERIFY(send.links.front().trace == traceOf(order_id));
        QCOMPARE(send.links.front().span, EntryTrace::requestSpan(order_id));
        if (!is_emitted_here)
            return;
        const Span& asked = spanNamed("POST /orders/{id}/cancel");
        QVERIFY(asked.trace == trace);
        QCOMPARE(asked.id, send.parent);
        QCOMPARE(asked.parent, has_caller ? caller.span : std::uint64_t{0});
        QCOMPARE(attributeOf(asked, "orderlab.order.id"), toQString(order_id.toString()));
    }

    /// Whoever cancels decides for the cancellation, not for the order; nor the other way round.
    void cancellation_isSampledByItsOwnTrace_data()
    {
        QTest::addColumn<bool>("is_order_sampled");
        QTest::addColumn<bool>("is_cancel_sampled");
        QTest::newRow("the order alone") << true << false;
        QTest::newRow("the cancellation alone") << false << true;
    }
    void cancellation_isSampledByItsOwnTrace()
    {
        QFETCH(bool, is_order_sampled);
        QFETCH(bool, is_cancel_sampled);
        make("parentbased_always_on");
        m_table->turnOn();
        m_table->noteOrder(order_id, {{1, 2}, 3, is_order_sampled});
        const TraceContext caller{{5, 6}, 7, is_cancel_sampled};
        Event event;
        event.order = order_id;
        event.type = EventType::OrderCanceled;
        event.id = paid_id;
        event.trace = {caller.trace, spanOf(paid_id), is_cancel_sampled};
        m_table->noteEvent(event);
        tell(EntryKind::EventEmitted, created_id, "order-created");
        tell(EntryKind::EventPublished, created_id, "order-created");
        tell(EntryKind::EventEmitted, paid_id, "order-canceled");
        tell(EntryKind::EventPublished, paid_id, "order-canceled");
        ServedRequest served{"POST", "/orders/{id}/cancel", "/orders/1/cancel"};
        served.canceled = order_id;
        served.caller = caller;
        m_fold->onRequest(served);
        m_fold->drain(m_now_us);
        QStringList told;
        for (const Span& span : m_spans)
            told << toQString(span.name);
        QCOMPARE(told, is_order_sampled ? QStringList{"send orders.order-created"}
                                        : QStringList({"send orders.order-canceled", "POST /orders/{id}/cancel"}));
    }

    void request_tellsItsScheme()
    {
        for (const bool is_https : {false, true}) {
            m_spans.clear();
            make("always_on", 1, is_https);
            request();
            QCOMPARE(attributeOf(spanNamed("POST /orders"), "url.scheme"), QString(is_https ? "https" : "http"));
        }
    }

    void order_isOneTree()
    {
        make();
        tellOrder();
        request();
        QCOMPARE(tree(0),
                 (QStringList{"POST /orders", "  send orders.order-created", "    process orders.order-created !away",
                              "      charge !away", "    process orders.order-created", "      charge", "      COMMIT",
                              "      send orders.payment-succeeded", "        process orders.payment-succeeded",
                              "          COMMIT", "  COMMIT"}));
        std::set<std::uint64_t> ids;
        for (const Span& span : m_spans) {
            QVERIFY2(ids.insert(span.id).second, span.name.c_str());
            QVERIFY2(span.id != 0 && span.start_us <= span.end_us, span.name.c_str());
        }
        QCOMPARE(m_fold->lost(), std::uint64_t{0});
    }

    void conventions_areKept()
    {
        make();
        tellOrder();
        const Span& send = spanNamed("send orders.order-created");
        QCOMPARE(send.kind, SpanKind::Producer);
        QCOMPARE(send.id, spanOf(created_id));
        QCOMPARE(send.start_us, std::int64_t{1'000'020});
        QCOMPARE(send.end_us, std::int64_t{1'000'030});
        const std::pair<const char*, const char*> of_send[] = {
            {"messaging.system", "kafka"},
            {"messaging.operation.type", "send"},
            {"messaging.operation.name", "send"},
            {"messaging.destination.name", "orders.order-created"},
            {"messaging.destination.partition.id", "3"},
            {"messaging.kafka.offset", "5"},
            {"messaging.message.id", "01900000-0000-7000-8000-000000000002"},
            {"orderlab.entry", "1"}};
        for (const auto& [key, value] : of_send)
            QCOMPARE(attributeOf(send, key), QString::fromLatin1(value));
        const Span& failed = spanNamed("process orders.order-created");
        QCOMPARE(failed.kind, SpanKind::Consumer);
        QCOMPARE(attributeOf(failed, "messaging.operation.type"), QStringLiteral("process"));
        QCOMPARE(attributeOf(failed, "messaging.consumer.group.name"), QStringLiteral("orderlab.payment"));
        QCOMPARE(attributeOf(failed, "error.type"), QStringLiteral("retry-scheduled"));
        const Span& receive = spanNamed("receive orders.order-created");
        QCOMPARE(receive.kind, SpanKind::Client);
        QVERIFY(receive.trace != send.trace);
        QCOMPARE(receive.links.size(), std::size_t{1});
        QCOMPARE(receive.links.front().span, send.id);
        QCOMPARE(spanNamed("charge").kind, SpanKind::Client);
        QCOMPARE(attributeOf(spanNamed("COMMIT"), "db.system.name"), QStringLiteral("postgresql"));
    }

    void callersTrace_isKept()
    {
        make("parentbased_always_off");
        m_table->turnOn();
        const TraceContext caller{{1, 2}, 3};
        m_table->noteOrder(order_id, caller);
        tellOrder();
        request(caller);
        for (const Span& span : m_spans) {
            if (!span.name.starts_with("receive"))
                QVERIFY2(span.trace == caller.trace, span.name.c_str());
        }
        QCOMPARE(spanNamed("POST /orders").parent, std::uint64_t{3});
        QCOMPARE(m_spans.size(), std::size_t{13});
    }

    void tableTellsWhatIdsDoNot()
    {
        const EntryTrace traces(*m_table, 7);
        Event event;
        event.order = order_id;
        event.id = created_id;
        event.trace = {{1, 2}, 3};
        m_table->noteEvent(event); // Off.
        QVERIFY(traces.ofEvent(order_id, created_id).trace == traceOf(order_id));
        m_table->turnOn();
        m_table->noteEvent(event); // Of another program: its span is not what we would have taken.
        QVERIFY((traces.ofEvent(order_id, created_id) == TraceContext{{1, 2}, 3}));
        QVERIFY(traces.ofOrder(order_id).trace == (Uuid{1, 2}));
        QVERIFY((traces.ofEvent(order_id, paid_id) == TraceContext{{1, 2}, spanOf(paid_id)}));
        // A cancellation has a trace of its own, and leaves the order its.
        event.type = EventType::OrderCanceled;
        event.id = paid_id;
        event.trace = {{5, 6}, spanOf(paid_id)};
        m_table->noteEvent(event);
        QVERIFY(traces.ofEvent(order_id, paid_id).trace == (Uuid{5, 6}));
        QVERIFY(traces.ofOrder(order_id).trace == (Uuid{1, 2}));
        for (std::uint64_t i = 1; i <= TraceTable::notes_max; ++i)
            m_table->noteOrder(OrderId{Uuid{9, i}}, {{1, i}, 1});
        QVERIFY(traces.ofOrder(order_id).trace == traceOf(order_id)); // Forgotten.
        QVERIFY(traces.ofOrder(OrderId{Uuid{9, 1}}).trace == (Uuid{1, 1}));
    }

    void publishing_mayBeToldBeforeEmitting()
    {
        make();
        tell(EntryKind::EventPublished, created_id, "order-created");
        QCOMPARE(m_spans.size(), std::size_t{0});
        tell(EntryKind::EventEmitted, created_id, "order-created");
        QCOMPARE(m_spans.size(), std::size_t{1});
        QCOMPARE(m_spans[0].parent, EntryTrace::requestSpan(order_id));
        // One of another process: after a while it is told without.
        tell(EntryKind::EventPublished, paid_id, "payment-succeeded");
        m_fold->drain(m_now_us);
        QCOMPARE(m_spans.size(), std::size_t{1});
        m_fold->drain(m_now_us + 2 * SpanFold::stranger_wait.count());
        QCOMPARE(m_spans.size(), std::size_t{2});
        QCOMPARE(m_spans[1].id, spanOf(paid_id));
        // A relay that could not mark it publishes it once more.
        tell(EntryKind::EventPublished, paid_id, "payment-succeeded");
        m_fold->drain(m_now_us + 2 * SpanFold::stranger_wait.count());
        QCOMPARE(m_spans.size(), std::size_t{3});
        QVERIFY(m_spans[2].id != spanOf(paid_id));
        QCOMPARE(m_spans[2].parent, spanOf(paid_id));
    }

    void replay_isLinkedToWhatFailed_data()
    {
        QTest::addColumn<bool>("is_published_first"); // Two threads tell it.
        QTest::newRow("replayed, published") << false;
        QTest::newRow("published, replayed") << true;
    }
    void replay_isLinkedToWhatFailed()
    {
        QFETCH(bool, is_published_first);
        make();
        const char* created = "order-created";
        const char* pays = "orderlab.payment";
        tell(EntryKind::EventEmitted, created_id, created);
        tell(EntryKind::EventPublished, created_id, created);
        tell(EntryKind::EventDelivered, created_id, created, pays, 1);
        tell(EntryKind::AttemptFailed, created_id, created, pays, 1, "poison");
        tell(EntryKind::DeadLettered, created_id, created, pays, 1, "poison");
        const Span failed = spanNamed("process orders.order-created");
        QVERIFY(failed.is_error);
        QCOMPARE(attributeOf(failed, "error.type"), QStringLiteral("dead-lettered"));
        m_spans.clear();
        if (is_published_first)
            tell(EntryKind::EventPublished, created_id, created);
        tell(EntryKind::DeadLetterReplayed, created_id, created, pays);
        tell(EntryKind::EventEmitted, created_id, created);
        if (!is_published_first)
            tell(EntryKind::EventPublished, created_id, created);
        m_fold->drain(m_now_us + 2 * SpanFold::stranger_wait.count());
        QCOMPARE(m_spans.size(), std::size_t{1});
        const Span& again = spanNamed("send orders.order-created");
        QVERIFY(again.id != spanOf(created_id));
        QCOMPARE(again.parent, spanOf(created_id));
        QCOMPARE(again.links.size(), std::size_t{1});
        QCOMPARE(again.links.front().span, failed.id);
    }

    void trouble_isToldFromTheBeginning()
    {
        make("traceidratio", 0);
        request();
        tellOrder();
        QCOMPARE(tree(0).size(), qsizetype{11}); // The whole tree, though it is not sampled.
        m_spans.clear();
        // Another order goes well.
        const OrderId other{Uuid{1, 9}};
        const EventId event{Uuid{1, 10}};
        tell(EntryKind::EventEmitted, event, "order-created", "", 0, "", other);
        tell(EntryKind::EventPublished, event, "order-created", "", 0, "", other);
        tell(EntryKind::EventDelivered, event, "order-created", "orderlab.payment", 1, "", other);
        tell(EntryKind::EventHandled, event, "order-created", "orderlab.payment", 1, "", other);
        QCOMPARE(m_spans.size(), std::size_t{0});
    }

    void ratio_isThatOfTheRandomBits()
    {
        const TraceSampler tenth = *TraceSampler::parse("parentbased_traceidratio", 0.1);
        std::uint64_t random = 1;
        int sampled = 0;
        for (int i = 0; i < 10'000; ++i) {
            random = mixedSpan(random, 1);
            // UUIDv7: the top bits of the low half are always the same.
            const Uuid trace = Uuid::version7(1, random, mixedSpan(random, 2));
            sampled += tenth.isSampled(trace, nullptr);
            QVERIFY(TraceSampler::parse("traceidratio", 1)->isSampled(trace, nullptr));
            QVERIFY(!TraceSampler::parse("traceidratio", 0)->isSampled(trace, nullptr));
        }
        QVERIFY2(sampled > 850 && sampled < 1'150, qPrintable(QString::number(sampled)));
        const TraceContext yes{{1, 1}, 1, true}, no{{1, ~0ull}, 1, false};
        QVERIFY(tenth.isSampled(yes.trace, &yes) && !tenth.isSampled(no.trace, &no));
        const TraceSampler own = *TraceSampler::parse("always_off", 1);
        QVERIFY(!own.isSampled(yes.trace, &yes) && own.isOff());
        QCOMPARE(TraceSampler::parse("jaeger_remote", 1).error().field, std::string("traces-sampler"));
    }

    void tablesAreBounded()
    {
        make();
        for (std::uint64_t i = 1; i <= SpanFold::open_max + 10; ++i)
            tell(EntryKind::EventEmitted, Uuid{i, i}, "order-created", "", 0, "", OrderId{Uuid{i, i}});
        QCOMPARE(m_fold->lost(), std::uint64_t{10});
    }

    void tracestate_isPassedOn_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("passed");
        QTest::newRow("one") << QByteArray("congo=t61rcWkgMzE") << QByteArray("congo=t61rcWkgMzE");
        QTest::newRow("blanks and empty members") << QByteArray(" a=1 ,, b@v=2\t,") << QByteArray("a=1,b@v=2");
        QTest::newRow("none") << QByteArray() << QByteArray();
        QTest::newRow("capitals") << QByteArray("A=1") << QByteArray();
        QTest::newRow("no value") << QByteArray("a") << QByteArray();
        QTest::newRow("twice") << QByteArray("a=1,a=2") << QByteArray();
        QTest::newRow("not ASCII") << QByteArray("a=\xc3\xa4") << QByteArray();
        QTest::newRow("line end") << QByteArray("a=1\nb=2") << QByteArray();
        QByteArray many;
        for (int i = 0; i < 33; ++i)
            many += "k" + QByteArray::number(i) + "=v,";
        QTest::newRow("33 members") << many << QByteArray();
        const QByteArray big = "a=" + QByteArray(250, 'x'), bigger = "b=" + QByteArray(250, 'y');
        QTest::newRow("what fits") << big + "," + bigger + ",c=" + QByteArray(20, 'z') << big + "," + bigger;
    }
    void tracestate_isPassedOn()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, passed);
        QCOMPARE(QByteArray::fromStdString(passedTracestate(text.toStdString())), passed);
    }

    void encoding_isOtlp()
    {
        Span span;
        span.trace = {0x0af7651916cd43dd, 0x8448eb211c80319c};
        span.id = 0x00f067aa0ba902b7;
        span.parent = 1;
        span.kind = SpanKind::Consumer;
        span.name = "a\"b\\c\n\xff";
        span.start_us = 1'767'225'600'000'012;
        span.end_us = 5; // Clocks differ: never before its start.
        span.attributes = {{"i", std::int64_t{-7}}, {"d", 0.5}, {"b", true}, {"s", std::string("\xc3\xa4")}};
        span.links = {{{1, 2}, 3}};
        span.is_error = true;
        span.error = "away";
        // moc does not read raw strings with quotes behind a backslash.
        QByteArray expected =
            "{'traceId':'0af7651916cd43dd8448eb211c80319c','spanId':'00f067aa0ba902b7','parentSpanId':'"
            "0000000000000001',"
            "'name':'a~'b~~c~u000a\xef\xbf\xbd','kind':5,'startTimeUnixNano':'1767225600000012000',"
            "'endTimeUnixNano':'1767225600000012000','attributes':[{'key':'i','value':{'intValue':'-7'}},"
            "{'key':'d','value':{'doubleValue':0.5}},{'key':'b','value':{'boolValue':true}},"
            "{'key':'s','value':{'stringValue':'\xc3\xa4'}}],"
            "'links':[{'traceId':'00000000000000010000000000000002','spanId':'0000000000000003'}],"
            "'status':{'code':2,'message':'away'}}";
        expected.replace('\'', '"').replace('~', '\\');
        QCOMPARE(QByteArray::fromStdString(otlpSpan(span)), expected);
    }
};

ORDERLAB_TEST(tst_spans, QCoreApplication, TestSpans)
#include "tst_spans.moc"
