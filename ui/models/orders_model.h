#pragma once
#include "journal/world_state.h"
#include "ui/bridge/journal_names.h"
#include "ui/models/row_trouble.h"

#include <QAbstractTableModel>

#include <deque>
#include <unordered_set>

namespace orderlab::ui {

/// The orders of the run as a table, oldest first. note() collects what changed, flush() shows it in as few row changes
/// as there are runs of rows, so that the owner decides how often the view is touched. Bounded: past `rows_max` the
/// oldest rows go. GUI thread.
class OrdersModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Order, Customer, Amount, Status, Retries, Accepted, Settled, ColumnCount };
    enum Role {
        SortRole = Qt::UserRole, ///< A value that sorts as the column means, unlike the text that is shown.
        StatusRole,              ///< "created", "paid", "failed", "canceled", "dead-lettered"
        CustomerRole,
        IdRole,     ///< The whole id, as text.
        BrokenRole, ///< The promises that were broken for it, in words; empty: none.
    };

    static constexpr std::size_t rows_max_usual = 20'000;

    explicit OrdersModel(const JournalNames& names, std::size_t rows_max = rows_max_usual, QObject* parent = nullptr);

    void note(std::span<const Entry> entries);
    bool hasNews() const { return !m_added.empty() || !m_touched.empty(); }
    void flush(const WorldState& world);
    /// Shows the orders of another moment, whatever was noted. Only what differs is announced.
    void showMoment(const WorldState& world);
    /// Puts orders of earlier runs, oldest first, before all others. Those that are shown already are left out.
    void addEarlier(std::vector<OrderState> orders);

    /// Orders accepted before are of an earlier run, of which less is known. 0 (as at first): none is.
    void setRunBegan(std::int64_t time_us);

    /// The promises that were broken for orders, in words. Only what differs is announced.
    void setBroken(std::unordered_map<Uuid, QString, UuidHash> broken);

    OrderId orderAt(int row) const;
    /// -1 when it is not in the table.
    int rowOf(OrderId id) const;
    bool isBroken(OrderId id) const { return m_broken.contains(id); }
    const QString& customerOf(const OrderState& order) const { return m_names.text(order.user); }
    const OrderState& stateAt(int row) const { return m_rows[std::size_t(row)]; }
    /// What the column sorts by; nothing where that is a text.
    std::optional<std::int64_t> sortNumber(const OrderState& order, int column) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void prepend(std::span<const OrderState> orders);
    void dropBefore(const OrderState& first);
    void dropFirst(std::size_t count);
    void append(const WorldState& world);
    void update(const WorldState& world);
    void trim();
    QString display(const OrderState& order, int column) const;
    struct Trouble {
        RowTrouble trouble = RowTrouble::None;
        QString letter = {};
        QString words = {};
    };
    Trouble troubleOf(const OrderState& order) const;
    QVariant tooltip(const OrderState& order, int column) const;
    bool isEarlier(const OrderState& order) const;
    std::int64_t tookUs(const OrderState& order) const;
    QVariant sortValue(const OrderState& order, int column) const;

    const JournalNames& m_names;
    std::size_t m_rows_max;
    std::int64_t m_run_began_us = 0;
    std::deque<OrderState> m_rows;
    std::uint64_t m_first = std::uint64_t{1} << 32; ///< Sequence number of row 0; there is room before it.
    std::unordered_map<Uuid, std::uint64_t, UuidHash> m_sequence;
    std::vector<OrderId> m_added;
    std::unordered_set<Uuid, UuidHash> m_touched;
    std::unordered_map<Uuid, QString, UuidHash> m_broken;
};

/// For OrdersFilter::setStatus(): orders for which a promise was broken, whatever their status.
inline const QString broken_status = QStringLiteral("promise broken");

/// "paid", or "dead-lettered" for an order that waits there, or "unknown" for one of which nothing is known but that it
/// is there.
QString statusText(const OrderState& order);
/// Such a status, or broken_status, in the language of the window.
QString statusWords(const QString& status);

} // namespace orderlab::ui
