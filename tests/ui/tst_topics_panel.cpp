#include "domain/event_codec.h"
#include "machine.h"
#include "ui/bridge/topic_desk.h"
#include "ui/models/format.h"
#include "ui/panels/fitted_table.h"
#include "ui/theme/theme.h"
#include "ui/topics/publish_dialog.h"
#include "ui/topics/record_text.h"
#include "ui/topics/redeliver_dialog.h"
#include "ui/topics/topics_panel.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTimer>
#include <QToolButton>
#include <QTreeWidget>

#include <map>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

/// A window that shows topics.
template <typename Base>
struct TopicsWindow : Base {
    template <typename... Args>
    explicit TopicsWindow(Args&&... args) : Base(std::forward<Args>(args)...)
    {
        this->window.showPanel(QStringLiteral("topics"));
    }
    TopicsPanel& topics() { return *this->template child<TopicsPanel>("topicsDock"); }
    RecordModel& records() { return topics().model(); }
    FittedTable& table() { return *this->template child<FittedTable>("recordTable"); }
    QString text(const char* label) { return this->template child<QLabel>(label)->text(); }
    /// Once what is shown is what was asked for.
    bool isCurrent()
    {
        return this->waitFor([this] { return topics().isCurrent() && topics().problem().isEmpty(); });
    }
    bool show(const char* topic)
    {
        topics().showTopic(QLatin1String(topic));
        return this->waitFor([&] { return topics().isCurrent() && records().topic().name == topic; });
    }
    std::vector<std::pair<int, qint64>> places()
    {
        std::vector<std::pair<int, qint64>> places;
        for (const LogRecord& record : records().page().records)
            places.emplace_back(record.partition, record.offset);
        return places;
    }
};

/// What the journal says was published to each topic before `index`.
std::map<QString, int> publishedBefore(const FramePump& frames, std::uint64_t index)
{
    std::map<QString, int> published;
    for (std::uint64_t i = frames.timeline().firstIndex(); i < index; ++i) {
        const Entry entry = frames.timeline().at(i);
        if (entry.kind == EntryKind::EventPublished)
            ++published[frames.names().text(entry.topic)];
    }
    return published;
}

LogRecord sampleRecord()
{
    Event event;
    event.id = EventId{Uuid{1, 2}};
    event.order = OrderId{Uuid{3, 4}};
    event.data.user_id = "ada";
    event.data.total.amount_minor = 1999;
    event.trace = {{1, 2}, 3};
    LogRecord record = recordOf(event);
    record.offset = 7;
    record.appended_at = fromMicros(1'000'000);
    return record;
}

} // namespace

