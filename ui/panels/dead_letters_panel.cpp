#include "ui/panels/dead_letters_panel.h"

#include "ui/dialogs/batch_edit_dialog.h"
#include "ui/dialogs/discard_dialog.h"
#include "ui/dialogs/replay_dialog.h"
#include "ui/models/dead_letter_text.h"
#include "ui/models/format.h"
#include "ui/models/orders_model.h"
#include "ui/panels/content_or_empty.h"
#include "ui/panels/delegates.h"
#include "ui/panels/labels.h"
#include "ui/theme/core_text.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QTextBrowser>
#include <QTreeView>
#include <QUrl>

namespace orderlab::ui {

namespace {

constexpr int narrow_tree_width = 640; ///< Of the tree.
constexpr int cause_width_min = 110;
constexpr std::array states = {DeadLetterState::Waiting, DeadLetterState::Replayed, DeadLetterState::Discarded};

} // namespace

DeadLettersPanel::DeadLettersPanel(LabBridge& bridge, QWidget* parent)
    : Panel(tr("Dead letters"), parent), m_bridge(bridge), m_desk(bridge.deadLetters()),
      m_model(bridge.session().config().group_prefix)
{
    setObjectName(QStringLiteral("deadLettersDock"));
    // Before the tree is connected: it would make the neighbour of a letter that goes current, which nobody has chosen.
    const auto deselect = [this](const QModelIndex& above, int first, int last) {
        QModelIndex gone = m_tree ? m_tree->currentIndex() : QModelIndex();
        while (gone.isValid() && gone.parent() != above)
            gone = gone.parent();
        if (gone.isValid() && gone.row() >= first && gone.row() <= last)
            m_tree->selectionModel()->clear();
    };
    connect(&m_model, &QAbstractItemModel::rowsAboutToBeRemoved, this, deselect);
    QWidget* bar = makeBar(this);
    m_content = setTabContent(bar, makeContent(this));
    connect(&m_desk, &DeadLetterDesk::changed, this, &DeadLettersPanel::refresh);
    connect(&bridge.range(), &TimeRange::changed, this, &DeadLettersPanel::refresh);
    connect(&m_desk, &DeadLetterDesk::discardEnded, this, [this](const QString& problem) {
        if (!problem.isEmpty())
            Q_EMIT m_bridge.commandFailed(tr("The dead letter was not discarded. %1").arg(problem));
    });
    connect(&bridge.session(), &Session::stateChanged, this, &DeadLettersPanel::showEmptyState);
    connect(&Theme::instance(), &Theme::changed, this, &DeadLettersPanel::showSelected);
    refresh();
}

QWidget* DeadLettersPanel::makeBar(QWidget* parent)
{
    auto* bar = new QWidget(parent);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(6, 2, 6, 2);
    row->setSpacing(8);
    m_state = new QComboBox(bar);
    m_state->setObjectName(QStringLiteral("letterState"));
    m_state->setAccessibleName(tr("Show dead letters that are"));
    for (const DeadLetterState state : states)
        m_state->addItem(coreText(name(state)));
    m_count = mutedLabel({}, bar);
    m_count->setObjectName(QStringLiteral("letterCount"));
    m_replay = new QPushButton(bar);
    m_replay->setObjectName(QStringLiteral("replayLetters"));
    m_replay->setToolTip(tr("Give it back to the group that failed, after a look at what that would do (Enter)"));
    m_edit = new QPushButton(tr("Edit and replay…"), bar);
    m_edit->setObjectName(QStringLiteral("editLetter"));
    m_edit->setToolTip(tr("Correct the event's data, or one field in all of a cause, then replay (E)"));
    m_discard = new QPushButton(tr("Discard…"), bar);
    m_discard->setObjectName(QStringLiteral("discardLetter"));
    m_discard->setToolTip(tr("Decide that it is not to be done; asks first (Delete)"));
    row->addWidget(m_state);
    row->addWidget(m_count);
    row->addStretch(1);
    for (QPushButton* button : {m_replay, m_edit, m_discard})
        row->addWidget(button);
    connect(m_state, &QComboBox::currentIndexChanged, this,
            [this](int index) { m_desk.setState(states[std::size_t(index)]); });
    connect(m_replay, &QPushButton::clicked, this, &DeadLettersPanel::replaySelected);
    connect(m_edit, &QPushButton::clicked, this, &DeadLettersPanel::editSelected);
    connect(m_discard, &QPushButton::clicked, this, &DeadLettersPanel::discardSelected);
    return bar;
}

QWidget* DeadLettersPanel::makeContent(QWidget* parent)
{
    auto* split = new QSplitter(Qt::Horizontal, parent);
    split->setChildrenCollapsible(false);
    m_tree = new QTreeView(split);
    m_tree->setObjectName(QStringLiteral("deadLettersTree"));
    setFocusProxy(m_tree);
    m_tree->setAccessibleName(tr("Dead letters by cause"));
    m_tree->setModel(&m_model);
    m_tree->setItemDelegate(new RowDelegate(false, m_tree));
    for (const int column : {DeadLettersModel::Order, DeadLettersModel::Attempts, DeadLettersModel::When})
        m_tree->setItemDelegateForColumn(column, new RowDelegate(true, m_tree));
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(16);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setExpandsOnDoubleClick(true);
    m_tree->header()->setStretchLastSection(true);
    m_tree->header()->setHighlightSections(false);
    m_tree->installEventFilter(this);
    m_tree->viewport()->installEventFilter(this);
    m_detail = new QTextBrowser(split);
    m_detail->setObjectName(QStringLiteral("letterDetail"));
    m_detail->setAccessibleName(tr("The selected dead letter"));
    m_detail->setFont(Theme::textFont(12));
    m_detail->setOpenLinks(false);
    connect(m_detail, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        if (link.scheme() == moment_scheme)
            m_bridge.places().goToTime(link.path().toLongLong());
    });
    m_detail->setFrameShape(QFrame::NoFrame);
    m_detail->setMinimumWidth(180);
    m_detail->document()->setDocumentMargin(8);
    split->setStretchFactor(0, 8);
    split->setStretchFactor(1, 5);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        showSelected();
        if (const DeadLetter* letter = m_model.letterAt(current); letter && !letter->event.order.isNull())
            Q_EMIT orderSelected(letter->event.order);
    });
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &DeadLettersPanel::showSelected);
    connect(m_tree, &QTreeView::doubleClicked, this, &DeadLettersPanel::goToSelected);
    connect(m_tree, &QTreeView::customContextMenuRequested, this, &DeadLettersPanel::openMenu);
    return split;
}

