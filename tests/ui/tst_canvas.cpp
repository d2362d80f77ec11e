#include "entry_builder.h"
#include "ui/canvas/flow_layout.h"
#include "ui/canvas/token_field.h"
#include "ui/models/log_tail.h"
#include "ui/theme/shapes.h"

#include <QTest>

#include <set>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

FlowShape shapeOf(int partitions, int active_topics)
{
    FlowShape shape;
    shape.partitions = partitions;
    for (int t = 0; t < active_topics; ++t)
        shape.active[std::size_t(t)] = true;
    shape.groups = {"payment", "notification", "analytics", "order-status"};
    return shape;
}

} // namespace

class CanvasTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void layout_fitsWithoutOverlap_data();
    void layout_fitsWithoutOverlap();
    void arrowKeys_reachEveryNode();
    void shapes_differ();
    void hops_followEachOther();
    void manyOrders_areSampledAsWholeChains();
    void logTail_isBoundedAndSorted();
};

void CanvasTest::layout_fitsWithoutOverlap_data()
{
    QTest::addColumn<QSizeF>("size");
    QTest::addColumn<int>("partitions");
    QTest::addColumn<int>("active");
    QTest::newRow("wide, design") << QSizeF(1007, 590) << 3 << 3;
    QTest::newRow("wide, all topics") << QSizeF(1007, 590) << 3 << 5;
    QTest::newRow("small window") << QSizeF(700, 400) << 3 << 5;
    QTest::newRow("empty") << QSizeF(1007, 590) << 3 << 0;
    QTest::newRow("64 partitions") << QSizeF(1007, 590) << 64 << 5;
    QTest::newRow("tiny") << QSizeF(200, 100) << 3 << 5;
}

void CanvasTest::layout_fitsWithoutOverlap()
{
    QFETCH(QSizeF, size);
    QFETCH(int, partitions);
    QFETCH(int, active);
    const FlowLayout layout(size, shapeOf(partitions, active));
    const QRectF room(QPointF(0, 0), size.expandedTo({560, 300}));
    std::vector<QRectF> boxes;
    for (const NodeId node : layout.nodes()) {
        const QRectF box = layout.rectOf(node);
        QVERIFY2(room.contains(box), qPrintable(QStringLiteral("node %1/%2").arg(int(node.kind)).arg(node.index)));
        for (const QRectF& other : boxes)
            QVERIFY(!box.adjusted(1, 1, -1, -1).intersects(other));
        boxes.push_back(box);
        QVERIFY(layout.nodeAt(box.center()) == node);
    }
    for (const auto& topic : layout.topics) {
        for (const QRectF& row : topic.rows)
            QVERIFY(layout.bus.contains(row));
    }
    QVERIFY(layout.rows_shown >= 1 && layout.rows_shown <= partitions);
}

void CanvasTest::arrowKeys_reachEveryNode()
{
    const FlowLayout layout({1007, 590}, shapeOf(3, 3));
    std::set<std::pair<int, int>> reached;
    std::vector<NodeId> open = {layout.neighbour({}, 1, 0)};
    while (!open.empty()) {
        const NodeId node = open.back();
        open.pop_back();
        if (!reached.emplace(int(node.kind), node.index).second)
            continue;
        for (const auto& [dx, dy] : {std::pair(1, 0), std::pair(-1, 0), std::pair(0, 1), std::pair(0, -1)})
            open.push_back(layout.neighbour(node, dx, dy));
    }
    QCOMPARE(reached.size(), layout.nodes().size());
}

