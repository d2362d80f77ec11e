#include "ui/topics/topics_panel.h"

#include "ui/models/format.h"
#include "ui/panels/allowed.h"
#include "ui/panels/content_or_empty.h"
#include "ui/panels/counted_list.h"
#include "ui/panels/delegates.h"
#include "ui/panels/fitted_table.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"
#include "ui/topics/readers_delegate.h"
#include "ui/topics/record_text.h"
#include "ui/topics/record_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QTimer>
#include <QToolButton>
#include <QTreeWidget>

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr int topic_list_width = 206;
constexpr int narrow_topics_width = 800; ///< Below that a box takes the list's place.
constexpr int topics_busy_share = 4;     ///< Of the time at most a quarter is spent on asking.
constexpr int topic_role = Qt::UserRole; ///< Of the list's items: the topic's name.

QString sizeOfTopic(const TopicAnswer::Topic& topic)
{
    return topic.ends.empty() ? QStringLiteral("–") : grouped(topic.size());
}

} // namespace

TopicsPanel::TopicsPanel(LabBridge& bridge, QWidget* parent)
    : Panel(tr("Topics"), parent), m_bridge(bridge), m_desk(bridge.topics()), m_model(bridge)
{
    setObjectName(QStringLiteral("topicsDock"));
    QWidget* const bar = makeBar();
    m_content = setTabContent(bar, makeContent());
    setFocusProxy(m_table);
    connect(&m_desk, &TopicDesk::stale, this, &TopicsPanel::markStale);
    connect(&bridge.session(), &Session::stateChanged, this, &TopicsPanel::refresh);
    connect(&bridge.frames(), &FramePump::worldChanged, this, [this] { begin(); });
    connect(&bridge.commands(), &SystemCommands::busChanged, this, [this] { begin(); });
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &TopicsPanel::showSelected); // Somebody has read on.
    fitParts();
    showState();
    showSelected();
}

QWidget* TopicsPanel::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 2, 0, 2);
    row->setSpacing(6);
    m_topic_box = new QComboBox(bar);
    m_topic_box->setObjectName(QStringLiteral("topicBox"));
    m_topic_box->setAccessibleName(tr("Topic"));
    m_topic_box->setMinimumWidth(120);
    m_topic_box->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_partition = new QComboBox(bar);
    m_partition->setObjectName(QStringLiteral("topicPartition"));
    m_partition->setAccessibleName(tr("Partition"));
    m_partition->addItem(tr("all partitions"), -1);
    m_order = new QComboBox(bar);
    m_order->setObjectName(QStringLiteral("topicOrder"));
    m_order->setAccessibleName(tr("Which records come first"));
    m_order->addItem(tr("newest first"), int(PageOrder::NewestFirst));
    m_order->addItem(tr("oldest first"), int(PageOrder::OldestFirst));
    m_seek = new QLineEdit(bar);
    m_seek->setObjectName(QStringLiteral("topicSeek"));
    m_seek->setAccessibleName(tr("Go to an offset or a time"));
    m_seek->setPlaceholderText(tr("offset or time"));
    m_seek->setToolTip(tr("Enter goes to an offset (120), a time since the start (+1.5 s), a time of day (14:03:07) or "
                          "a date with a time (2026-01-31 14:03)."));
    m_seek->setClearButtonEnabled(true);
    m_seek->setMinimumWidth(84);
    m_filter = new QLineEdit(bar);
    m_filter->setObjectName(QStringLiteral("topicFilter"));
    m_filter->setAccessibleName(tr("Show records that contain"));
    m_filter->setPlaceholderText(tr("text, key:…, type:…"));
    m_filter->setToolTip(tr("Enter looks for records with this text in key, headers or value. key:ada looks in the key "
                            "alone, type:failed in the event's type; type:none finds what is no event."));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(96);
    m_publish = new QPushButton(tr("Publish…"), bar);
    m_publish->setObjectName(QStringLiteral("publishRecord"));
    m_publish->setToolTip(tr("Write a record and publish it to a topic"));
    row->addWidget(m_topic_box, 2);
    row->addWidget(m_partition);
    row->addWidget(m_order);
    row->addWidget(m_seek, 2);
    row->addWidget(m_filter, 3);
    row->addWidget(m_publish);
    connect(m_topic_box, &QComboBox::activated, this, [this] { showTopic(m_topic_box->currentData().toString()); });
    connect(m_partition, &QComboBox::activated, this, [this] { begin(); });
    connect(m_order, &QComboBox::activated, this, [this] { begin(); });
    connect(m_seek, &QLineEdit::returnPressed, this, [this] { seek(m_seek->text()); });
    connect(m_seek, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_seek_problem.clear();
        showState();
        if (text.isEmpty() && (m_views.back().time || !m_views.front().from.empty()))
            begin();
    });
    connect(m_filter, &QLineEdit::returnPressed, this, [this] { begin(); });
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty())
            begin();
    });
    connect(m_publish, &QPushButton::clicked, this, &TopicsPanel::publishNew);
    return bar;
}

