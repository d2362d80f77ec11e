#include "ui/models/orders_filter.h"

#include "ui/models/format.h"
#include "ui/models/orders_model.h"

namespace orderlab::ui {

OrdersFilter::OrdersFilter(QObject* parent) : QSortFilterProxyModel(parent)
{
    setSortRole(OrdersModel::SortRole);
    setDynamicSortFilter(true);
}

void OrdersFilter::setStatus(const QString& status)
{
    m_status = status;
    invalidateFilter();
}

void OrdersFilter::setText(const QString& text)
{
    m_text = text.trimmed();
    invalidateFilter();
}

void OrdersFilter::setSpan(const std::optional<TimeRange::Span>& span)
{
    m_span = span;
    invalidateFilter();
}

bool OrdersFilter::isInSpan(const OrderState& order) const
{
    const bool is_over = isFinal(order.status) || order.dead_letters > 0;
    return !m_span || m_span->meets(order.accepted_us, is_over ? order.updated_us : INT64_MAX);
}

/// Rows are sorted in many steps, and a QVariant for each is ten times as slow.
bool OrdersFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    if (const auto* const orders = qobject_cast<const OrdersModel*>(sourceModel())) {
        const auto first = orders->sortNumber(orders->stateAt(left.row()), left.column());
        const auto second = orders->sortNumber(orders->stateAt(right.row()), right.column());
        if (first && second)
            return *first < *second;
    }
    return QSortFilterProxyModel::lessThan(left, right);
}

/// Each row is asked while somebody types: no index and no QVariant is made for it.
bool OrdersFilter::filterAcceptsRow(int row, const QModelIndex&) const
{
    const auto* const orders = static_cast<const OrdersModel*>(sourceModel());
    const OrderState& order = orders->stateAt(row);
    if (m_span && !isInSpan(order))
        return false;
    if (m_status == broken_status ? !orders->isBroken(order.id) : !m_status.isEmpty() && statusText(order) != m_status)
        return false;
    return m_text.isEmpty() || orders->customerOf(order).contains(m_text, Qt::CaseInsensitive) || hasInId(order.id);
}

/// In the digits that are shown; only what is longer than they are can be meant for the whole id.
bool OrdersFilter::hasInId(const OrderId& id) const
{
    const std::string text = id.toString();
    const QLatin1StringView whole(text.data(), qsizetype(text.size()));
    return (m_text.size() > short_id_digits ? whole : whole.last(short_id_digits))
        .contains(m_text, Qt::CaseInsensitive);
}

} // namespace orderlab::ui
