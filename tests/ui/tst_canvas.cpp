#include "entry_builder.h"
#include "journal/timeline.h"
#include "support/test_program.h"
#include "ui/canvas/flash_painter.h"
#include "ui/canvas/flow_layout.h"
#include "ui/canvas/flow_scene.h"
#include "ui/canvas/token_field.h"
#include "ui/models/log_tail.h"
#include "ui/theme/event_faces.h"
#include "ui/theme/palette.h"

#include <QApplication>
#include <QPainter>

#include <cmath>
#include <map>

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

const std::vector<GroupPlace> all_groups = {{"payment", 1}, {"notification", 2}, {"analytics", 1}, {"order-status", 1}};

/// An entry about a process: of a group, or the relay and the API.
Entry& process(EntryBuilder& journal, EntryKind kind, std::string_view group, std::string_view name,
               std::int32_t ms = 0)
{
    Entry& entry = journal.add(kind, 0);
    entry.order = {};
    entry.group = group.empty() ? NameId(0) : journal.table->intern("orderlab." + std::string(group));
    entry.actor = journal.table->intern(name);
    entry.value = ms;
    return entry;
}

Entry& fault(EntryBuilder& journal, std::string_view detail, std::int32_t ms = 0, std::string_view group = {},
             std::string_view name = {})
{
    Entry& entry = process(journal, EntryKind::FaultInjected, group, name, ms);
    entry.detail = journal.table->intern(detail);
    return entry;
}

