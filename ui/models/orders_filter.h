#pragma once
#include "base/uuid.h"
#include "ui/bridge/time_range.h"

#include <QSortFilterProxyModel>

namespace orderlab {
struct OrderState;
}

namespace orderlab::ui {

/// Newest first; only the orders of a status, of customers whose name contains a text, and of a part of the run. Its
/// source is an OrdersModel. GUI thread.
class OrdersFilter final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit OrdersFilter(QObject* parent = nullptr);
    /// Empty: all. Also broken_status.
    void setStatus(const QString& status);
    /// Part of a customer's name, or of an order's id as it is shown; what is longer, of the whole id. Empty: all.
    void setText(const QString& text);
    /// Only orders that were under way in it; nothing: all.
    void setSpan(const std::optional<TimeRange::Span>& span);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    bool isInSpan(const OrderState& order) const;
    bool hasInId(const OrderId& id) const;

    QString m_status;
    QString m_text;
    std::optional<TimeRange::Span> m_span;
};

} // namespace orderlab::ui
