#include "ui/models/orders_filter.h"

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

bool OrdersFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    if (m_span && !isInSpan(static_cast<const OrdersModel*>(sourceModel())->stateAt(row)))
        return false;
    if (m_status.isEmpty() && m_text.isEmpty())
        return true;
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (m_status == broken_status ? index.data(OrdersModel::BrokenRole).toString().isEmpty()
                                  : !m_status.isEmpty() && index.data(OrdersModel::StatusRole).toString() != m_status)
        return false;
    return m_text.isEmpty() || index.data(OrdersModel::CustomerRole).toString().contains(m_text, Qt::CaseInsensitive)
           || index.data(OrdersModel::IdRole).toString().contains(m_text, Qt::CaseInsensitive);
}

} // namespace orderlab::ui