QWidget* TopicsPanel::makeContent()
{
    m_split = new QSplitter(Qt::Horizontal, this);
    m_split->setChildrenCollapsible(false);
    m_list = countedList(tr("Topics"), topic_list_width, m_split);
    m_list->setObjectName(QStringLiteral("topicList"));
    m_list->setIndentation(0);
    connect(m_list, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        if (item && !item->data(0, topic_role).toString().isEmpty())
            showTopic(item->data(0, topic_role).toString());
    });
    m_split->addWidget(makeRecords(m_split));
    m_view = new RecordView(m_split);
    m_view->setMinimumWidth(236);
    m_split->setStretchFactor(0, 0);
    m_split->setStretchFactor(1, 1);
    m_split->setStretchFactor(2, 0);
    m_split->setSizes({topic_list_width, 460, 270});
    connect(m_view, &RecordView::told, this, &Panel::told);
    connect(m_view, &RecordView::cloneWanted, this, &TopicsPanel::publishLike);
    connect(m_view, &RecordView::redeliveryWanted, this, &TopicsPanel::redeliver);
    auto* copy = new QShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+C")), this);
    copy->setContext(Qt::WidgetWithChildrenShortcut);
    connect(copy, &QShortcut::activated, m_view, &RecordView::copyJson);
    return m_split;
}

QWidget* TopicsPanel::makeRecords(QWidget* parent)
{
    auto* side = new QWidget(parent);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    m_table = new FittedTable(side);
    m_table->setObjectName(QStringLiteral("recordTable"));
    m_table->setAccessibleName(tr("Records of the topic"));
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new CellDelegate(false, m_table));
    for (const int mono :
         {RecordModel::Partition, RecordModel::Offset, RecordModel::Time, RecordModel::Key, RecordModel::Size})
        m_table->setItemDelegateForColumn(mono, new CellDelegate(true, m_table));
    m_table->setItemDelegateForColumn(RecordModel::Readers, new ReadersDelegate(m_table));
    m_table->setColumnWeights({34, 50, 84, 112, 86, 60, 74});
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_records = new ContentOrEmpty(side);
    m_records->setContent(m_table);
    column->addWidget(m_records, 1);
    column->addWidget(makeFoot(side));
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& index) { tellStory(index.row()); });
    connect(m_table, &FittedTable::momentWanted, this, [this](const QModelIndex& index) {
        tellStory(index.row());
        goTo(index.row());
    });
    connect(m_table, &QTableView::customContextMenuRequested, this, &TopicsPanel::openMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (const LogRecord* record = current.isValid() ? m_model.recordAt(current.row()) : nullptr)
                    m_selected = {record->partition, record->offset};
                showSelected();
            });
    return side;
}

