#include "entry_builder.h"
#include "support/test_program.h"
#include "ui/canvas/flow_gather.h"
#include "ui/canvas/flow_hits.h"
#include "ui/canvas/flow_texts.h"
#include "ui/canvas/moving_paint.h"
#include "ui/canvas/shaped_texts.h"
#include "ui/models/format.h"
#include "ui/theme/theme.h"

#include <QFontInfo>
#include <QPainter>

#include <cmath>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

const QStringList two_groups = {QStringLiteral("payment"), QStringLiteral("analytics")};

/// A journal, and what the canvas makes of it.
struct Flow {
    EntryBuilder journal;
    FlowRates rates{two_groups};
    SceneData data;

    /// As the view does with a frame.
    void show()
    {
        rates.add(journal.take(), journal.names, journal.now_us);
        gatherFlow({journal.world, journal.names, rates, {{two_groups[0], 2}, {two_groups[1], 1}}, 3, journal.now_us},
                   data);
    }
    Entry& committed(EventType topic, std::uint16_t partition, std::int64_t offset, std::string_view group)
    {
        Entry& entry = journal.event(EntryKind::OffsetCommitted, 0, topic, partition, offset, group);
        entry.order = entry.event = {};
        return entry;
    }
};

} // namespace

class EventFlowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rates_countOrdersTopicsAndGroups();
    void rates_fade();
    void rates_ofAGroupWithoutACard_areNobodys();
    void gather_tellsLagOfTheGroupThatIsFurthestBehind();
    void gather_showsTheMemberThatNeedsMostAttention();
    void gather_keepsWhatIsNotTheJournals();
    void busPlace_fitsIntoTheFrame_data();
    void busPlace_fitsIntoTheFrame();
    void orderLine_tellsWhatIsKnown();
    void texts_saidOfEachNode();
    void redis_isShownWhileItIsUsed();
    void trouble_isSaidOfTheGroupThatPays();
    void hits_findTokensAndMarks();
    void routes_goAsTheirPathsDo();
    void moving_staysInItsRegion_data();
    void moving_staysInItsRegion();
    void texts_areCutWhereTheyHaveNoRoom();
    void zoom_keepsWhatIsUnderThePointer();
    void zoom_isBounded();
};