std::vector<DeadLetter> DeadLettersPanel::lettersInRange() const
{
    std::vector<DeadLetter> letters = m_desk.letters();
    if (const auto& span = m_bridge.range().span())
        std::erase_if(letters, [&](const DeadLetter& letter) {
            const std::int64_t at_us = toMicros(letter.created_at);
            return !span->meets(at_us, at_us);
        });
    return letters;
}

/// Of a range only the letters that are shown count; else also those of which no more is known than that they are
/// there.
std::vector<DeadLetterCause> DeadLettersPanel::causesOf(const std::vector<DeadLetter>& letters) const
{
    std::vector<DeadLetterCause> causes = m_desk.causes();
    if (!m_bridge.range().span())
        return causes;
    for (DeadLetterCause& cause : causes)
        cause.count = std::count_if(letters.begin(), letters.end(), [&](const DeadLetter& letter) {
            return letter.group == cause.group && letter.error == cause.error && letter.event.type == cause.event_type;
        });
    std::erase_if(causes, [](const DeadLetterCause& cause) { return cause.count == 0; });
    return causes;
}

void DeadLettersPanel::refresh()
{
    const bool was_empty = m_model.rowCount() == 0;
    const std::vector<DeadLetter> letters = lettersInRange();
    const std::vector<DeadLetterCause> causes = causesOf(letters);
    m_model.show(causes, letters);
    for (int row = 0; row < m_model.rowCount(); ++row)
        m_tree->setFirstColumnSpanned(row, {}, true);
    if (was_empty && m_model.rowCount() > 0) {
        if (m_model.rowCount() == 1)
            m_tree->expand(m_model.index(0, 0));
        m_tree->setCurrentIndex(m_model.index(0, 0));
    }
    std::int64_t shown = 0;
    for (const DeadLetterCause& cause : causes)
        shown += cause.count;
    m_count->setText(shown == 0 ? QString()
                                : tr("%1 in %2")
                                      .arg(grouped(shown), counted(std::int64_t(causes.size()),
                                                                   QT_TRANSLATE_N_NOOP("counted", "%n causes"))));
    const std::int64_t waiting = m_desk.waiting();
    setWindowTitle(waiting > 0 ? tr("Dead letters %1").arg(grouped(waiting)) : tr("Dead letters"));
    showEmptyState();
    showActions();
}