/// Contrast of two colours after WCAG 2.1, 1 to 21.
double contrast(const QColor& a, const QColor& b)
{
    const auto luminance = [](const QColor& colour) {
        const auto linear = [](double part) {
            return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
    };
    const double light = std::max(luminance(a), luminance(b)), dark = std::min(luminance(a), luminance(b));
    return (light + 0.05) / (dark + 0.05);
}

QImage flashPicture(const FlowLayout& layout, const FailureMarks& marks, std::int64_t now_us, bool still)
{
    QImage picture(1007, 590, QImage::Format_RGB32);
    picture.fill(paletteOf(ThemeName::Dark).window);
    QPainter painter(&picture);
    drawFlashes(painter, layout, marks, paletteOf(ThemeName::Dark), now_us, still);
    return picture;
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
    void failures_areToldInWords_data();
    void failures_areToldInWords();
    void crash_isToldAsItWas_whenLookedBackAt();
    void oneOfTwoMembers_isNamedAndTheCardStaysBright();
    void flash_isAtItsPlace_data();
    void flash_isAtItsPlace();
    void flash_fades_andStandsStillWhereMotionDisturbs();
    void troubles_areReadable_data();
    void troubles_areReadable();
    void scene_isDimmedWhereAWorkerIsDown();
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
    QTest::newRow("1280x720") << QSizeF(718, 312) << 3 << 5;
    QTest::newRow("1280x720, two topics") << QSizeF(718, 312) << 3 << 2;
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
    if (partitions == 3 && size.height() >= 310) // That of a window of 1280x720.
        QCOMPARE(layout.rows_shown, 3);
    QVERIFY(room.contains(layout.relay));
    QVERIFY(!layout.relay.intersects(layout.store) && !layout.relay.intersects(layout.bus));
    QVERIFY(room.contains(layout.gateway));
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
    TokenField::Emitters emitters;
    emitters.fill(-1);
    emitters[std::size_t(EventType::PaymentSucceeded)] = 0;
    field.setGroups(emitters, 0);
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
    // The last picture: what has arrived is no longer drawn as new.
    QVERIFY(!field.isSettled());
    for (int i = 0; i < 100 && !field.isSettled(); ++i)
        field.advance(0.1);
    QVERIFY(field.isSettled());
    QVERIFY(field.time() - field.lastArrivalAt(0) > 1.5);
    QVERIFY(field.time() - field.arrivalOf(entries[2].event) > 1.5);
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
    QCOMPARE(tail.publishedAt(EventType::OrderCreated, 1, 500),
             tail.publishedAt(EventType::OrderCreated, 1, 0)); // to the second
    QVERIFY(!tail.publishedAt(EventType::OrderCreated, 9, 0));
    QVERIFY(tail.publishedAt(EventType::OrderCreated, 1, 999));
}

void CanvasTest::failures_areToldInWords_data()
{
    QTest::addColumn<QByteArray>("story");
    QTest::addColumn<int>("after_ms");
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char* name, const char* story, int after_ms, QStringList words) {
        QTest::newRow(name) << QByteArray(story) << after_ms << words;
    };
    row("all is well", "", 0, {});
    row("a worker is killed", "crash", 0, {"payment: crashed · back in 1.2 s"});
    row("and a while later", "crash", 750, {"payment: crashed · back in 0.5 s"});
    row("and late", "crash", 1'500, {"payment: crashed · starting again"});
    row("and started again", "crash restart", 0, {});
    row("a worker hangs", "hang", 500, {"payment: hangs · 2.5 s"});
    row("and goes on", "hang", 3'000, {});
    row("the relay is killed", "relay", 0, {"relay: crashed · back in 0.3 s"});
    row("the API is killed", "api", 100, {"api: crashed · back in 0.2 s"});
    row("and answers again, which nobody tells", "api", 300, {});
    row("the database is away", "database", 1'000, {"store: away · back in 4.0 s"});
    row("and back", "database", 5'000, {});
    row("the broker is away until somebody says otherwise", "broker", 2'000, {"bus: away · for 2.0 s"});
    row("the circuit is open", "circuit", 1'000, {"circuit: circuit open · 4.0 s"});
    row("and lets one through", "circuit", 6'000, {"circuit: circuit open · probing"});
    row("everything at once", "crash relay database", 0,
        {"payment: crashed · back in 1.2 s", "relay: crashed · back in 0.3 s", "store: away · back in 5.0 s"});
}

void CanvasTest::failures_areToldInWords()
{
    QFETCH(QByteArray, story);
    QFETCH(int, after_ms);
    QFETCH(QStringList, words);
    EntryBuilder journal;
    for (const QByteArray& step : story.split(' ')) {
        if (step == "crash")
            process(journal, EntryKind::ProcessCrashed, "payment", "payment-1", 1'200);
        else if (step == "restart")
            process(journal, EntryKind::ProcessRestarted, "payment", "payment-1");
        else if (step == "hang")
            fault(journal, "worker hang", 3'000, "payment", "payment-1");
        else if (step == "relay")
            process(journal, EntryKind::ProcessCrashed, "", "relay", 300);
        else if (step == "api")
            process(journal, EntryKind::ProcessCrashed, "", "api", 300);
        else if (step == "database")
            fault(journal, "database away", 5'000);
        else if (step == "broker")
            fault(journal, "broker away");
        else if (step == "circuit")
            process(journal, EntryKind::CircuitOpened, "", "", 5'000);
    }
    // All at one moment, so that the words can be told beforehand.
    for (Entry& entry : journal.entries)
        entry.time_us = journal.now_us;
    journal.take();
    const FailureMarks marks =
        failureMarks(journal.world, journal.names, all_groups, journal.now_us + after_ms * 1'000);
    QStringList found;
    for (std::size_t g = 0; g < marks.groups.size(); ++g) {
        if (!marks.groups[g].trouble.isEmpty())
            found << all_groups[g].name + ": " + marks.groups[g].trouble.text();
    }
    const std::pair<QString, Trouble> others[] = {{"api", marks.api},
                                                  {"relay", marks.relay},
                                                  {"store", marks.store},
                                                  {"bus", marks.bus},
                                                  {"circuit", marks.circuit}};
    for (const auto& [name, trouble] : others) {
        if (!trouble.isEmpty())
            found << name + ": " + trouble.text();
    }
    QCOMPARE(found, words);
    QVERIFY(marks.isMoving() || words.isEmpty());
}

void CanvasTest::crash_isToldAsItWas_whenLookedBackAt()
{
    EntryBuilder journal;
    Timeline timeline(*journal.table, 1'000, 4);
    for (int i = 0; i < 10; ++i)
        journal.accept(std::uint64_t(i), "ada", 100);
    process(journal, EntryKind::ProcessCrashed, "payment", "payment-1", 1'200);
    const std::int64_t crashed_us = journal.now_us;
    for (int i = 10; i < 20; ++i)
        journal.accept(std::uint64_t(i), "ada", 100);
    journal.now_us += 1'200'000;
    process(journal, EntryKind::ProcessRestarted, "payment", "payment-1");
    timeline.append(journal.take());
    const auto at = [&](std::int64_t time_us) {
        return failureMarks(timeline.stateAt(time_us), journal.names, all_groups, time_us).groups[0].trouble.text();
    };
    QCOMPARE(at(crashed_us - 1), QString());
    QCOMPARE(at(crashed_us), QStringLiteral("crashed · back in 1.2 s"));
    QCOMPARE(at(crashed_us + 900'000), QStringLiteral("crashed · back in 0.3 s"));
    QCOMPARE(at(journal.now_us), QString());
}

void CanvasTest::oneOfTwoMembers_isNamedAndTheCardStaysBright()
{
    EntryBuilder journal;
    process(journal, EntryKind::ProcessCrashed, "notification", "notification-2", 1'000);
    journal.take();
    const auto card = [&] { return failureMarks(journal.world, journal.names, all_groups, journal.now_us).groups[1]; };
    QCOMPARE(card().trouble.what, QStringLiteral("notification-2 crashed"));
    QVERIFY(!card().is_down);
    // Of both, the killed one is worse off than the one that hangs.
    fault(journal, "worker hang", 9'000, "notification", "notification-1");
    journal.take();
    QCOMPARE(card().trouble.what, QStringLiteral("notification-2 crashed"));
    QVERIFY(card().is_down);
}

void CanvasTest::flash_isAtItsPlace_data()
{
    QTest::addColumn<QByteArray>("detail");
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<QString>("words");
    QTest::newRow("gateway") << QByteArray("gateway-call lose-answer") << QByteArray("gateway") << "answer lost";
    QTest::newRow("worker") << QByteArray("handler-entry fail") << QByteArray("payment") << "failed";
    QTest::newRow("way to a worker") << QByteArray("delivery duplicate") << QByteArray("payment") << "twice";
    QTest::newRow("bus") << QByteArray("bus-append fail") << QByteArray("bus") << "failed";
    QTest::newRow("store") << QByteArray("order-store fail") << QByteArray("store") << "failed";
    QTest::newRow("API") << QByteArray("client-answer lose") << QByteArray("api") << "lost";
    QTest::newRow("network") << QByteArray("network delay") << QByteArray("corner") << "network: late";
    QTest::newRow("what is away says so itself") << QByteArray("database away") << QByteArray("store") << "";
}

void CanvasTest::flash_isAtItsPlace()
{
    QFETCH(QByteArray, detail);
    QFETCH(QByteArray, place);
    QFETCH(QString, words);
    const FlowLayout layout({1007, 590}, shapeOf(3, 3));
    EntryBuilder journal;
    fault(journal, detail.constData(), 0, "payment", "payment-1");
    journal.take();
    const auto marks = failureMarks(journal.world, journal.names, all_groups, journal.now_us);
    QCOMPARE(marks.flashes.size(), std::size_t(1));
    QCOMPARE(marks.flashes[0].words, words);
    const std::map<QByteArray, QRectF> places = {{"gateway", layout.gateway}, {"payment", layout.groups[0]},
                                                 {"bus", layout.bus},         {"store", layout.store},
                                                 {"api", layout.api},         {"corner", placeOf({}, layout)}};
    QCOMPARE(placeOf(marks.flashes[0], layout), places.at(place));
    const QImage empty = flashPicture(layout, {}, 0, false);
    const QImage drawn = flashPicture(layout, marks, journal.now_us + 100'000, false);
    // The words of a gateway stand opposite the chip of an open circuit: on the upper edge of the payment card.
    const QRectF& box = place == "gateway" ? layout.groups[0] : places.at(place);
    const QRect around = box.toAlignedRect().adjusted(-14, -14, 14, 14).intersected(drawn.rect());
    QVERIFY(drawn.copy(around) != empty.copy(around));
    const QRect circuit = layout.gateway.toAlignedRect().adjusted(2, 2, -2, -2);
    if (place == "gateway")
        QVERIFY(drawn.copy(circuit) == empty.copy(circuit));
}

void CanvasTest::flash_fades_andStandsStillWhereMotionDisturbs()
{
    const FlowLayout layout({1007, 590}, shapeOf(3, 3));
    EntryBuilder journal;
    fault(journal, "handler-entry fail", 0, "payment", "payment-1");
    journal.take();
    const auto marks = failureMarks(journal.world, journal.names, all_groups, journal.now_us);
    const auto picture = [&](int ms, bool still) {
        return flashPicture(layout, marks, journal.now_us + ms * 1'000, still);
    };
    QVERIFY(picture(100, false) != picture(700, false));
    QVERIFY(picture(100, true) == picture(700, true));
    QVERIFY(picture(100, true) != picture(1'000, true));
    QVERIFY(picture(1'000, true) == picture(1'000, false)); // Both are gone by then.
    QVERIFY(failureMarks(journal.world, journal.names, all_groups, journal.now_us + 1'000'000).flashes.empty());
    QVERIFY(failureMarks(journal.world, journal.names, all_groups, journal.now_us - 1).flashes.empty());
}

void CanvasTest::troubles_areReadable_data()
{
    QTest::addColumn<ThemeName>("theme");
    QTest::addColumn<double>("least");
    QTest::newRow("dark") << ThemeName::Dark << 4.5;
    QTest::newRow("light") << ThemeName::Light << 4.5;
    QTest::newRow("contrast") << ThemeName::Contrast << 7.0;
}

void CanvasTest::troubles_areReadable()
{
    QFETCH(ThemeName, theme);
    QFETCH(double, least);
    const Palette& p = paletteOf(theme);
    const std::pair<QColor, QColor> pairs[] = {{p.failure, p.failure_fill}, {p.failure, p.control},
                                               {p.warning, p.control},      {p.window, p.failure},
                                               {p.failure, p.window},       {p.dead, p.dead_fill}};
    for (const auto& [text, ground] : pairs) {
        const double ratio = contrast(text, ground);
        QVERIFY2(ratio >= least,
                 qPrintable(QStringLiteral("%1 on %2: %3").arg(text.name(), ground.name()).arg(ratio, 0, 'f', 2)));
    }
}

void CanvasTest::scene_isDimmedWhereAWorkerIsDown()
{
    const FlowLayout layout({1007, 590}, shapeOf(3, 3));
    SceneData data;
    data.running = true;
    for (const GroupPlace& group : all_groups) {
        GroupCard card;
        card.name = group.name;
        card.members = group.members;
        card.colour = paletteOf(ThemeName::Dark).groups[0];
        data.groups.push_back(card);
    }
    data.marks.groups.resize(4);
    const auto picture = [&] {
        QImage image(1007, 590, QImage::Format_RGB32);
        image.fill(paletteOf(ThemeName::Dark).window);
        QPainter painter(&image);
        TokenAtlas cells;
        cells.build(paletteOf(ThemeName::Dark), 1, 5);
        const FlowScene scene(layout, data, paletteOf(ThemeName::Dark));
        scene.drawGround(painter);
        scene.draw(painter, cells, LogTail(), [](const Uuid&) { return 0.0; });
        return image;
    };
    /// The brightest thing on a card beside its ring: its name.
    const auto brightest = [&](const QImage& image, std::size_t g) {
        const QRect name(int(layout.ring(g).right()) + 26, int(layout.groups[g].top()) + 8, 70, 20);
        int most = 0;
        for (int y = name.top(); y <= name.bottom(); ++y) {
            for (int x = name.left(); x <= name.right(); ++x)
                most = std::max(most, qGray(image.pixel(x, y)));
        }
        return most;
    };
    const QImage before = picture();
    data.marks.groups[0] = {{QStringLiteral("crashed"), QStringLiteral("back in 1.2 s")}, true, true};
    const QImage after = picture();
    QVERIFY2(brightest(after, 0) < brightest(before, 0) * 0.7, qPrintable(QString::number(brightest(after, 0))));
    QCOMPARE(brightest(after, 2), brightest(before, 2));
}

ORDERLAB_TEST(tst_canvas, QApplication, CanvasTest)
#include "tst_canvas.moc"