QWidget* TopicsPanel::makeFoot(QWidget* parent)
{
    auto* foot = new QWidget(parent);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(6, 0, 6, 0);
    row->setSpacing(6);
    m_state = mutedLabel({}, foot);
    m_state->setObjectName(QStringLiteral("topicState"));
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_stop = new QPushButton(tr("Stop"), foot);
    m_stop->setObjectName(QStringLiteral("stopLooking"));
    m_stop->setProperty("link", true);
    m_stop->setToolTip(tr("Look no further: what was found so far is shown"));
    m_back = new QToolButton(foot);
    m_back->setObjectName(QStringLiteral("topicBack"));
    m_on = new QToolButton(foot);
    m_on->setObjectName(QStringLiteral("topicOn"));
    for (QToolButton* button : {m_back, m_on})
        button->setProperty("segment", QStringLiteral("off"));
    row->addWidget(m_state, 1);
    row->addWidget(m_stop);
    row->addWidget(m_back);
    row->addWidget(m_on);
    connect(m_stop, &QPushButton::clicked, &m_desk, &TopicDesk::cancel);
    connect(m_back, &QToolButton::clicked, this, [this] { turn(-1); });
    connect(m_on, &QToolButton::clicked, this, [this] { turn(+1); });
    return foot;
}

void TopicsPanel::seenChanged()
{
    if (isSeen())
        askLater();
    else
        m_desk.rest();
}

void TopicsPanel::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    fitParts();
}

void TopicsPanel::fitParts()
{
    const bool is_narrow = width() < narrow_topics_width;
    m_list->setVisible(!is_narrow);
    m_topic_box->setVisible(is_narrow);
}

// What is asked for -------------------------------------------------------------------------------------------------

bool TopicsPanel::isNewestFirst() const
{
    return m_order->currentData().toInt() == int(PageOrder::NewestFirst);
}

TopicPageQuery TopicsPanel::query() const
{
    TopicPageQuery query;
    query.topic = m_topic.toStdString();
    if (const int partition = m_partition->currentData().toInt(); partition >= 0)
        query.partition = std::uint16_t(partition);
    query.order = PageOrder(m_order->currentData().toInt());
    query.from = m_views.back().from;
    query.records_max = page_records;
    query.filter = RecordFilter::parse(m_filter->text().toStdString());
    return query;
}

/// From the first page on.
void TopicsPanel::begin()
{
    m_views.assign(1, {});
    m_seek_problem.clear();
    refresh();
}

void TopicsPanel::showTopic(const QString& name)
{
    if (name == m_topic)
        return;
    m_topic = name;
    m_selected.reset();
    m_partition->setCurrentIndex(0);
    showPartitions();
    begin();
}

void TopicsPanel::seek(const QString& text)
{
    if (text.trimmed().isEmpty()) {
        begin();
        return;
    }
    const Session& session = m_bridge.session();
    const auto target = seekTarget(text, session.startedAt(), fromMicros(m_bridge.frames().nowUs()));
    m_seek_problem = target ? QString() : toQt(target.error().message);
    if (target) {
        View view;
        view.time = target->time;
        if (target->offset) // The record itself is the first that is seen.
            view.from.assign(std::max<std::size_t>(1, m_model.topic().partitions),
                             *target->offset + (isNewestFirst() ? 1 : 0));
        m_views.assign(1, view);
        refresh();
    }
    showState();
}

void TopicsPanel::turn(int pages)
{
    if (pages < 0) {
        if (m_views.size() > 1)
            m_views.pop_back();
    } else if (m_model.page().has_more) {
        m_views.back() = {m_model.page().from, {}}; // So that going back comes to the same page.
        if (m_views.size() == 1 && isNewestFirst() && m_seek->text().isEmpty())
            m_views.back() = {};
        m_views.push_back({m_model.page().next, {}});
    }
    m_table->scrollToTop();
    refresh();
}

