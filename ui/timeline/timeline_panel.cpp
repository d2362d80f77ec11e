#include "ui/timeline/timeline_panel.h"

#include "journal/query_completions.h"
#include "ui/models/format.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"
#include "ui/worlds/worlds.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStringListModel>
#include <QTimer>

namespace orderlab::ui {

namespace {

constexpr int refresh_every_ms = 50;
constexpr int narrow_width = 760;
constexpr int find_width = 150, find_width_narrow = 110;
constexpr int refresh_live_ms = 250; ///< Where nobody moves it; each change of a label lays out the window anew.

/// "event-delivered order-created 0:12 to payment-1", in few words.
QString entryLine(const Entry& entry, const JournalNames& names)
{
    QStringList words{toQt(name(entry.kind))};
    if (entry.topic != 0)
        words << names.text(entry.topic);
    if (entryKindRow(entry.kind).fields.has(entry_marks::offset) && entry.offset >= 0)
        words << QStringLiteral("%1:%2").arg(entry.partition).arg(entry.offset);
    if (entry.actor != 0)
        words << names.groupLabel(entry.actor);
    else if (entry.group != 0)
        words << names.groupLabel(entry.group);
    if (entry.detail != 0)
        words << names.text(entry.detail);
    if (!entry.order.isNull())
        words << TimelinePanel::tr("order %1").arg(shortId(OrderId(entry.order)));
    return words.join(QLatin1Char(' '));
}

} // namespace

TimelinePanel::TimelinePanel(LabBridge& bridge, QWidget* parent) : QWidget(parent), m_bridge(bridge)
{
    setObjectName(QStringLiteral("timelinePanel"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 6, 14, 4);
    column->setSpacing(4);
    auto* head = new QHBoxLayout;
    head->setSpacing(10);
    QLabel* const heading = headingLabel(tr("Timeline"), this);
    heading->setObjectName(QStringLiteral("timelineHeading"));
    head->addWidget(heading);
    m_finder = new EntryFinder(bridge, this);
    m_find = makeFind();
    head->addWidget(m_find, 2);
    m_hits = mutedLabel({}, this);
    m_hits->setObjectName(QStringLiteral("findHits"));
    head->addWidget(m_hits);
    m_moment = new QLabel(this);
    m_moment->setObjectName(QStringLiteral("momentLine"));
    m_moment->setFont(Theme::monoFont(11.5, QFont::Medium));
    head->addWidget(new SteadyRoom(m_moment));
    m_last = mutedLabel({}, this);
    m_last->setObjectName(QStringLiteral("lastEntry"));
    m_last->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    head->addWidget(m_last, 1);
    makeFate(head);
    m_range = new QPushButton(this);
    m_range->setObjectName(QStringLiteral("rangeButton"));
    m_range->setProperty("link", true);
    m_range->setAccessibleName(tr("Chosen range"));
    m_range->setToolTip(tr("Tables and charts show only what was under way in this range. Click or press "
                           "Escape to see all"));
    head->addWidget(m_range);
    m_lanes = new QPushButton(tr("Groups"), this);
    m_lanes->setObjectName(QStringLiteral("lanesButton"));
    m_lanes->setProperty("link", true);
    m_lanes->setCheckable(true);
    m_lanes->setToolTip(tr("A lane for each consumer group (G)"));
    head->addWidget(m_lanes);
    m_fork = new QPushButton(tr("Fork here…"), this);
    m_fork->setObjectName(QStringLiteral("forkButton"));
    m_fork->setProperty("link", true);
    m_fork->setToolTip(tr("A second world that is the same until here (F)"));
    m_fork->setVisible(bridge.worlds() != nullptr);
    head->addWidget(m_fork);
    m_live = new QPushButton(this);
    m_live->setObjectName(QStringLiteral("liveButton"));
    m_live->setProperty("link", true);
    m_live->setToolTip(tr("Show what happens now (L)"));
    head->addWidget(m_live);
    column->addLayout(head);
    m_view = new TimelineView(bridge, this);
    m_view->setFinder(m_finder);
    if (m_fate)
        m_view->setFate(m_fate);
    column->addWidget(m_view);
    connect(m_range, &QPushButton::clicked, &bridge.range(), &TimeRange::clear);
    connect(&bridge.range(), &TimeRange::changed, this, &TimelinePanel::showRange);
    connect(m_lanes, &QPushButton::toggled, m_view, &TimelineView::showLanes);
    connect(m_view, &TimelineView::lanesShown, m_lanes, &QPushButton::setChecked);
    showRange();
    connect(m_live, &QPushButton::clicked, this, [this] { m_bridge.player().toEnd(); });
    connect(m_fork, &QPushButton::clicked, this, &TimelinePanel::forkWanted);
    connect(m_view, &TimelineView::forkWanted, this, &TimelinePanel::forkWanted);
    connect(m_view, &TimelineView::bookmarkWanted, this, &TimelinePanel::askForBookmark);
    connect(&bridge.frames(), &FramePump::momentChanged, this, &TimelinePanel::refreshSoon);
    connect(&bridge.frames(), &FramePump::grown, this, &TimelinePanel::refreshSoon);
    installEventFilter(this);
    refresh();
}

QLineEdit* TimelinePanel::makeFind()
{
    auto* find = new QLineEdit(this);
    find->setObjectName(QStringLiteral("findField"));
    find->setAccessibleName(tr("Find entries"));
    find->setPlaceholderText(tr("find: attempt-failed group=payment"));
    find->setToolTip(tr("Entries by kind and fields, and by what came before or after: "
                        "gateway-charged and preceded-by gateway-charged same order. Enter: the next one, "
                        "Shift+Enter: the one before (Ctrl+Shift+F)"));
    find->setClearButtonEnabled(true);
    find->setMaxLength(int(Query::bytes_max));
    find->setMinimumWidth(find_width);
    find->setMaximumWidth(340);
    find->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_completions = new QStringListModel(this);
    auto* completer = new QCompleter(m_completions, find);
    completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    find->setCompleter(completer);
    connect(find, &QLineEdit::textEdited, this, &TimelinePanel::complete);
    connect(find, &QLineEdit::textChanged, this, [this](const QString& text) { m_finder->find(text); });
    connect(m_finder, &EntryFinder::changed, this, &TimelinePanel::showHits);
    find->installEventFilter(this);
    return find;
}

/// Whole texts, so that the chosen one replaces what is typed.
void TimelinePanel::complete()
{
    const std::string text = m_find->text().toStdString();
    const std::size_t cursor = m_find->text().left(m_find->cursorPosition()).toUtf8().size();
    const QueryCompletions found = completionsAt(text, cursor, QueryNames(m_bridge.frames().names().names()));
    QStringList whole;
    for (const std::string& word : found.words)
        whole << QString::fromStdString(text.substr(0, found.begin) + word + text.substr(cursor));
    m_completions->setStringList(whole);
}

bool TimelinePanel::eventFilter(QObject* object, QEvent* event)
{
    if (object == this && event->type() == QEvent::Resize) { // In little room, what is said elsewhere gives way.
        findChild<QLabel*>(QStringLiteral("timelineHeading"))->setVisible(width() >= narrow_width);
        m_find->setMinimumWidth(width() >= narrow_width ? find_width : find_width_narrow);
        if (m_fate_button) {
            const auto& outcome = m_bridge.worlds()->shown().outcome;
            m_fate_button->setVisible(width() >= narrow_width && outcome && !outcome->violations.empty());
        }
    }
    if (object == m_find && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            m_finder->goToNext(!key->modifiers().testFlag(Qt::ShiftModifier));
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            m_find->clear();
            m_view->setFocus();
            return true;
        }
    }
    return QWidget::eventFilter(object, event);
}

void TimelinePanel::makeFate(QHBoxLayout* head)
{
    if (!m_bridge.worlds())
        return;
    m_fate = new FateFinder(m_bridge, this);
    m_fate_button = new QPushButton(this);
    m_fate_button->setObjectName(QStringLiteral("fateButton"));
    m_fate_button->setProperty("link", true);
    m_fate_button->setToolTip(tr("When the broken promise became inevitable: many worlds are run from each "
                                 "moment before it (Ctrl+Shift+P)"));
    head->addWidget(m_fate_button);
    connect(m_fate_button, &QPushButton::clicked, this, &TimelinePanel::findFate);
    connect(m_fate, &FateFinder::changed, this, &TimelinePanel::showFate);
    connect(m_bridge.worlds(), &Worlds::changed, this, &TimelinePanel::showFate);
    showFate();
}

void TimelinePanel::findFate()
{
    if (!m_fate)
        return;
    if (m_fate->isRunning())
        m_fate->cancel();
    else if (!m_fate->find(m_view->order()))
        Q_EMIT told(tr("No promise is broken in this world."));
}

void TimelinePanel::showFate()
{
    const auto& outcome = m_bridge.worlds()->shown().outcome;
    m_fate_button->setVisible(width() >= narrow_width && outcome && !outcome->violations.empty());
    m_fate_button->setText(m_fate->isRunning() ? tr("%1 % · cancel").arg(qRound(m_fate->progress() * 100))
                                               : tr("Point of no return"));
    if (!m_fate->isRunning() && !m_fate->sentence().isEmpty())
        Q_EMIT told(m_fate->sentence());
}

void TimelinePanel::focusFind()
{
    m_find->setFocus(Qt::ShortcutFocusReason);
    m_find->selectAll();
}

void TimelinePanel::findEntries(const QString& expression)
{
    m_find->setText(expression);
    focusFind();
}

void TimelinePanel::showHits()
{
    const QString& problem = m_finder->problem();
    const std::size_t hits = m_finder->hits().size();
    m_hits->setText(m_finder->text().isEmpty() ? QString()
                    : !problem.isEmpty()       ? problem
                    : !m_finder->isDone()      ? tr("looking…")
                    : hits == 0                ? tr("no hit")
                                : counted(std::int64_t(hits), QT_TRANSLATE_N_NOOP("counted", "%n hits")));
    m_hits->setToolTip(problem);
    m_hits->setMaximumWidth(260);
    restyle(m_hits, "role", problem.isEmpty() ? QStringLiteral("muted") : QStringLiteral("warning"));
}

void TimelinePanel::refreshSoon()
{
    if (!std::exchange(m_is_stale, true))
        QTimer::singleShot(m_bridge.frames().isFollowing() ? refresh_live_ms : refresh_every_ms, this,
                           &TimelinePanel::refresh);
}

QString TimelinePanel::momentLine() const
{
    return m_moment->text();
}

void TimelinePanel::refresh()
{
    m_is_stale = false;
    const FramePump& frames = m_bridge.frames();
    const std::int64_t start_us = toMicros(m_bridge.session().startedAt());
    const std::uint64_t end = frames.timeline().endIndex();
    const bool is_live = m_bridge.player().lives();
    QString line;
    if (end > 0 && !(is_live && frames.isFollowing()))
        line = tr("%1 · entry %2 of %3")
                   .arg(momentText(frames.nowUs() - start_us), grouped(std::int64_t(frames.index())),
                        grouped(std::int64_t(end)));
    else if (end > 0)
        line = tr("now · %1").arg(counted(std::int64_t(end), QT_TRANSLATE_N_NOOP("counted", "%n entries")));
    m_moment->setText(line);
    const bool has_last = !frames.isFollowing() && frames.index() > frames.timeline().firstIndex();
    const QString last = has_last ? entryLine(frames.timeline().at(frames.index() - 1), frames.names()) : QString();
    m_last->setText(m_last->fontMetrics().elidedText(last, Qt::ElideRight, std::max(40, m_last->width())));
    m_last->setToolTip(last);
    m_live->setVisible(is_live && !frames.isFollowing());
    m_live->setText(tr("%1 behind · catch up").arg(momentText(m_bridge.player().behindUs())));
}

void TimelinePanel::showRange()
{
    const auto& span = m_bridge.range().span();
    m_range->setVisible(span.has_value());
    if (!span)
        return;
    const std::int64_t start_us = toMicros(m_bridge.session().startedAt());
    m_range->setText(tr("%1 to %2 ✕").arg(momentText(span->from_us - start_us), momentText(span->to_us - start_us)));
}

void TimelinePanel::askForBookmark()
{
    bool is_named = false;
    const QString name =
        QInputDialog::getText(this, tr("Mark this moment"), tr("Name"), QLineEdit::Normal, {}, &is_named);
    if (is_named && !name.trimmed().isEmpty())
        m_view->addBookmark(name.trimmed().left(100));
}

} // namespace orderlab::ui