class TestTopicsPanel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void payload_isJsonTextOrHex()
    {
        const LogRecord record = sampleRecord();
        QVERIFY(formFor(record.value) == PayloadForm::Json);
        QVERIFY(payloadText(record.value, PayloadForm::Json).contains(QLatin1String("\n    \"amount\"")));
        const std::string bytes("\x00\x01ok\xff", 5);
        QVERIFY(formFor(bytes) == PayloadForm::Hex);
        QVERIFY(payloadText(bytes, PayloadForm::Hex).startsWith(QLatin1String("000000  00 01 6f 6b ff")));
        QVERIFY(payloadText(bytes, PayloadForm::Hex).endsWith(QLatin1String("..ok.")));
        QCOMPARE(payloadText(std::string("no {json"), PayloadForm::Json), QStringLiteral("no {json"));
        QVERIFY(formFor(std::string("plain")) == PayloadForm::Text);
        QCOMPARE(payloadText(std::nullopt, PayloadForm::Text), QStringLiteral("none (null)"));
        const std::string large(payload_shown_max + 10, 'x');
        QVERIFY(payloadText(large, PayloadForm::Text).size() < qsizetype(payload_shown_max + 100));
        QVERIFY(payloadText(large, PayloadForm::Text).contains(QLatin1String("the first")));
        const QJsonObject json = QJsonDocument::fromJson(recordJson(QStringLiteral("t"), record).toUtf8()).object();
        QCOMPARE(json.value(QLatin1String("offset")).toInt(), 7);
        QCOMPARE(json.value(QLatin1String("value")).toObject().value(QLatin1String("user_id")).toString(),
                 QStringLiteral("ada"));
        QVERIFY(json.value(QLatin1String("headers")).toObject().contains(QLatin1String("ce_id")));
        LogRecord foreign;
        foreign.value = bytes;
        const QJsonObject raw = QJsonDocument::fromJson(recordJson(QStringLiteral("t"), foreign).toUtf8()).object();
        QVERIFY(raw.value(QLatin1String("key")).isNull());
        QCOMPARE(raw.value(QLatin1String("value_base64")).toString(), QStringLiteral("AAFva/8="));
    }

    void seek_readsWhatPeopleType()
    {
        const TimePoint start = fromMicros(5'000'000);
        const TimePoint now = fromMicros(1'790'000'000'000'000);
        const auto target = [&](const char* text) { return seekTarget(QString::fromUtf8(text), start, now); };
        QCOMPARE(target(" #120 ")->offset.value(), std::int64_t(120));
        QVERIFY(target("1.5 s")->time == fromMicros(6'500'000));
        QVERIFY(target("+200ms")->time == fromMicros(5'200'000));
        QVERIFY(target("2026-01-31T14:03:00Z")->time == fromMicros(1'769'868'180'000'000));
        const auto of_day = target("14:03:07.5");
        QVERIFY(!of_day); // Three digits, or none.
        QVERIFY(target("14:03:07.500")->time);
        QVERIFY(toMicros(*target("14:03")->time) > toMicros(now) - 86'400'000'000);
        for (const char* wrong : {"", "abc", "-5", "12:99", "2026-99-01", "99999999999999999999"})
            QCOMPARE(target(wrong).error().field, std::string("seek"));
    }

    void draft_isAnEventOrSaysWhyNot()
    {
        DraftRecord draft = DraftRecord::of(EventType::PaymentFailed, Uuid{9, 1}, Uuid{9, 2}, fromMicros(1'000));
        QCOMPARE(draft.problem(), QString());
        const Event event = draft.event(Uuid{5, 5});
        QVERIFY(!event.undecodable && event.type == EventType::PaymentFailed && event.id.low == 1);

        const DraftRecord clone = DraftRecord::like(EventType::OrderCreated, sampleRecord(), Uuid{8, 8});
        QCOMPARE(clone.problem(), QString());
        const Event cloned = clone.event(Uuid{5, 5});
        QVERIFY(cloned.id == (EventId{Uuid{8, 8}}) && cloned.order == (OrderId{Uuid{3, 4}}));

        DraftRecord other = draft;
        other.topic = EventType::OrderCreated;
        QVERIFY(other.problem().contains(QLatin1String("no event of this topic")));
        draft.value = QStringLiteral("{");
        QVERIFY(!draft.problem().isEmpty());
        QVERIFY(draft.record());
        const Event foreign = draft.event(Uuid{5, 5});
        QVERIFY(foreign.undecodable && foreign.undecodable->value == "{" && foreign.id == (EventId{Uuid{5, 5}}));
        QVERIFY(foreign.extensions == draft.record()->headers);
        draft.headers += QStringLiteral("\nno header");
        QCOMPARE(draft.record().error().field, std::string("headers"));
        DraftRecord elsewhere = clone;
        elsewhere.key = QStringLiteral("another");
        QCOMPARE(elsewhere.record().error().field, std::string("key"));
    }

    /// In a simulated world: what had been published by the moment shown, and nothing else.
    void topics_areAsOfTheMoment()
    {
        TopicsWindow<Machine> machine;
        const QAbstractItemModelTester tester(&machine.records(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        FramePump& frames = machine.frames();
        const std::uint64_t end = frames.timeline().endIndex();
        for (const std::uint64_t index : {end, end / 3, std::uint64_t(0), end / 2}) {
            frames.goTo(index);
            const auto published = publishedBefore(frames, index);
            auto* list = machine.child<QTreeWidget>("topicList");
            const auto is_as_published = [&] {
                for (const EventType type : all_event_types) {
                    const QString name = toQt(topicName(type));
                    const auto found = list->findItems(name, Qt::MatchExactly);
                    const int count = published.contains(name) ? published.at(name) : 0;
                    if (found.size() != 1 || found.first()->text(1) != grouped(count))
                        return false;
                }
                return true;
            };
            QVERIFY2(machine.waitFor(is_as_published), qPrintable(QString::number(index)));
        }
        QVERIFY(machine.show("payment-succeeded"));
        frames.goTo(end);
        QVERIFY(machine.waitFor([&] { return machine.isCurrent() && machine.records().rowCount() > 0; }));
        // Newest first, each an event of ours.
        const auto& page = machine.records().page();
        for (std::size_t i = 0; i < page.records.size(); ++i) {
            QVERIFY(i == 0 || page.records[i].appended_at <= page.records[i - 1].appended_at);
            QVERIFY(machine.records().eventAt(int(i)));
        }
        frames.goTo(0);
        QVERIFY(machine.waitFor([&] { return machine.isCurrent() && machine.records().rowCount() == 0; }));
        QVERIFY(machine.child<QPushButton>("publishRecord")->toolTip().contains(QLatin1String("simulated")));
        QVERIFY(!machine.child<QPushButton>("publishRecord")->isEnabled());
    }

    void record_leadsToItsMomentAndItsStory()
    {
        TopicsWindow<Machine> machine;
        machine.frames().goTo(machine.frames().timeline().endIndex());
        QVERIFY(machine.show("order-created"));
        QVERIFY(machine.waitFor([&] { return machine.records().rowCount() > 3; }));
        QSignalSpy orders(&machine.topics(), &Panel::orderSelected);
        machine.table().setFocus();
        machine.table().setCurrentIndex(machine.records().index(2, 0));
        const LogRecord record = *machine.records().recordAt(2);
        const OrderId order = machine.records().eventAt(2)->order;
        QVERIFY(machine.child<QPlainTextEdit>("recordText")->toPlainText().contains(QLatin1String("user_id")));
        machine.child<QToolButton>("partHeaders")->click();
        QVERIFY(machine.child<QPlainTextEdit>("recordText")->toPlainText().contains(QLatin1String("ce_subject")));
        QTest::keyClick(&machine.table(), Qt::Key_Return);
        QCOMPARE(orders.count(), 1);
        QVERIFY(orders.front().front().value<OrderId>() == order);
        const Entry entry = machine.frames().timeline().at(machine.frames().index() - 1);
        QVERIFY(entry.kind == EntryKind::EventPublished && entry.offset == record.offset
                && entry.partition == record.partition && OrderId(entry.order) == order);
        // At that moment it is the newest, and nobody has read it.
        QVERIFY(machine.waitFor([&] {
            return machine.isCurrent() && machine.records().recordAt(0) && *machine.records().recordAt(0) == record;
        }));
        const auto readers = machine.records().readersOf(0);
        QVERIFY(readers.isEmpty() || readersText(readers).contains(QLatin1String("not yet"))
                || readersText(readers).contains(QLatin1String("next")));
        machine.frames().goTo(machine.frames().timeline().endIndex());
        QVERIFY(machine.waitFor([&] { return machine.isCurrent() && machine.records().rowCount() > 3; }));
        const auto at_end = machine.records().readersOf(machine.records().rowCount() - 1);
        QVERIFY(at_end.size() >= 3);
        for (const RecordModel::Reader& reader : at_end)
            QVERIFY2(reader.state == RecordModel::Reader::State::Read, qPrintable(reader.group));
    }

    void pages_seekAndFilter()
    {
        WindowOptions options = simulated();
        options.engine->scenario.orders.count = 200;
        TopicsWindow<Machine> machine(options);
        machine.frames().goTo(machine.frames().timeline().endIndex());
        QVERIFY(machine.show("order-created"));
        QVERIFY2(machine.waitFor([&] { return machine.records().page().size > 100; }),
                 qPrintable(machine.text("topicState")));
        const auto first = machine.places();
        QCOMPARE(first.size(), TopicsPanel::page_records);
        machine.click("topicOn");
        QVERIFY(machine.waitFor([&] { return machine.topics().isCurrent() && machine.places() != first; }));
        const auto second = machine.places();
        for (const auto& place : second)
            QVERIFY(std::ranges::find(first, place) == first.end());
        machine.click("topicBack");
        QVERIFY(machine.waitFor([&] { return machine.topics().isCurrent() && machine.places() == first; }));

        machine.child<QComboBox>("topicPartition")->setCurrentIndex(2);
        Q_EMIT machine.child<QComboBox>("topicPartition")->activated(2);
        auto* seek = machine.child<QLineEdit>("topicSeek");
        seek->setText(QStringLiteral("5"));
        QTest::keyClick(seek, Qt::Key_Return);
        QVERIFY(machine.waitFor([&] {
            return machine.topics().isCurrent() && !machine.places().empty()
                   && machine.places().front() == std::pair(1, qint64(5));
        }));
        QCOMPARE(machine.places().size(), std::size_t(6)); // Down to the first.
        seek->setText(QStringLiteral("nonsense"));
        QTest::keyClick(seek, Qt::Key_Return);
        QVERIFY(machine.text("topicState").startsWith(QLatin1String("Type an offset")));
        seek->clear();
        QVERIFY(machine.isCurrent());

        const QString key = QString::fromStdString(machine.records().eventAt(0)->order.toString());
        auto* filter = machine.child<QLineEdit>("topicFilter");
        QCOMPARE(machine.topics().findField(), filter);
        filter->setText(QStringLiteral("key:") + key);
        QTest::keyClick(filter, Qt::Key_Return);
        QVERIFY(machine.waitFor([&] { return machine.topics().isCurrent() && machine.records().rowCount() == 1; }));
        QVERIFY(machine.text("topicState").startsWith(QLatin1String("1 found among")));
        filter->setText(QStringLiteral("not to be found anywhere"));
        QTest::keyClick(filter, Qt::Key_Return);
        QVERIFY(machine.waitFor([&] { return machine.topics().isCurrent() && machine.records().rowCount() == 0; }));
        filter->clear();
        QVERIFY(machine.waitFor([&] { return machine.topics().isCurrent() && machine.records().rowCount() > 1; }));
    }

    /// A live system in memory: what is published by hand is handled, or given up, and may be for one group alone.
    void publish_byHandAndToOneGroup()
    {
        TopicsWindow<Desktop> desktop;
        QVERIFY(desktop.start());
        QVERIFY(desktop.show("order-created"));
        QVERIFY(desktop.bridge().commands().createOrder(QStringLiteral("ada"), QStringLiteral("19.99"),
                                                        QStringLiteral("EUR")));
        QVERIFY(desktop.waitForFinal(1));
        QVERIFY(desktop.waitFor([&] { return desktop.isCurrent() && desktop.records().rowCount() == 1; }));
        desktop.table().setCurrentIndex(desktop.records().index(0, 0));
        desktop.child<QPushButton>("copyRecord")->click();
        QVERIFY(QJsonDocument::fromJson(QGuiApplication::clipboard()->text().toUtf8()).isObject());

        // One that is no event has to be asked for twice, and becomes a dead letter.
        QTimer::singleShot(0, this, [&desktop] {
            auto* value = desktop.child<QPlainTextEdit>("publishValue");
            auto* button = desktop.child<QPushButton>("publishButton");
            QVERIFY(desktop.text("publishState").contains(QLatin1String("A valid event")));
            value->setPlainText(QStringLiteral("{\"user_id\":"));
            QVERIFY(desktop.text("publishState").contains(QLatin1String("No valid event")));
            button->click();
            QVERIFY(desktop.text("publishState").contains(QLatin1String("dead letter")));
            button->click();
        });
        desktop.child<QPushButton>("cloneRecord")->click();
        QVERIFY(desktop.waitFor([&] { return desktop.records().rowCount() == 2; }));
        QVERIFY(!desktop.records().eventAt(0));
        QVERIFY(desktop.records().index(0, RecordModel::Type).data().toString().contains(QLatin1String("no event")));
        QVERIFY(desktop.waitFor([&] { return desktop.bridge().deadLetters().waiting() >= 3; })); // A group each.

        // Once more, to one group: all others skip it, and its inbox, too, as it was handled.
        desktop.table().setCurrentIndex(desktop.records().index(1, 0));
        const std::int64_t skipped = desktop.totals().duplicates_skipped;
        QTimer::singleShot(0, this, [&desktop] {
            auto* groups = desktop.child<QComboBox>("redeliverGroup");
            QVERIFY(groups->count() >= 3);
            groups->setCurrentText(QStringLiteral("payment"));
            desktop.child<QPushButton>("redeliverButton")->click();
        });
        desktop.child<QPushButton>("redeliverRecord")->click();
        QVERIFY(desktop.waitFor([&] { return desktop.records().rowCount() == 3; }));
        const auto& event = desktop.records().eventAt(0);
        QVERIFY(event && targetGroupOf(*event) == "orderlab.payment");
        QVERIFY(desktop.waitFor([&] { return desktop.totals().duplicates_skipped >= skipped + 3; }));
        QCOMPARE(desktop.totals().charges, std::int64_t(1));

        // A moment held shows the log as it was then.
        desktop.bridge().places().go(0);
        QVERIFY(desktop.waitFor([&] { return desktop.isCurrent() && desktop.records().rowCount() == 0; }));
        desktop.bridge().frames().follow();
        QVERIFY(desktop.waitFor([&] { return desktop.isCurrent() && desktop.records().rowCount() == 3; }));
    }

    void pictures()
    {
        for (const ThemeName theme : {ThemeName::Dark, ThemeName::Light}) {
            for (const QSize size : {QSize(1'600, 1'000), QSize(1'280, 720)}) {
                WindowOptions options = simulated();
                options.theme = theme;
                TopicsWindow<Machine> machine(options, size);
                machine.frames().goTo(machine.frames().timeline().endIndex() / 2);
                QVERIFY(machine.show("order-created"));
                QVERIFY(machine.waitFor([&] { return machine.isCurrent() && machine.records().rowCount() > 3; }));
                machine.table().setCurrentIndex(machine.records().index(1, 0));
                QCoreApplication::processEvents();
                QVERIFY(keepPicture(machine.window.grab(),
                                    QStringLiteral("topics-%1-%2").arg(name(theme)).arg(size.width())));
            }
        }
        Theme::instance().set(ThemeName::Dark);
    }
};

ORDERLAB_TEST(tst_topics_panel, QApplication, TestTopicsPanel)
#include "tst_topics_panel.moc"