void EventFlowTest::rates_countOrdersTopicsAndGroups()
{
    Flow flow;
    for (std::uint64_t n = 1; n <= 4; ++n) {
        flow.journal.accept(n, "ada", 1'999);
        flow.journal.event(EntryKind::EventPublished, n, EventType::OrderCreated, 0, std::int64_t(n));
    }
    flow.journal.event(EntryKind::EventHandled, 1, EventType::OrderCreated, 0, 1, "analytics");
    flow.journal.event(EntryKind::EventHandled, 1, EventType::OrderCreated, 0, 1, "payment");
    flow.journal.event(EntryKind::EventHandled, 2, EventType::OrderCreated, 0, 2, "payment");
    flow.show();
    QCOMPARE(flow.data.order_rate, 2.0); // Over two seconds.
    QCOMPARE(flow.data.topics[std::size_t(EventType::OrderCreated)].rate, 2.0);
    QCOMPARE(flow.data.topics[std::size_t(EventType::PaymentSucceeded)].rate, 0.0);
    QCOMPARE(flow.data.topics[std::size_t(EventType::OrderCreated)].published, std::int64_t(4));
    QCOMPARE(flow.data.groups[0].rate, 1.0);
    QCOMPARE(flow.data.groups[1].rate, 0.5);
    QCOMPARE(flow.data.groups[0].handled, std::int64_t(2));
    QCOMPARE(flow.data.groups[0].members, std::size_t(2));
}

void EventFlowTest::rates_fade()
{
    Flow flow;
    flow.journal.accept(1, "ada", 1'999);
    flow.show();
    QCOMPARE(flow.data.order_rate, 0.5);
    flow.journal.now_us += 2'100'000;
    flow.show();
    QCOMPARE(flow.data.order_rate, 0.0);
}

void EventFlowTest::rates_ofAGroupWithoutACard_areNobodys()
{
    Flow flow;
    flow.journal.event(EntryKind::EventHandled, 1, EventType::OrderCreated, 0, 1, "stranger");
    const NameId stranger = flow.journal.entries.back().group;
    flow.journal.event(EntryKind::EventHandled, 1, EventType::OrderCreated, 0, 1, "analytics");
    const NameId analytics = flow.journal.entries.back().group;
    flow.show();
    QCOMPARE(flow.rates.groupPlaces()[stranger], -1);
    QCOMPARE(flow.rates.groupPlaces()[analytics], 1);
    QCOMPARE(flow.data.groups.size(), std::size_t(2));
    QCOMPARE(flow.data.groups[0].handled, std::int64_t(0));
    QCOMPARE(flow.data.groups[1].handled, std::int64_t(1));
}

void EventFlowTest::gather_tellsLagOfTheGroupThatIsFurthestBehind()
{
    Flow flow;
    for (std::int64_t offset = 0; offset < 5; ++offset)
        flow.journal.event(EntryKind::EventPublished, 1, EventType::OrderCreated, 0, offset);
    flow.journal.event(EntryKind::EventPublished, 1, EventType::OrderCreated, 2, 0);
    flow.committed(EventType::OrderCreated, 0, 5, "payment");
    flow.committed(EventType::OrderCreated, 0, 2, "analytics");
    flow.show();
    const auto topic = std::size_t(EventType::OrderCreated);
    QCOMPARE(flow.data.committed[0][topic], (std::vector<std::int64_t>{5, 0, 0}));
    QCOMPARE(flow.data.committed[1][topic], (std::vector<std::int64_t>{2, 0, 0}));
    QCOMPARE(flow.data.topics[topic].lag, std::int64_t(4)); // Analytics: three in partition 0, one in partition 2.
    QCOMPARE(flow.data.topics[std::size_t(EventType::OrderCanceled)].lag, std::int64_t(0));
}

void EventFlowTest::gather_showsTheMemberThatNeedsMostAttention()
{
    Flow flow;
    flow.journal.event(EntryKind::EventDelivered, 1, EventType::OrderCreated, 0, 0, "payment");
    Entry& retry = flow.journal.event(EntryKind::RetryScheduled, 1, EventType::OrderCreated, 0, 0, "payment", 2);
    retry.value = 500;
    Entry& other = flow.journal.event(EntryKind::EventDelivered, 2, EventType::OrderCreated, 1, 0, "payment");
    other.actor = flow.journal.table->intern("payment-2");
    flow.show();
    QCOMPARE(flow.data.groups[0].activity, MemberActivity::Retrying);
    QVERIFY(flow.data.groups[0].next_attempt_us > flow.journal.now_us);
    QCOMPARE(flow.data.groups[1].activity, MemberActivity::Idle);
}

void EventFlowTest::gather_keepsWhatIsNotTheJournals()
{
    Flow flow;
    flow.data.bus = QStringLiteral("in this process");
    flow.data.selected = EntryBuilder::order(7);
    flow.data.counts.orders = 12;
    flow.show();
    QCOMPARE(flow.data.bus, QStringLiteral("in this process"));
    QCOMPARE(flow.data.selected, EntryBuilder::order(7));
    QCOMPARE(flow.data.counts.orders, std::int64_t(12));
    QCOMPARE(flow.data.now_us, flow.journal.now_us);
}

void EventFlowTest::busPlace_fitsIntoTheFrame_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("brokers");
    QTest::addColumn<QString>("place");
    QTest::newRow("memory") << int(BusKind::Memory) << QString() << "in this process";
    QTest::newRow("embedded") << int(BusKind::EmbeddedKafka) << QString() << "Kafka, 3 brokers in this process";
    QTest::newRow("one broker") << int(BusKind::Kafka) << "one:9092"
                                << "Kafka at one:9092";
    QTest::newRow("three brokers") << int(BusKind::Kafka) << "one:9092,two:9092,three:9092"
                                   << "Kafka at one:9092, …";
}

void EventFlowTest::busPlace_fitsIntoTheFrame()
{
    QFETCH(int, kind);
    QFETCH(QString, brokers);
    QTEST(busPlace({BusKind(kind), brokers}), "place");
}

void EventFlowTest::orderLine_tellsWhatIsKnown()
{
    Flow flow;
    flow.journal.accept(1, "ada", 1'999);
    flow.journal.status(1, "paid");
    flow.journal.event(EntryKind::EventPublished, 2, EventType::OrderCreated, 0, 0); // Accepted in an earlier run.
    flow.show();
    const auto line = [&](std::uint64_t number) {
        const OrderId id = EntryBuilder::order(number);
        return orderLine(id, flow.journal.world.findOrder(id), flow.journal.names);
    };
    const auto only_id = [](std::uint64_t number) {
        return QStringLiteral("Order ") + shortId(EntryBuilder::order(number));
    };
    QCOMPARE(line(1), only_id(1) + QStringLiteral(" · ada · 19.99 EUR · paid"));
    QCOMPARE(line(2), only_id(2));
    QCOMPARE(line(3), only_id(3)); // Unknown to the journal.
}

void EventFlowTest::texts_saidOfEachNode()
{
    Flow flow;
    flow.journal.event(EntryKind::EventPublished, 1, EventType::OrderCreated, 0, 0);
    flow.show();
    SystemTexts texts;
    texts.api_sentence = QStringLiteral("Where orders come in.");
    const auto about = [&](NodeId node) {
        return aboutNode(node, flow.data, texts, QStringLiteral("Starting…")).section(QLatin1Char('\n'), 0, 0);
    };
    QCOMPARE(about({NodeId::Kind::Api}), QStringLiteral("Where orders come in."));
    QCOMPARE(about({NodeId::Kind::Store}), QStringLiteral("Starting…"));
    texts.store_sentence = QStringLiteral("Store: memory");
    QCOMPARE(about({NodeId::Kind::Store}), QStringLiteral("Store: memory"));
    QCOMPARE(about({NodeId::Kind::Topic, int(EventType::OrderCreated)}),
             QStringLiteral("Topic order-created: 1 event published"));
    QCOMPARE(about({NodeId::Kind::Group, 1}), QStringLiteral("Consumer group analytics"));
    QCOMPARE(about({NodeId::Kind::Group, 9}), QString());
    QVERIFY(about({NodeId::Kind::DeadLetters}).startsWith(QLatin1String("Events that a group gave up on.")));
    QCOMPARE(about({}), QString());
}

void EventFlowTest::redis_isShownWhileItIsUsed()
{
    Flow flow;
    flow.show();
    QVERIFY(!flow.data.redis.is_used);
    QCOMPARE(redisSentence(flow.data.redis), QString());
    for (const auto& [answer, count] : {std::pair{"hit", 1'204}, {"miss", 30}, {"miss", 3}, {"forgotten", 2}}) {
        Entry& entry = flow.journal.add(EntryKind::RedisLooked, 0);
        entry.detail = flow.journal.table->intern(answer);
        entry.value = count;
    }
    flow.show();
    QVERIFY(flow.data.redis.is_used);
    QCOMPARE(redisTag(flow.data.redis, false), QStringLiteral("Redis %1 hits · 33 misses").arg(grouped(1'204)));
    QCOMPARE(redisTag(flow.data.redis, true), QStringLiteral("Redis %1 · 33").arg(grouped(1'204)));
    const QString about = aboutNode({NodeId::Kind::Store}, flow.data, {}, QStringLiteral("Starting…"));
    QVERIFY2(
        about.startsWith(QStringLiteral("Starting…\nRedis gives first looks; the store decides. Until now %1 hits, "
                                        "of which the store did not know 0, 33 misses, of which it knew 2")
                             .arg(grouped(1'204))),
        qPrintable(about));
    flow.journal.add(EntryKind::RedisAway, 0);
    flow.show();
    QCOMPARE(redisTag(flow.data.redis, false), QStringLiteral("Redis is away"));
    flow.journal.add(EntryKind::RedisBack, 0);
    flow.show();
    QCOMPARE(redisTag(flow.data.redis, true), QStringLiteral("Redis %1 · 33").arg(grouped(1'204)));
}

void EventFlowTest::trouble_isSaidOfTheGroupThatPays()
{
    Flow flow;
    flow.show();
    QCOMPARE(troubleAt({NodeId::Kind::Group, 0}, flow.data), QString());
    flow.data.marks.circuit = {QStringLiteral("circuit open"), {}};
    flow.data.marks.groups = {{{QStringLiteral("crashed"), QStringLiteral("back in 1.2 s")}, true, true}, {}};
    flow.data.marks.store = {QStringLiteral("away"), {}};
    QCOMPARE(troubleAt({NodeId::Kind::Group, 0}, flow.data),
             QStringLiteral("A worker: crashed · back in 1.2 s.The payment gateway: circuit open."));
    QCOMPARE(troubleAt({NodeId::Kind::Group, 1}, flow.data), QString());
    QCOMPARE(troubleAt({NodeId::Kind::Store}, flow.data), QStringLiteral("The store: away."));
    QCOMPARE(troubleAt({NodeId::Kind::Api}, flow.data), QString());
}

void EventFlowTest::hits_findTokensAndMarks()
{
    Flow flow;
    FlowShape shape;
    shape.active.fill(true);
    for (const QString& group : two_groups)
        shape.groups.push_back(group);
    const FlowLayout layout(QSizeF(1'000, 600), shape);
    const Routes routes(layout, shape.partitions);
    TokenField tokens;
    LogTail tail;
    flow.journal.accept(1, "ada", 1'999);
    flow.journal.event(EntryKind::EventPublished, 2, EventType::OrderCreated, 1, 0);
    flow.show();
    const auto hit = [&](QPointF at) { return orderAt(at, layout, routes, tokens, tail); };
    const QRectF row = layout.cellsOf(layout.topics[std::size_t(EventType::OrderCreated)].rows[1]);
    const QPointF first_cell(row.left() + layout.cell_width / 2, row.center().y());
    QCOMPARE(hit(first_cell), OrderId());
    std::vector<Entry> entries(1);
    entries[0].kind = EntryKind::EventPublished;
    entries[0].order = EntryBuilder::id(2);
    entries[0].event = EntryBuilder::id(20);
    entries[0].topic = flow.journal.table->intern(topicName(EventType::OrderCreated));
    entries[0].partition = 1;
    entries[0].offset = 0;
    tail.apply(entries, flow.journal.names);
    QCOMPARE(hit(first_cell), EntryBuilder::order(2));
    QCOMPARE(hit(first_cell + QPointF(layout.cell_width, 0)), OrderId());
    // A token is over what lies beneath it.
    EntryBuilder later;
    later.accept(3, "ada", 1'999);
    tokens.add(later.take(), routes, flow.journal.names, flow.rates.groupPlaces());
    QCOMPARE(tokens.tokens().size(), std::size_t(1));
    tokens.advance(tokens.tokens().front().start_s - tokens.time() + 0.05);
    QVERIFY(!tokens.isEmpty());
    const QPointF at = TokenField::positionOf(tokens.tokens().front(), routes, tokens.time());
    QCOMPARE(hit(at), EntryBuilder::order(3));
    QCOMPARE(hit(at + QPointF(10, 0)), EntryBuilder::order(3));
    QCOMPARE(hit(at + QPointF(0, 12)), OrderId());
}

void EventFlowTest::routes_goAsTheirPathsDo()
{
    FlowShape shape;
    shape.groups.assign(two_groups.begin(), two_groups.end());
    const FlowLayout layout({1'000, 600}, shape);
    QPainterPath line(QPointF(10, 20));
    line.lineTo(10, 220);
    for (const QPainterPath& path :
         {Routes::publishPath(layout, {400, 300}), Routes::deliverPath(layout, {500, 200}, 1),
          Routes::effectsPath(layout, 0), line}) {
        const Route route(path);
        QVERIFY2(std::abs(route.length() - path.length()) < 0.01 * path.length(),
                 qPrintable(QString::number(route.length())));
        for (int i = 0; i <= Route::samples; ++i) {
            const double part = double(i) / Route::samples;
            const QPointF off = route.at(part) - path.pointAtPercent(part);
            QVERIFY2(std::hypot(off.x(), off.y()) < 1, qPrintable(QString::number(part)));
        }
    }
    QCOMPARE(Route(QPainterPath()).length(), 0.0);
}

void EventFlowTest::moving_staysInItsRegion_data()
{
    QTest::addColumn<double>("zoom");
    QTest::addColumn<QString>("name");
    QTest::newRow("as it is") << 1.0 << QString();
    QTest::newRow("near") << 2.3 << QString();
    QTest::newRow("far") << 0.6 << QString();
    const QString long_name = QStringLiteral("Ada of the long name that has no room");
    QTest::newRow("named") << 1.0 << long_name;
    QTest::newRow("named, near") << 2.3 << long_name;
    QTest::newRow("named, far") << 0.6 << long_name;
}

/// Where two pictures of what moves differ, both regions together say so.
void EventFlowTest::moving_staysInItsRegion()
{
    QFETCH(double, zoom);
    QFETCH(QString, name);
    Flow flow;
    for (std::uint64_t n = 1; n <= 20; ++n) {
        flow.journal.accept(n, "ada", 1'999);
        flow.journal.event(EntryKind::EventPublished, n, EventType::OrderCreated, n % 3, std::int64_t(n / 3));
        flow.journal.event(EntryKind::EventDelivered, n, EventType::OrderCreated, n % 3, std::int64_t(n / 3),
                           "payment");
    }
    const std::vector<Entry> entries = flow.journal.entries;
    flow.show();
    flow.data.selected = EntryBuilder::order(3);
    const QSize size(1'000, 600);
    FlowShape shape;
    shape.groups.assign(two_groups.begin(), two_groups.end());
    const FlowLayout layout(size, shape);
    const Routes routes(layout, 3);
    ZoomPan view;
    view.setSize(size);
    view.setZoom(zoom, {300, 200});
    TokenAtlas atlas;
    atlas.build(colours(), view.scale(), token_radius);
    TokenField tokens;
    tokens.add(entries, routes, flow.journal.names, flow.rates.groupPlaces());
    std::size_t named = 0;
    const auto picture = [&](QRegion& region) {
        Tiles tiles;
        tiles.clear(size);
        coverMoving(tiles, layout, routes, tokens, view, !name.isEmpty());
        region = tiles.region();
        QImage image(size, QImage::Format_RGB32);
        image.fill(Qt::black);
        QPainter painter(&image);
        painter.translate(view.pan());
        painter.scale(view.scale(), view.scale());
        drawRings(painter, layout, flow.data, tokens, atlas, flow.journal.now_us);
        drawTokens(painter, routes, flow.data, tokens, atlas);
        const auto names = tokenNames(routes, tokens, [&](const OrderId&) { return name; });
        drawNames(painter, names);
        named = std::max(named, names.size());
        return image;
    };
    QRegion before_region, after_region;
    QImage before = picture(before_region);
    int differing = 0;
    for (int step = 0; step < 40; ++step) {
        tokens.advance(0.1);
        const QImage after = picture(after_region);
        const QRegion both = before_region | after_region;
        QImage mask(size, QImage::Format_RGB32);
        mask.fill(Qt::black);
        QPainter painter(&mask);
        painter.setClipRegion(both);
        painter.fillRect(mask.rect(), Qt::white);
        painter.end();
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x) {
                if (before.pixel(x, y) == after.pixel(x, y))
                    continue;
                ++differing;
                QVERIFY2(mask.pixelColor(x, y) == Qt::white, qPrintable(QStringLiteral("%1, %2").arg(x).arg(y)));
            }
        }
        before = after;
        before_region = after_region;
    }
    QVERIFY(differing > 1'000);
    QVERIFY(name.isEmpty() ? named == 0 : named > 10 && named <= 20); // One an order.
}

void EventFlowTest::texts_areCutWhereTheyHaveNoRoom()
{
    const QFont font = Theme::textFont(11);
    const QString words = QStringLiteral("waits for the gateway");
    const double whole = textWidth(font, words);
    QCOMPARE(whole, QFontMetricsF(font).horizontalAdvance(words));
    QCOMPARE(shapedText(font, words, whole).text.text(), words);
    const ShapedText cut = shapedText(font, words, whole / 2);
    QVERIFY(cut.text.text().endsWith(QChar(0x2026)) && cut.width <= whole / 2 + 1);
    QVERIFY(textWidth(Theme::textFont(14), words) > whole); // Another size is another text.
    QVERIFY(textWidth(Theme::textFont(11, QFont::Bold), words) != whole
            || !QFontInfo(Theme::textFont(11, QFont::Bold)).bold());
    QCOMPARE(shapedText(font, QStringLiteral("a\nb"), 100).text.text(), QStringLiteral("a b"));
}

void EventFlowTest::zoom_keepsWhatIsUnderThePointer()
{
    ZoomPan view;
    view.setSize({1'000, 600});
    const QPointF pointer(300, 200);
    const QPointF before = view.toScene(pointer);
    view.setZoom(2, pointer);
    QCOMPARE(view.zoom(), 2.0);
    QCOMPARE(view.toScene(pointer), before);
    view.move({-50, -20});
    QCOMPARE(view.toScene(pointer), before + QPointF(25, 10));
    view.setZoom(1.01, pointer); // Close enough to be meant as 1.
    QCOMPARE(view.zoom(), 1.0);
    QCOMPARE(view.pan(), QPointF());
}

void EventFlowTest::zoom_isBounded()
{
    ZoomPan view;
    view.setSize({1'000, 600});
    view.setZoom(99, {});
    QCOMPARE(view.zoom(), ZoomPan::most);
    view.move({50'000, 50'000}); // The scene goes on covering the view.
    QCOMPARE(view.pan(), QPointF(0, 0));
    view.move({-50'000, -50'000});
    QCOMPARE(view.pan(), QPointF(-3'000, -1'800));
    view.setZoom(0, {});
    QCOMPARE(view.zoom(), ZoomPan::least);
    view.move({50'000, 0}); // A smaller one stays inside.
    QCOMPARE(view.pan().x(), 500.0);
    view.reset();
    QCOMPARE(view.zoom(), 1.0);
    QCOMPARE(view.pan(), QPointF());
}

ORDERLAB_TEST(tst_event_flow, QApplication, EventFlowTest)
#include "tst_event_flow.moc"
