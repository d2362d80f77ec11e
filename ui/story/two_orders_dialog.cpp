#include "ui/story/two_orders_dialog.h"

#include "ui/models/format.h"
#include "ui/models/orders_model.h"
#include "ui/panels/delegates.h"
#include "ui/panels/labels.h"
#include "ui/panels/sequence_view.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QTableView>

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr int two_stories_every_ms = 200;
constexpr std::size_t two_stories_steps_max = 500;

/// A row that differs has its mark, bold words and a tint.
class TwoStepsDelegate final : public CellDelegate {
public:
    explicit TwoStepsDelegate(bool mono, QObject* parent) : CellDelegate(mono, parent) {}
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        CellDelegate::initStyleOption(option, index);
        if (AlignedSteps::Kind(index.data(TwoStoriesModel::KindRole).toInt()) != AlignedSteps::Kind::Same) {
            option->backgroundBrush = colours().raised;
            option->font.setWeight(QFont::DemiBold);
        }
        const QVariant tone = index.data(TwoStoriesModel::ToneRole);
        if (!tone.isValid())
            return;
        switch (Tone(tone.toInt())) {
        case Tone::Bad: option->palette.setColor(QPalette::Text, colours().failure); break;
        case Tone::Dead: option->palette.setColor(QPalette::Text, colours().dead); break;
        case Tone::Waiting: option->palette.setColor(QPalette::Text, colours().warning); break;
        default: break;
        }
    }
};

} // namespace

TwoOrdersDialog::TwoOrdersDialog(LabBridge& bridge, OrderId left, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_left(left)
{
    setObjectName(QStringLiteral("twoOrders"));
    setWindowTitle(tr("Two orders side by side"));
    resize(1'080, 760);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(8);
    column->addWidget(makeHead());
    m_state = mutedLabel({}, this);
    m_state->setObjectName(QStringLiteral("twoOrdersState"));
    m_state->setWordWrap(true);
    column->addWidget(m_state);
    column->addWidget(makeViews(), 1);
    connect(&bridge.frames(), &FramePump::frame, this, [this](const Frame& frame) {
        const bool concerned =
            frame.move == Move::Jump || std::any_of(frame.fresh.begin(), frame.fresh.end(), [this](const Entry& entry) {
                return entry.order == m_left || entry.order == m_right;
            });
        if (!concerned || m_is_planned)
            return;
        m_is_planned = true;
        QTimer::singleShot(two_stories_every_ms, this, &TwoOrdersDialog::refresh);
    });
    offerOrders();
    refresh();
    m_field->setFocus();
}

QWidget* TwoOrdersDialog::makeHead()
{
    auto* head = new QWidget(this);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    auto* label = new QLabel(tr("Compare order %1 &with").arg(shortId(m_left)), head);
    m_field = new QLineEdit(head);
    m_field->setObjectName(QStringLiteral("otherOrder"));
    m_field->setPlaceholderText(tr("the end of an order's id, or a customer"));
    m_field->setClearButtonEnabled(true);
    m_field->setMaxLength(80);
    label->setBuddy(m_field);
    m_follows = new QCheckBox(tr("the order that is selected in the window"), head);
    m_follows->setObjectName(QStringLiteral("followSelected"));
    m_follows->setChecked(true);
    m_follows->setToolTip(tr("Select another order in the table or in the event flow, and it stands at the right"));
    row->addWidget(label);
    row->addWidget(m_field, 1);
    row->addWidget(m_follows);
    connect(m_field, &QLineEdit::returnPressed, this, &TwoOrdersDialog::takeText);
    return head;
}

QWidget* TwoOrdersDialog::makeViews()
{
    auto* views = new QSplitter(Qt::Vertical, this);
    views->setChildrenCollapsible(false);
    auto* pictures = new QSplitter(Qt::Horizontal, views);
    pictures->setChildrenCollapsible(false);
    for (SequenceView** view : {&m_left_view, &m_right_view}) {
        *view = new SequenceView(pictures);
        (*view)->setAllGroups(true);
        pictures->addWidget(*view);
    }
    m_left_view->setObjectName(QStringLiteral("leftStory"));
    m_left_view->setAccessibleName(tr("Sequence of the first order's events"));
    m_right_view->setObjectName(QStringLiteral("rightStory"));
    m_right_view->setAccessibleName(tr("Sequence of the second order's events"));
    m_table = new QTableView(views);
    m_table->setObjectName(QStringLiteral("twoStories"));
    m_table->setAccessibleName(tr("Steps of both orders side by side"));
    m_table->setModel(&m_model);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(metrics::row_height);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setItemDelegate(new TwoStepsDelegate(false, m_table));
    for (const int column : {int(TwoStoriesModel::LeftTime), int(TwoStoriesModel::RightTime)}) {
        m_table->setItemDelegateForColumn(column, new TwoStepsDelegate(true, m_table));
        m_table->setColumnWidth(column, 80);
    }
    m_table->setColumnWidth(TwoStoriesModel::Mark, 36);
    m_table->horizontalHeader()->setMinimumSectionSize(30);
    for (const int column : {int(TwoStoriesModel::LeftStep), int(TwoStoriesModel::RightStep)})
        m_table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                m_left_view->selectStep(current.isValid() ? current.data(TwoStoriesModel::LeftRole).toInt() : -1);
                m_right_view->selectStep(current.isValid() ? current.data(TwoStoriesModel::RightRole).toInt() : -1);
            });
    const auto select = [this](int role, int step) {
        for (int row = 0; row < m_model.rowCount(); ++row) {
            if (m_model.index(row, 0).data(role).toInt() == step)
                m_table->setCurrentIndex(m_model.index(row, TwoStoriesModel::Mark));
        }
    };
    connect(m_left_view, &SequenceView::stepSelected, this,
            [select](int step) { select(TwoStoriesModel::LeftRole, step); });
    connect(m_right_view, &SequenceView::stepSelected, this,
            [select](int step) { select(TwoStoriesModel::RightRole, step); });
    return views;
}