void TopicsPanel::markStale()
{
    m_is_stale = true;
    if (!isSeen())
        return;
    m_model.refreshReaders();
    askLater();
}

/// Something else is to be seen, at once.
void TopicsPanel::refresh()
{
    ++m_asked;
    m_is_stale = true;
    m_pause_ms = 0;
    if (m_desk.isAsking())
        m_desk.cancel(); // Of what nobody wants to see any more.
    showState();
    askLater();
}

/// Not more often than its pause allows, one question at a time, and only while it is seen.
void TopicsPanel::askLater()
{
    if (!m_is_stale || m_desk.isAsking() || m_is_planned || !isSeen())
        return;
    const qint64 due = m_since_ask.isValid() ? std::max<qint64>(0, m_pause_ms - m_since_ask.elapsed()) : 0;
    m_is_planned = true;
    QTimer::singleShot(int(due), this, [this] {
        m_is_planned = false;
        if (isSeen() && m_is_stale && !m_desk.isAsking())
            ask();
    });
}

void TopicsPanel::ask()
{
    m_problem = !m_desk.whyNone().isEmpty() ? m_desk.whyNone() : m_bridge.session().stateText();
    if (!m_problem.isEmpty() || !m_bridge.session().isRunning()) {
        m_is_stale = false;
        showState();
        return;
    }
    m_is_stale = false;
    m_since_ask.start();
    m_looked_at = 0;
    const TopicQuestion question{query(), m_views.back().time};
    const std::uint64_t asked = m_asked;
    const bool is_asked = m_desk.ask(
        this, question, [this, asked](const Result<TopicAnswer>& answer) { take(answer, asked); },
        [this](std::size_t looked_at) {
            m_looked_at = looked_at;
            showState();
        });
    if (!is_asked)
        m_problem = tooManyQuestions();
    showState();
}