void DeadLettersPanel::showEmptyState()
{
    QString reason;
    if (m_bridge.session().state() != Session::State::Running)
        reason = m_bridge.session().stateText();
    else if (const QString& why_not = m_bridge.commands().capabilities().whyNot(Ask::DecideDeadLetters);
             !why_not.isEmpty())
        reason = tr("The journals tell that %1 wait.").arg(grouped(m_bridge.frames().world().deadLettersWaiting()))
                 + QStringLiteral("\n\n") + why_not;
    else if (!m_desk.problem().isEmpty())
        reason = tr("Dead letters cannot be read. %1").arg(m_desk.problem());
    else if (!m_desk.isKnown())
        reason = tr("Looking…");
    else if (m_bridge.range().span() && !m_desk.letters().empty())
        reason = tr("None of the dead letters was given up in the chosen range.");
    else if (m_desk.state() == DeadLetterState::Waiting)
        reason =
            tr("No dead letters wait.\n\nAn event that a group cannot handle, however often it tries, is kept here "
               "whole until a person decides; the events behind it go on. To see one, create an order for the "
               "customer user-poison.");
    else
        reason = m_desk.state() == DeadLetterState::Replayed ? tr("Nobody has replayed a dead letter yet.")
                                                             : tr("Nobody has discarded a dead letter yet.");
    m_content->show(m_model.rowCount() > 0, reason);
}

/// Where letters lie elsewhere, the sentence counts them.
void DeadLettersPanel::showFrame(const Frame&)
{
    if (m_model.rowCount() == 0)
        showEmptyState();
}

void DeadLettersPanel::showSelected()
{
    const QModelIndex current = m_tree->currentIndex();
    const int scrolled = m_detail->verticalScrollBar()->value();
    const QVariant before = m_detail->property("shown");
    QVariant now;
    if (const DeadLetter* letter = m_model.letterAt(current)) {
        now = QString::fromStdString(letter->id.toString());
        m_detail->setHtml(letterHtml(*letter));
    } else if (const DeadLetterCause* cause = m_model.causeAt(current)) {
        m_detail->setHtml(causeHtml(*cause));
    } else {
        m_detail->clear();
    }
    m_detail->setProperty("shown", now);
    if (now == before)
        m_detail->verticalScrollBar()->setValue(scrolled);
    showActions();
}

const DeadLetter* DeadLettersPanel::waitingLetter() const
{
    const DeadLetter* letter = m_model.letterAt(m_tree->currentIndex());
    return letter && letter->state == DeadLetterState::Waiting ? letter : nullptr;
}

void DeadLettersPanel::showActions()
{
    const DeadLetterCause* cause = m_model.causeAt(m_tree->currentIndex());
    const bool waits = m_desk.state() == DeadLetterState::Waiting && !m_desk.isReplaying();
    m_replay->setText(cause && cause->count > 1 ? tr("Replay all %1…").arg(grouped(cause->count)) : tr("Replay…"));
    const DeadLetter* letter = waitingLetter();
    const bool is_event = letter && !letter->event.undecodable;
    const std::vector<DeadLetter> known = m_model.lettersOf(m_tree->currentIndex());
    const bool are_many = known.size() > 1 && !known.front().event.undecodable;
    m_edit->setText(are_many ? tr("Edit all and replay…") : tr("Edit and replay…"));
    m_replay->setEnabled(waits && (cause || is_event));
    m_edit->setEnabled(waits && (is_event || are_many));
    m_discard->setEnabled(waits && letter);
}

void DeadLettersPanel::replaySelected()
{
    if (!m_replay->isEnabled())
        return;
    LetterChoice choice;
    QString what;
    if (const DeadLetter* letter = waitingLetter()) {
        choice.id = letter->id;
        what = tr("Replay %1 of order %2 to %3?")
                   .arg(toQt(topicName(letter->event.type)), shortId(letter->event.order),
                        m_model.groupText(letter->group));
    } else if (const DeadLetterCause* cause = m_model.causeAt(m_tree->currentIndex())) {
        choice.filter.group = cause->group;
        choice.filter.error = cause->error;
        choice.filter.event_type = cause->event_type;
        what = tr("Replay all that %1 gave up on: %2?").arg(m_model.groupText(cause->group), toQt(cause->error));
    } else {
        return;
    }
    auto* dialog = new ReplayDialog(m_desk, std::move(choice), what, nullptr, this);
    if (const DeadLetter* letter = waitingLetter())
        dialog->watch([this, order = letter->event.order] { return orderOutcome(order); });
    connect(dialog, &QDialog::finished, this, &DeadLettersPanel::showActions);
    dialog->show();
}