/// "1f0ba2c3 · ada · 19.99 EUR · paid", the newest first.
void TwoOrdersDialog::offerOrders()
{
    const JournalNames& names = m_bridge.frames().names();
    const std::vector<OrderState>& orders = m_bridge.frames().world().orders();
    QStringList offered;
    for (auto order = orders.rbegin(); order != orders.rend() && offered.size() < offered_max; ++order) {
        if (order->id == m_left)
            continue;
        offered << QStringLiteral("%1 · %2 · %3 %4 · %5")
                       .arg(shortId(order->id), names.text(order->user), amountText(order->amount_minor),
                            names.text(order->currency), statusWords(statusText(*order)));
    }
    auto* completer = new QCompleter(offered, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    m_field->setCompleter(completer);
    connect(completer, qOverload<const QString&>(&QCompleter::activated), this, &TwoOrdersDialog::takeText,
            Qt::QueuedConnection);
}

/// An id or the end of one; else the only order whose customer is called so.
void TwoOrdersDialog::takeText()
{
    const QString text = m_field->text().section(QStringLiteral(" · "), 0, 0).trimmed().toLower();
    if (text.isEmpty())
        return;
    const JournalNames& names = m_bridge.frames().names();
    std::vector<OrderId> found;
    for (const OrderState& order : m_bridge.frames().world().orders()) {
        const bool is_id = QString::fromStdString(order.id.toString()).endsWith(text);
        if (order.id != m_left && (is_id || names.text(order.user).toLower() == text))
            found.push_back(order.id);
    }
    if (found.size() == 1) {
        compareWith(found.front());
        return;
    }
    m_problem = found.empty() ? tr("No other order's id ends with “%1”, and no customer is called so.").arg(text)
                              : tr("%1 orders are meant by “%2”: write more of the id.").arg(found.size()).arg(text);
    showState();
}

void TwoOrdersDialog::compareWith(OrderId right)
{
    m_problem.clear();
    m_right = right;
    refresh();
    m_table->setCurrentIndex({});
    for (int row = 0; row < m_model.rowCount(); ++row) { // What one looks for.
        const auto kind = AlignedSteps::Kind(m_model.index(row, 0).data(TwoStoriesModel::KindRole).toInt());
        if (kind != AlignedSteps::Kind::Same) {
            m_table->setCurrentIndex(m_model.index(row, TwoStoriesModel::Mark));
            break;
        }
    }
}

void TwoOrdersDialog::follow(OrderId id)
{
    if (m_follows->isChecked() && !id.isNull() && id != m_left && id != m_right)
        compareWith(id);
}

QString TwoOrdersDialog::nameOf(OrderId id, const Story& story) const
{
    if (id.isNull())
        return tr("no order yet");
    QStringList parts{shortId(id)};
    if (!story.facts.customer.isEmpty())
        parts << story.facts.customer << amountText(story.facts.amount_minor) + QLatin1Char(' ') + story.facts.currency;
    if (const OrderState* order = m_bridge.store().findOrder(id))
        parts << statusWords(statusText(*order));
    return parts.join(QStringLiteral(" · "));
}

void TwoOrdersDialog::refresh()
{
    m_is_planned = false;
    const FramePump& frames = m_bridge.frames();
    const auto told = [&](OrderId id) {
        if (id.isNull())
            return Story();
        return tellStory(collectStory(frames.timeline(), frames.names().names(), id, two_stories_steps_max),
                         frames.names());
    };
    Story left = told(m_left), right = told(m_right);
    QStringList groups;
    for (const std::string& group : m_bridge.session().config().workers)
        groups << toQt(group);
    const QString store = m_bridge.session().texts().store_lane;
    m_left_view->show(left, frames.names(), groups, store);
    m_right_view->show(right, frames.names(), groups, store);
    const QString left_name = nameOf(m_left, left), right_name = nameOf(m_right, right);
    m_model.show(std::move(left), std::move(right), left_name, right_name, frames.names());
    showState();
}

void TwoOrdersDialog::showState()
{
    restyle(m_state, "role", m_problem.isEmpty() ? QStringLiteral("muted") : QStringLiteral("error"));
    if (!m_problem.isEmpty())
        m_state->setText(m_problem);
    else if (m_right.isNull())
        m_state->setText(tr("Write the end of another order's id, or select an order in the window's table."));
    else if (m_model.right().steps.empty())
        m_state->setText(
            tr("The journal tells nothing of order %1: it was made in an earlier run.").arg(shortId(m_right)));
    else if (m_model.differences() == 0)
        m_state->setText(tr("The same happened to both."));
    else
        m_state->setText(tr("%n steps differ (≠ another outcome, ◂ only at the left, ▸ only at the right).", nullptr,
                            int(m_model.differences())));
}

} // namespace orderlab::ui
