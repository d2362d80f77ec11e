#include "ui/models/format.h"
#include "ui/models/orders_model.h"
#include "ui/theme/core_text.h"

namespace orderlab::ui {

// What stands in the cells of the table, and what they are sorted by.

namespace {

constexpr const char* unknown_status = "unknown";
constexpr const char* dead_lettered_status = "dead-lettered";

} // namespace

QString statusWords(const QString& status)
{
    if (status == QLatin1String(unknown_status))
        return OrdersModel::tr("unknown");
    if (status == QLatin1String(dead_lettered_status))
        return OrdersModel::tr("dead-lettered");
    return status == broken_status ? OrdersModel::tr("promise broken") : coreText(status.toStdString());
}

int statusNumber(const OrderState& order)
{
    if (isFinal(order.status))
        return 2 + int(order.status);
    // Accepted before this journal began; as long as the store has not said more, only an end is known.
    if (order.dead_letters == 0 && order.user == 0)
        return 0;
    return order.dead_letters > 0 ? 1 : 2 + int(order.status);
}

QString statusOfNumber(int number)
{
    switch (number) {
    case 0: return QLatin1String(unknown_status);
    case 1: return QLatin1String(dead_lettered_status);
    default: return toQt(name(OrderStatus(number - 2)));
    }
}

QString statusText(const OrderState& order)
{
    return statusOfNumber(statusNumber(order));
}

bool OrdersModel::isEarlier(const OrderState& order) const
{
    return order.user == 0 || order.accepted_us < m_run_began_us;
}

/// Of an order of an earlier run, to its end; what is delivered again since says nothing about that.
std::int64_t OrdersModel::tookUs(const OrderState& order) const
{
    return (isEarlier(order) && order.final_us > 0 ? order.final_us : order.updated_us) - order.accepted_us;
}

OrdersModel::Trouble OrdersModel::troubleOf(const OrderState& order) const
{
    if (isBroken(order.id))
        return {RowTrouble::Broken, QStringLiteral("B"), tr("B: a promise was broken for it")};
    if (!isFinal(order.status) && order.dead_letters > 0)
        return {RowTrouble::Broken, QStringLiteral("D"), tr("D: an event of it waits among the dead letters")};
    if (!isFinal(order.status) && order.attempts_failed > 0)
        return {RowTrouble::Late, QStringLiteral("R"), tr("R: attempts have failed, and are made again")};
    return {};
}

QVariant OrdersModel::tooltip(const OrderState& order, int column) const
{
    if (const auto broken = m_broken.find(order.id); column == Status && broken != m_broken.end())
        return tr("✕ Broken: %1").arg(broken->second);
    const bool is_unknown =
        order.user == 0
        && (column == Customer || column == Amount || column == Status || column == Accepted || column == Settled);
    if (column == Order) {
        const QString why = troubleOf(order).words;
        return QString::fromStdString(order.id.toString()) + (why.isEmpty() ? QString() : QLatin1Char('\n') + why);
    }
    if (is_unknown && !(column == Status && statusText(order) != QLatin1String(unknown_status)))
        return tr("Not known here: the order was accepted before this journal began");
    if (column == Retries && isEarlier(order))
        return tr("The order is of an earlier run; attempts before this start are not known");
    return {};
}

QVariant OrdersModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || std::size_t(index.row()) >= m_shown)
        return {};
    const OrderState& order = stateAt(index.row());
    switch (role) {
    case Qt::DisplayRole: return display(order, index.column());
    case Qt::ToolTipRole: return tooltip(order, index.column());
    case Qt::TextAlignmentRole:
        return int(index.column() == Amount ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    case SortRole: return sortValue(order, index.column());
    case StatusRole: return statusText(order);
    case CustomerRole: return m_names.text(order.user);
    case IdRole: return QString::fromStdString(order.id.toString());
    case trouble_role: return int(troubleOf(order).trouble);
    case mark_role: return index.column() == Order ? QVariant(troubleOf(order).letter) : QVariant();
    case BrokenRole: {
        const auto broken = m_broken.find(order.id);
        return broken == m_broken.end() ? QString() : broken->second;
    }
    case Qt::AccessibleTextRole: {
        if (index.column() == Order && troubleOf(order).trouble != RowTrouble::None)
            return display(order, Order) + QStringLiteral(", ") + troubleOf(order).words;
        const auto broken = m_broken.find(order.id);
        return index.column() == Status && broken != m_broken.end()
                   ? tr("%1, promise broken: %2").arg(display(order, Status), broken->second)
                   : QVariant();
    }
    default: return {};
    }
}

QString OrdersModel::display(const OrderState& order, int column) const
{
    static const QString unknown = QStringLiteral("–");
    const bool is_unknown = order.user == 0;
    switch (column) {
    case Order: return shortId(order.id);
    case Customer: return is_unknown ? unknown : m_names.text(order.user);
    case Amount:
        return is_unknown ? unknown : amountText(order.amount_minor) + QLatin1Char(' ') + m_names.text(order.currency);
    case Status: return statusWords(statusText(order));
    case Retries:
        return !isEarlier(order)            ? QString::number(order.attempts_failed)
               : order.attempts_failed == 0 ? unknown
                                            : QStringLiteral("≥ %1").arg(order.attempts_failed);
    case Accepted: return is_unknown ? unknown : clockText(order.accepted_us);
    case Settled: return isFinal(order.status) && !is_unknown ? durationText(tookUs(order)) : unknown;
    default: return {};
    }
}

std::optional<std::int64_t> OrdersModel::sortNumber(const OrderState& order, int column) const
{
    switch (column) {
    case Amount: return order.amount_minor;
    case Retries: return order.attempts_failed;
    case Accepted: return order.accepted_us;
    case Settled: return isFinal(order.status) && order.user != 0 ? tookUs(order) : INT64_MAX;
    default: return std::nullopt;
    }
}

QVariant OrdersModel::sortValue(const OrderState& order, int column) const
{
    if (const auto number = sortNumber(order, column))
        return qlonglong(*number);
    switch (column) {
    case Order: return QString::fromStdString(order.id.toString());
    case Customer: return m_names.text(order.user);
    case Status: return statusWords(statusText(order));
    default: return {};
    }
}

QVariant OrdersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(section == Amount ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == Settled)
        return tr("From acceptance to the last thing that happened to it");
    if (role != Qt::DisplayRole)
        return {};
    static const QStringList titles = {tr("Order"),           tr("Customer"), tr("Amount"), tr("Status"),
                                       tr("Failed attempts"), tr("Accepted"), tr("Took")};
    return titles.value(section);
}

} // namespace orderlab::ui