void TopicsPanel::take(const Result<TopicAnswer>& answer, std::uint64_t asked)
{
    m_pause_ms = std::max(refresh_every_ms, int(std::min<qint64>(m_since_ask.elapsed() * topics_busy_share, 20'000)));
    if (asked != m_asked) {
        m_is_stale = true;
        m_pause_ms = 0;
    } else if (!answer && answer.error().code == ErrorCode::Canceled) {
        m_is_stale = true;
    } else if (!answer) {
        m_problem = sentence(answer.error());
        m_is_stale = m_is_stale || answer.error().retry == Retry::Later;
    } else {
        m_problem.clear();
        showTopics(answer->topics);
        m_page_problem = answer->page_problem ? sentence(*answer->page_problem) : QString();
        const auto found = std::ranges::find(answer->topics, answer->asked.topic,
                                             [](const TopicAnswer::Topic& topic) { return topic.topic.name; });
        if (answer->page && found != answer->topics.end()) {
            m_model.show(found->topic, *answer->page);
            const int row = m_selected ? m_model.rowOf(m_selected->first, m_selected->second) : -1;
            if (row >= 0 && m_table->currentIndex().row() != row)
                m_table->selectRow(row);
        } else if (m_topic.toStdString() != answer->asked.topic || answer->asked.topic.empty()) {
            m_is_stale = true; // Now that it is known which there are.
            m_pause_ms = 0;
        } else {
            m_model.clear();
        }
        showPartitions();
        showSelected();
    }
    showState();
    askLater();
}

// What is shown -----------------------------------------------------------------------------------------------------

void TopicsPanel::showTopics(const std::vector<TopicAnswer::Topic>& topics)
{
    if (m_topic.isEmpty() && !topics.empty()) {
        const auto busy =
            std::ranges::find_if(topics, [](const TopicAnswer::Topic& topic) { return topic.size() > 0; });
        m_topic = toQt((busy != topics.end() ? *busy : topics.front()).topic.name);
    }
    const bool is_same =
        std::ranges::equal(topics, m_topics, {}, &TopicAnswer::Topic::topic, &TopicAnswer::Topic::topic);
    m_topics = topics;
    const QSignalBlocker list_blocker(m_list);
    if (!is_same) {
        m_list->clear();
        m_topic_box->clear();
        bool has_others = false;
        for (const TopicAnswer::Topic& topic : m_topics) {
            if (!topic.topic.isOurs() && !std::exchange(has_others, true)) {
                auto* heading = new QTreeWidgetItem(m_list, {tr("Other programs' topics")});
                heading->setFlags(Qt::NoItemFlags);
                heading->setFirstColumnSpanned(true);
            }
            auto* item = new QTreeWidgetItem(m_list);
            item->setText(0, toQt(topic.topic.name));
            item->setData(0, topic_role, item->text(0));
            item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
            item->setFont(1, Theme::monoFont(11.5));
            m_topic_box->addItem(item->text(0), item->text(0));
        }
    }
    int place = 0;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem* item = m_list->topLevelItem(i);
        const QString name = item->data(0, topic_role).toString();
        if (name.isEmpty())
            continue;
        const TopicAnswer::Topic& topic = m_topics[std::size_t(place++)];
        item->setText(1, sizeOfTopic(topic));
        const QString about =
            tr("%1: records %2, partitions %3").arg(name, sizeOfTopic(topic)).arg(topic.topic.partitions);
        item->setToolTip(0, topic.topic.isOurs() ? about : tr("%1. It is only read here.").arg(about));
        item->setToolTip(1, item->toolTip(0));
        if (name == m_topic && m_list->currentItem() != item)
            m_list->setCurrentItem(item);
    }
    m_topic_box->setCurrentIndex(m_topic_box->findData(m_topic));
}

void TopicsPanel::showPartitions()
{
    int partitions = 0;
    for (const TopicAnswer::Topic& topic : m_topics) {
        if (toQt(topic.topic.name) == m_topic)
            partitions = topic.topic.partitions;
    }
    while (m_partition->count() > partitions + 1)
        m_partition->removeItem(m_partition->count() - 1);
    for (int partition = m_partition->count() - 1; partition < partitions; ++partition)
        m_partition->addItem(tr("partition %1").arg(partition), partition);
}

void TopicsPanel::showState()
{
    const QString problem = !m_problem.isEmpty()              ? m_problem
                            : !m_bridge.session().isRunning() ? m_bridge.session().stateText()
                            : m_topics.empty()                ? tr("Looking for topics…")
                                                              : QString();
    m_content->show(problem.isEmpty(), problem);
    const TopicPage& page = m_model.page();
    const int shown = m_model.rowCount();
    const bool is_filtered = !m_filter->text().trimmed().isEmpty();
    const bool is_looking = m_desk.isAsking() && m_asked > 0 && is_filtered && m_looked_at > 0;
    const QString empty = !m_page_problem.isEmpty() ? m_page_problem
                          : is_looking              ? tr("Looking through the topic…")
                          : is_filtered && page.has_more
                              ? tr("No record matches among the %1 that were looked at. \"Look on\" goes through more.")
                                    .arg(grouped(std::int64_t(page.looked_at)))
                          : is_filtered       ? tr("No record matches these words.")
                          : page.size > 0     ? tr("There is no record beyond this place.")
                          : m_topic.isEmpty() ? tr("Choose a topic.")
                                              : tr("No record yet at this moment.");
    m_records->show(shown > 0 && m_page_problem.isEmpty(), empty);
    QString text;
    if (!m_seek_problem.isEmpty())
        text = m_seek_problem;
    else if (is_looking)
        text = tr("looking: %1 of %2 records").arg(grouped(std::int64_t(m_looked_at)), grouped(page.size));
    else if (is_filtered)
        text = tr("%1 found among %2 of %3 records")
                   .arg(grouped(shown), grouped(std::int64_t(page.looked_at)), grouped(page.size));
    else
        text = tr("%1 of %2 records, page %3").arg(grouped(shown), grouped(page.size)).arg(m_views.size());
    const QString role = m_seek_problem.isEmpty() ? QStringLiteral("muted") : QStringLiteral("error");
    if (m_state->property("role") != role)
        restyle(m_state, "role", role);
    m_state->setText(text);
    m_state->setToolTip(text);
    m_stop->setVisible(is_looking);
    m_back->setText(isNewestFirst() ? tr("◂ Newer") : tr("◂ Older"));
    m_on->setText(is_filtered ? tr("Look on ▸") : isNewestFirst() ? tr("Older ▸") : tr("Newer ▸"));
    m_back->setEnabled(m_views.size() > 1);
    m_on->setEnabled(page.has_more);
}

void TopicsPanel::showSelected()
{
    const int row = m_table->currentIndex().row();
    const LogRecord* record = m_table->currentIndex().isValid() ? m_model.recordAt(row) : nullptr;
    m_view->showRecord(m_topic, record, record ? m_model.problemAt(row) : QString(),
                       record ? m_model.readersOf(row) : QList<RecordModel::Reader>());
    const QString why_not = noPublishing();
    allow(m_publish, m_desk.whyNoPublishing());
    const bool is_event = record && m_model.eventAt(row).has_value();
    m_view->allowPublishing(why_not, !why_not.isEmpty()    ? why_not
                                     : !is_event           ? tr("It is none of our events: no group can handle it.")
                                     : readers().isEmpty() ? tr("No group reads this topic.")
                                                           : QString());
}

QString TopicsPanel::noPublishing() const
{
    if (!m_desk.whyNoPublishing().isEmpty())
        return m_desk.whyNoPublishing();
    return m_model.topic().type ? QString()
                                : tr("Only the topics of our events are published to; others are only read.");
}

// What a record leads to --------------------------------------------------------------------------------------------

void TopicsPanel::tellStory(int row)
{
    if (m_model.recordAt(row) && m_model.eventAt(row))
        Q_EMIT orderSelected(m_model.eventAt(row)->order);
}

/// To the moment at which the record was published.
void TopicsPanel::goTo(int row)
{
    const LogRecord* record = m_model.recordAt(row);
    if (!record)
        return;
    const FramePump& frames = m_bridge.frames();
    if (const auto& event = m_model.eventAt(row)) {
        const std::vector<Entry> story = frames.timeline().story(event->order);
        for (const Entry& entry : story) {
            const bool is_it = entry.kind == EntryKind::EventPublished && entry.partition == record->partition
                               && entry.offset == record->offset && frames.names().topic(entry.topic) == event->type;
            if (is_it && m_bridge.places().goToEntry(entry))
                return;
        }
    }
    if (record->appended_at < m_bridge.session().startedAt()) {
        Q_EMIT told(tr("This record is older than what the journal knows: there is no moment to go to."));
        return;
    }
    m_bridge.places().goToTime(toMicros(record->appended_at));
}

void TopicsPanel::openMenu(const QPoint& at)
{
    const QModelIndex index = m_table->indexAt(at);
    if (!index.isValid())
        return;
    QMenu menu(this);
    menu.addAction(tr("Show this moment"), this, [this, index] { goTo(index.row()); });
    if (m_model.eventAt(index.row()))
        menu.addAction(tr("Only this key"), this, [this, index] {
            const QString words = QStringLiteral("key:") + bytesText(m_model.recordAt(index.row())->key);
            m_filter->setText(words);
            begin();
        });
    menu.addAction(tr("Copy as JSON"), m_view, &RecordView::copyJson);
    allow(menu.addAction(tr("Clone…"), this, &TopicsPanel::publishLike), noPublishing());
    menu.exec(m_table->viewport()->mapToGlobal(at));
}

} // namespace orderlab::ui