void CanvasTest::shapes_differ()
{
    std::set<int> corners;
    std::set<QString> names;
    for (const EventType type : all_event_types) {
        const QPainterPath path = eventShape(type, {10, 10}, 6);
        QVERIFY(QRectF(3, 3, 14, 14).contains(path.boundingRect()));
        names.insert(shapeName(type));
        corners.insert(path.elementCount() * 1'000 + int(path.boundingRect().height() * 10));
    }
    QCOMPARE(names.size(), std::size_t(event_type_count));
    QCOMPARE(corners.size(), std::size_t(event_type_count));
}

void CanvasTest::hops_followEachOther()
{
    EntryBuilder journal;
    const FlowLayout layout({1007, 590}, shapeOf(3, 3));
    const Routes routes(layout, 3);
    TokenField field;
    field.setPaymentPlace(0);
    journal.accept(1, "ada", 100);
    journal.event(EntryKind::EventEmitted, 1, EventType::OrderCreated, 0, -1);
    journal.event(EntryKind::EventPublished, 1, EventType::OrderCreated, 0, 0);
    journal.event(EntryKind::EventDelivered, 1, EventType::OrderCreated, 0, 0, "payment");
    journal.event(EntryKind::EventEmitted, 1, EventType::PaymentSucceeded, 0, -1);
    const auto entries = journal.take();
    std::vector<int> places(entries.back().group + 64, -1);
    places[entries[3].group] = 0;
    field.add(entries, routes, journal.names, places);
    const auto& tokens = field.tokens();
    QCOMPARE(tokens.size(), std::size_t(4)); // The event in the outbox does not travel by itself.
    for (std::size_t i = 1; i < tokens.size(); ++i)
        QVERIFY(tokens[i].start_s >= tokens[i - 1].start_s + tokens[i - 1].duration_s - 1e-9);
    QVERIFY(field.arrivalOf(entries[2].event) > field.time());
    for (int i = 0; i < 100 && !field.isEmpty(); ++i)
        field.advance(0.1);
    QVERIFY(field.isEmpty());
    QVERIFY(field.lastArrivalAt(0) > 0);
}

void CanvasTest::manyOrders_areSampledAsWholeChains()
{
    EntryBuilder journal;
    const FlowLayout layout({1007, 590}, shapeOf(3, 3));
    const Routes routes(layout, 3);
    TokenField field(100);
    for (int step = 0; step < 40; ++step) {
        for (int i = 0; i < 100; ++i)
            journal.accept(std::uint64_t(step * 100 + i), "ada", 100);
        field.add(journal.take(), routes, journal.names, {});
        field.advance(0.05);
    }
    // 2,000 a second were offered where 100 are wanted at a time.
    QVERIFY(field.sampled() >= 10);
    QVERIFY2(field.tokens().size() < 400, qPrintable(QString::number(field.tokens().size())));
    for (int i = 0; i < 60; ++i)
        field.advance(0.05);
    QCOMPARE(field.sampled(), std::uint64_t(1));
}

void CanvasTest::logTail_isBoundedAndSorted()
{
    EntryBuilder journal;
    LogTail tail;
    for (const int offset : {0, 2, 1, 3})
        journal.event(EntryKind::EventPublished, std::uint64_t(offset), EventType::OrderCreated, 1, offset);
    tail.apply(journal.take(), journal.names);
    const auto& cells = tail.cells(EventType::OrderCreated, 1);
    for (std::size_t i = 0; i < cells.size(); ++i)
        QCOMPARE(cells[i].offset, std::int64_t(i));
    QVERIFY(tail.cells(EventType::OrderCreated, 9).empty());
    for (int offset = 4; offset < 1'000; ++offset)
        journal.event(EntryKind::EventPublished, std::uint64_t(offset), EventType::OrderCreated, 1, offset);
    tail.apply(journal.take(), journal.names);
    QCOMPARE(cells.size(), LogTail::cells_max);
    QCOMPARE(cells.back().offset, std::int64_t(999));
    QVERIFY(!tail.publishedAt(EventType::OrderCreated, 1, 0));
    QVERIFY(tail.publishedAt(EventType::OrderCreated, 1, 999));
}

QTEST_MAIN(CanvasTest)
#include "tst_canvas.moc"