void DeadLettersPanel::editSelected()
{
    if (!m_edit->isEnabled())
        return;
    const DeadLetter* letter = waitingLetter();
    if (!letter) {
        const DeadLetterCause* cause = m_model.causeAt(m_tree->currentIndex());
        auto* many = new BatchEditDialog(m_desk, m_model.lettersOf(m_tree->currentIndex()), cause->count,
                                         m_model.groupText(cause->group), this);
        connect(many, &QDialog::finished, this, &DeadLettersPanel::showActions);
        many->show();
        return;
    }
    LetterChoice choice;
    choice.id = letter->id;
    const QString what =
        tr("Correct %1 of order %2, then replay it to %3")
            .arg(toQt(topicName(letter->event.type)), shortId(letter->event.order), m_model.groupText(letter->group));
    auto* dialog = new ReplayDialog(m_desk, std::move(choice), what, &letter->event, this);
    dialog->watch([this, order = letter->event.order] { return orderOutcome(order); });
    dialog->show();
}

QString DeadLettersPanel::orderOutcome(OrderId id) const
{
    const OrderState* order = m_bridge.store().findOrder(id);
    return order ? tr("Its order is %1 now.").arg(statusWords(statusText(*order))) : QString();
}

void DeadLettersPanel::goToSelected()
{
    const DeadLetter* letter = m_model.letterAt(m_tree->currentIndex());
    if (!letter)
        return;
    if (const auto moment = momentOf(m_bridge.frames(), *letter))
        m_bridge.places().go(*moment);
    else
        Q_EMIT told(tr("The journal does not have the moment at which this event was given up: that was "
                       "in an earlier run, or so long ago that its entries had to make room."));
}

void DeadLettersPanel::discardSelected()
{
    const DeadLetter* letter = waitingLetter();
    if (!letter || !m_discard->isEnabled())
        return;
    const Uuid id = letter->id; // The letter may go while the question stands.
    const QString topic = toQt(topicName(letter->event.type)), group = m_model.groupText(letter->group);
    DiscardDialog question(
        letter->event.undecodable
            ? tr("Discard a record of %1 that is none of our events?").arg(topic)
            : tr("Discard %1 of order %2, which %3 gave up on?").arg(topic, shortId(letter->event.order), group),
        this);
    if (question.exec() == QDialog::Accepted)
        m_desk.discard(id, question.reason());
}

void DeadLettersPanel::openMenu(const QPoint& at)
{
    QMenu menu(this);
    menu.addAction(m_replay->text(), this, &DeadLettersPanel::replaySelected)->setEnabled(m_replay->isEnabled());
    menu.addAction(m_edit->text(), this, &DeadLettersPanel::editSelected)->setEnabled(m_edit->isEnabled());
    menu.addAction(m_discard->text(), this, &DeadLettersPanel::discardSelected)->setEnabled(m_discard->isEnabled());
    menu.addAction(tr("Go to its moment\tG"), this, &DeadLettersPanel::goToSelected)
        ->setEnabled(m_model.letterAt(m_tree->currentIndex()) != nullptr);
    menu.exec(m_tree->viewport()->mapToGlobal(at));
}

/// The cause takes what is left; what is in the detail anyway gives way where there is little room.
void DeadLettersPanel::fitColumns()
{
    const std::pair<int, int> widths[] = {{DeadLettersModel::Group, 90},
                                          {DeadLettersModel::Order, 84},
                                          {DeadLettersModel::When, 112},
                                          {DeadLettersModel::Event, 132},
                                          {DeadLettersModel::Attempts, 68}};
    const int room = m_tree->viewport()->width();
    const bool narrow = room < narrow_tree_width;
    m_tree->setColumnHidden(DeadLettersModel::Event, narrow);
    m_tree->setColumnHidden(DeadLettersModel::Attempts, narrow);
    int left = room;
    for (const auto& [column, width] : widths) {
        m_tree->setColumnWidth(column, width);
        left -= m_tree->isColumnHidden(column) ? 0 : width;
    }
    m_tree->setColumnWidth(DeadLettersModel::Cause, std::max(cause_width_min, left));
}

bool DeadLettersPanel::eventFilter(QObject* object, QEvent* event)
{
    if (object == m_tree->viewport() && event->type() == QEvent::Resize)
        fitColumns();
    if (object != m_tree || event->type() != QEvent::KeyPress)
        return Panel::eventFilter(object, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: replaySelected(); return true;
    case Qt::Key_E: editSelected(); return true;
    case Qt::Key_G: goToSelected(); return true;
    case Qt::Key_Delete: discardSelected(); return true;
    default: return Panel::eventFilter(object, event);
    }
}

} // namespace orderlab::ui
