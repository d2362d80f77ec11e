#pragma once
#include "base/uuid.h"
#include "journal/names.h"
#include "ui/bridge/time_range.h"

#include <QAbstractProxyModel>

#include <vector>

namespace orderlab {
struct OrderState;
}

namespace orderlab::ui {

class OrdersModel;

/// Newest first; only the orders of a status, of customers whose name contains a text, and of a part of the run. Its
/// source is an OrdersModel. A million orders are filtered in some ten milliseconds, so it does so at once: four bytes
/// a row that is shown are all that it keeps. What changes later goes to its place alone. Rows that go, come or move in
/// more than a few places are first put together, so that a view hears of one change. GUI thread.
class OrdersFilter final : public QAbstractProxyModel {
    Q_OBJECT
public:
    explicit OrdersFilter(QObject* parent = nullptr);
    /// Once; an OrdersModel.
    void setSourceModel(QAbstractItemModel* model) override;
    /// Empty: all. Also broken_status.
    void setStatus(const QString& status);
    /// Part of a customer's name, or of an order's id as it is shown; what is longer, of the whole id. Empty: all.
    void setText(const QString& text);
    /// Only orders that were under way in it; nothing: all.
    void setSpan(const std::optional<TimeRange::Span>& span);
    const QString& status() const { return m_status; }
    const QString& text() const { return m_text; }
    /// Of what is kept, in bytes.
    std::size_t memory() const { return m_rows.capacity() * sizeof(std::uint32_t); }

    void sort(int column, Qt::SortOrder order) override;
    QModelIndex mapToSource(const QModelIndex& index) const override;
    QModelIndex mapFromSource(const QModelIndex& index) const override;
    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex&) const override { return {}; }
    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    /// Sequence numbers of the source's rows.
    using Rows = std::vector<std::uint32_t>;
    class Marks;

    bool accepts(const OrderState& order) const;
    bool isInSpan(const OrderState& order) const;
    bool hasInId(const OrderId& id) const;
    bool hasInCustomer(NameId customer) const;

    bool isBefore(std::uint32_t left, std::uint32_t right) const;
    Rows matching() const;
    std::vector<std::uint32_t> customerRanks() const;
    void sortRows(Rows& rows) const;
    void refilter();

    int viewRow(std::size_t at) const { return m_is_descending ? int(m_rows.size() - 1 - at) : int(at); }
    void sourceInserted(int first, int last);
    void sourceRemoves(int first, int last);
    void sourceChanged(const std::vector<int>& rows);
    void add(Rows rows);
    void addAt(std::size_t at, const Rows& rows);
    void remove(const Marks& gone);
    void removeAt(std::size_t first, std::size_t last);
    /// The same rows in another order.
    void rearrange(Rows rows, bool is_descending);
    Rows merged(const Rows& sorted, const Rows& fresh) const;

    const OrdersModel* m_orders = nullptr;
    Rows m_rows; ///< Ascending; a view may have them the other way round.
    int m_column = -1;
    bool m_is_descending = false;
    QString m_status;
    int m_status_number = -1; ///< Of m_status, where it is one of an order's.
    QString m_text;
    bool m_may_be_id = false;                           ///< All of m_text are digits of ids.
    mutable std::vector<std::int8_t> m_has_in_customer; ///< By NameId; -1 not looked up yet.
    std::optional<TimeRange::Span> m_span;
};

} // namespace orderlab::ui
