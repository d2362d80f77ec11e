#pragma once
#include "journal/position_table.h"
#include "journal/world_state.h"
#include "ui/bridge/journal_names.h"
#include "ui/models/row_trouble.h"

#include <QAbstractTableModel>

#include <algorithm>
#include <deque>

namespace orderlab::ui {

/// The orders of the run as a table, oldest first. note() collects what the run brings, flush() takes it in as few row
/// changes as there are runs of rows, so that the owner decides how often the view is touched. It keeps more than the
/// fold of the journal does: an order that is forgotten there stays as it was last. So it must be given every entry,
/// also while another moment is shown; the rows of a moment are the orders accepted until then, which are the first
/// ones of the run's, and those that the moment's fold has, as they are there. Bounded: past `rows_max` the oldest rows
/// go. A row takes 64 bytes, and 17 to be found. GUI thread.
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

    static constexpr std::uint32_t first_sequence = std::uint32_t{1} << 30; ///< There is room before it.
    static constexpr std::size_t rows_max_usual = 1'000'000;                ///< About 80 MiB.

    explicit OrdersModel(const JournalNames& names, std::size_t rows_max = rows_max_usual, QObject* parent = nullptr);

    void note(std::span<const Entry> entries);
    bool hasNews() const { return m_noted > 0; }
    /// Entries since the last flush().
    std::size_t noted() const { return m_noted; }
    /// Takes what was noted from the run's latest state; it is seen at once unless another moment is shown.
    void flush(const WorldState& latest);
    /// Shows the orders of another moment, until showLatest(). Only what differs is announced.
    void showMoment(const WorldState& moment);
    void showLatest(const WorldState& latest);
    bool isLatest() const { return m_is_latest; }
    /// The run is another one, known up to `latest`: orders that are in both keep their rows.
    void beginAnew(const WorldState& latest);
    /// Puts orders of earlier runs, oldest first, before all others: the newest for which there is room. Those that are
    /// there already are left out.
    void addEarlier(std::vector<OrderState> orders);
    /// Whether there are more of them: then olderWanted() comes when a view is scrolled to its end.
    void setHasOlder(bool has) { m_has_older = has; }

    /// Orders accepted before are of an earlier run, of which less is known. 0 (as at first): none is.
    void setRunBegan(std::int64_t time_us);

    /// The promises that were broken for orders, in words. Only what differs is announced.
    void setBroken(std::unordered_map<Uuid, QString, UuidHash> broken);

    OrderId orderAt(int row) const;
    /// -1 when it is not in the table.
    int rowOf(OrderId id) const;
    bool isBroken(OrderId id) const { return m_broken.contains(id); }
    const QString& customerOf(const OrderState& order) const { return m_names.text(order.user); }
    const QString& customerName(NameId customer) const { return m_names.text(customer); }
    const OrderState& stateAt(int row) const;
    /// Of the row, as long as it is there: whatever comes or goes before it.
    std::uint32_t sequenceOf(int row) const { return m_first + std::uint32_t(row); }
    int rowOfSequence(std::uint32_t sequence) const { return int(sequence - m_first); }
    /// Calls `take(sequence, order)` with the rows from `first` to `last`, quicker than stateAt() of each.
    template <typename Take>
    void forEach(int first, int last, Take&& take) const
    {
        auto then = std::lower_bound(m_then.begin(), m_then.end(), sequenceOf(first), Then::isBefore);
        for (int row = first; row <= last; ++row) {
            const std::uint32_t sequence = sequenceOf(row);
            const bool is_then = then != m_then.end() && then->sequence == sequence;
            take(sequence, is_then ? (then++)->state : m_rows[std::size_t(row)].state);
        }
    }
    /// Of what is kept, in bytes.
    std::size_t memory() const;
    /// What the column sorts by; nothing where that is a text.
    std::optional<std::int64_t> sortNumber(const OrderState& order, int column) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override
    {
        return !parent.isValid() && m_has_older && m_rows.size() < m_rows_max;
    }
    void fetchMore(const QModelIndex&) override { Q_EMIT olderWanted(); }

Q_SIGNALS:
    void olderWanted();
    /// The same as dataChanged() for each run of them, once for all; in ascending order.
    void rowsChanged(const std::vector<int>& rows);

private:
    struct Row {
        OrderState state;        ///< The latest that is known.
        std::uint32_t round = 0; ///< In which an entry about it was noted.
    };
    static_assert(sizeof(Row) <= 64);
    /// An order as it was at the moment shown.
    struct Then {
        std::uint32_t sequence = 0;
        OrderState state;
        static bool isBefore(const Then& then, std::uint32_t sequence) { return then.sequence < sequence; }
    };

    int rowInRun(const Uuid& id) const;
    std::vector<int> rowsOf(std::span<const OrderState> orders) const;
    void prepend(std::span<const OrderState> orders);
    void append(std::span<const OrderState> orders);
    void dropFirst(std::size_t count);
    void dropHidden(std::size_t first);
    void show(std::size_t count);
    void takeNew(const WorldState& latest);
    void update(const WorldState& latest);
    void trim();
    std::vector<Then> thenOf(std::span<const OrderState> orders, const std::vector<int>& rows) const;
    void setThen(std::vector<Then> then);
    void announce(const std::vector<int>& rows);
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
    std::deque<Row> m_rows;                 ///< Of the run, in the order in which its fold has met them.
    std::size_t m_shown = 0;                ///< Rows that are there at the moment shown; the others are hidden.
    std::size_t m_earlier = 0;              ///< Rows of earlier runs, which come first.
    std::uint32_t m_first = first_sequence; ///< Sequence number of row 0.
    PositionTable m_table;                  ///< From an order to the sequence number of its row.
    std::vector<Then> m_then;               ///< By sequence number. Empty while the latest is shown.
    bool m_has_older = false;
    bool m_is_latest = true;
    bool m_is_cut = false;                ///< Rows at the end have made room: the newest are not there.
    std::vector<std::uint32_t> m_touched; ///< Sequence numbers.
    std::uint32_t m_round = 1;
    std::size_t m_noted = 0;
    std::unordered_map<Uuid, QString, UuidHash> m_broken;
};

/// For OrdersFilter::setStatus(): orders for which a promise was broken, whatever their status.
inline const QString broken_status = QStringLiteral("promise broken");

/// "paid", or "dead-lettered" for an order that waits there, or "unknown" for one of which nothing is known but that it
/// is there.
QString statusText(const OrderState& order);
/// The same as a small number, cheaper where many are compared; the text of a number.
int statusNumber(const OrderState& order);
QString statusOfNumber(int number);
inline constexpr int status_numbers = 6;
/// Such a status, or broken_status, in the language of the window.
QString statusWords(const QString& status);

} // namespace orderlab::ui
