#include "ui/models/orders_model.h"

#include "ui/models/format.h"
#include "ui/theme/core_text.h"

#include <algorithm>

namespace orderlab::ui {

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

QString statusText(const OrderState& order)
{
    // Accepted before this journal began; as long as the store has not said more, only an end is known.
    if (!isFinal(order.status) && order.dead_letters == 0 && order.user == 0)
        return QLatin1String(unknown_status);
    if (!isFinal(order.status) && order.dead_letters > 0)
        return QLatin1String(dead_lettered_status);
    return toQt(name(order.status));
}

OrdersModel::OrdersModel(const JournalNames& names, std::size_t rows_max, QObject* parent)
    : QAbstractTableModel(parent), m_names(names), m_rows_max(rows_max)
{}

void OrdersModel::note(std::span<const Entry> entries)
{
    for (const Entry& entry : entries) {
        if (entry.order.isNull())
            continue;
        // Entries of different threads come in any order, so an order may be seen before its acceptance.
        const bool news = m_touched.insert(entry.order).second;
        if (news && !m_sequence.contains(entry.order))
            m_added.push_back(OrderId(entry.order));
    }
}

void OrdersModel::flush(const WorldState& world)
{
    append(world);
    update(world);
    trim();
}

void OrdersModel::showMoment(const WorldState& world)
{
    m_added.clear();
    m_touched.clear();
    // Orders are in the order of their acceptance, so those of an earlier moment are the first ones of a later one.
    const auto& orders = world.orders();
    const std::size_t newest = orders.size() > m_rows_max ? orders.size() - m_rows_max : 0;
    std::size_t last = m_rows.size();
    while (last > 0 && m_rows[last - 1].accepted_us >= m_run_began_us && m_rows[last - 1].user != 0
           && !world.findOrder(m_rows[last - 1].id))
        --last;
    if (last < m_rows.size()) {
        beginRemoveRows({}, int(last), int(m_rows.size()) - 1);
        for (std::size_t row = last; row < m_rows.size(); ++row)
            m_sequence.erase(m_rows[row].id);
        m_rows.resize(last);
        endRemoveRows();
    }
    if (newest > 0)
        dropBefore(orders[newest]);
    // Rows that had made room are wanted again.
    if (newest < orders.size() && !m_rows.empty() && rowOf(orders[newest].id) < 0
        && orders[newest].accepted_us < m_rows.front().accepted_us) {
        std::size_t end = newest;
        while (end < orders.size() && rowOf(orders[end].id) < 0)
            ++end;
        prepend(std::span(orders).subspan(newest, end - newest));
    }
    std::size_t next = 0; // Most rows are in the order of the world's, so that they need not be looked for.
    for (std::size_t i = newest; i < orders.size(); ++i) {
        const OrderState& order = orders[i];
        const bool is_next = next < m_rows.size() && m_rows[next].id == order.id;
        const int row = is_next ? int(next) : rowOf(order.id);
        if (row < 0) {
            m_added.push_back(order.id);
            continue;
        }
        next = std::size_t(row) + 1;
        if (!(m_rows[std::size_t(row)] == order))
            m_touched.insert(order.id);
    }
    flush(world);
}

/// Rows that make room before newer ones come: cheaper for who sorts them than afterwards.
void OrdersModel::dropBefore(const OrderState& first)
{
    const bool are_all_older = !m_rows.empty() && m_rows.back().accepted_us < first.accepted_us;
    const int surplus = are_all_older ? int(m_rows.size()) : std::max(0, rowOf(first.id));
    if (surplus > 0)
        dropFirst(std::size_t(surplus));
}

void OrdersModel::dropFirst(std::size_t count)
{
    beginRemoveRows({}, 0, int(count) - 1);
    for (std::size_t i = 0; i < count; ++i)
        m_sequence.erase(m_rows[i].id);
    m_rows.erase(m_rows.begin(), m_rows.begin() + std::ptrdiff_t(count));
    m_first += count;
    endRemoveRows();
}

void OrdersModel::addEarlier(std::vector<OrderState> orders)
{
    std::erase_if(orders, [this](const OrderState& order) { return m_sequence.contains(order.id); });
    if (!orders.empty() && orders.size() <= m_first)
        prepend(orders);
}

void OrdersModel::prepend(std::span<const OrderState> orders)
{
    beginInsertRows({}, 0, int(orders.size()) - 1);
    m_first -= orders.size();
    for (std::size_t i = 0; i < orders.size(); ++i)
        m_sequence.emplace(orders[i].id, m_first + i);
    m_rows.insert(m_rows.begin(), orders.begin(), orders.end());
    endInsertRows();
}

void OrdersModel::setRunBegan(std::int64_t time_us)
{
    m_run_began_us = time_us;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
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

void OrdersModel::append(const WorldState& world)
{
    if (m_added.size() > m_rows_max)
        m_added.erase(m_added.begin(), m_added.end() - std::ptrdiff_t(m_rows_max));
    std::vector<OrderState> fresh;
    fresh.reserve(m_added.size());
    for (const OrderId& id : m_added) {
        const OrderState* order = world.findOrder(id);
        m_touched.erase(id);
        if (order && !m_sequence.contains(id)) {
            m_sequence.emplace(id, m_first + m_rows.size() + fresh.size());
            fresh.push_back(*order);
        }
    }
    m_added.clear();
    if (fresh.empty())
        return;
    const int row = int(m_rows.size());
    beginInsertRows({}, row, row + int(fresh.size()) - 1);
    m_rows.insert(m_rows.end(), fresh.begin(), fresh.end());
    endInsertRows();
}

void OrdersModel::update(const WorldState& world)
{
    std::vector<int> changed;
    for (const Uuid& id : m_touched) {
        const int row = rowOf(OrderId(id));
        const OrderState* order = row >= 0 ? world.findOrder(OrderId(id)) : nullptr;
        if (!order)
            continue;
        OrderState news = *order;
        OrderState& shown = m_rows[std::size_t(row)];
        // The journal of this run does not know who made an order of an earlier one, nor whether it has ended before.
        if (news.user == 0 && shown.user != 0) {
            news.user = shown.user;
            news.currency = shown.currency;
            news.amount_minor = shown.amount_minor;
            news.accepted_us = shown.accepted_us;
            if (isFinal(shown.status) && !isFinal(news.status)) {
                news.status = shown.status;
                news.final_us = shown.final_us;
            }
            if (!isFinal(news.status))
                news.dead_letters = std::max(news.dead_letters, shown.dead_letters);
        }
        if (shown == news)
            continue;
        shown = news;
        changed.push_back(row);
    }
    m_touched.clear();
    std::sort(changed.begin(), changed.end());
    for (std::size_t i = 0; i < changed.size();) {
        std::size_t last = i;
        while (last + 1 < changed.size() && changed[last + 1] == changed[last] + 1)
            ++last;
        Q_EMIT dataChanged(index(changed[i], 0), index(changed[last], ColumnCount - 1));
        i = last + 1;
    }
}

void OrdersModel::trim()
{
    if (m_rows.size() > m_rows_max)
        dropFirst(m_rows.size() - m_rows_max);
}

void OrdersModel::setBroken(std::unordered_map<Uuid, QString, UuidHash> broken)
{
    const auto before = std::exchange(m_broken, std::move(broken));
    const auto announce = [this](const Uuid& order) {
        if (const int row = rowOf(OrderId(order)); row >= 0)
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    };
    for (const auto& [order, words] : m_broken) {
        const auto found = before.find(order);
        if (found == before.end() || found->second != words)
            announce(order);
    }
    for (const auto& [order, words] : before) {
        if (!m_broken.contains(order))
            announce(order);
    }
}

OrderId OrdersModel::orderAt(int row) const
{
    return m_rows.at(std::size_t(row)).id;
}

int OrdersModel::rowOf(OrderId id) const
{
    const auto found = m_sequence.find(id);
    return found == m_sequence.end() ? -1 : int(found->second - m_first);
}

int OrdersModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int OrdersModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant OrdersModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || std::size_t(index.row()) >= m_rows.size())
        return {};
    const OrderState& order = m_rows[std::size_t(index.row())];
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
