#pragma once
#include "store/records.h"
#include "ui/bridge/frame_pump.h"
#include "ui/bridge/session.h"
#include "ui/bridge/stored_orders.h"

#include <QElapsedTimer>

namespace orderlab::ui {

/// Of earlier runs, so many orders are read at once…
inline constexpr std::size_t earlier_orders_page = 500;
/// …and at most so many in all: their customers take names that this run's may want (40,000 in all).
inline constexpr std::size_t earlier_orders_max = 20'000;

/// What stores know beyond the journal. GUI thread.
class StoreReader : public QObject {
    Q_OBJECT
public:
    StoreReader(FramePump& frames, QObject* parent) : QObject(parent), m_frames(frames) {}

    /// Row counts, refreshed about twice a second while something happens.
    const StoreCounts& counts() const { return m_counts; }
    /// The order as the journal tells it, else, of an earlier run, as the store had it at the start; null: neither
    /// knows it.
    virtual const OrderState* findOrder(OrderId id) const { return m_frames.world().findOrder(id); }
    /// Once a frame, before it is shown: `fresh` is in the world already.
    virtual void note(std::span<const Entry> fresh) = 0;
    /// Once a frame: asks for what is due.
    virtual void follow() = 0;
    /// Whether the store has orders of earlier runs before those that earlierOrders() has told of, and there is room.
    virtual bool hasOlder() const { return false; }
    /// Asks for a page of them, unless one is on its way.
    virtual void askForOlder() {}

Q_SIGNALS:
    void countsChanged();
    /// After the start: the newest orders that the store has from earlier runs, oldest first. Then, each time after
    /// askForOlder(), some before those.
    void earlierOrders(const std::vector<orderlab::OrderState>& orders);

protected:
    void setCounts(const StoreCounts& counts);

    FramePump& m_frames;

private:
    StoreCounts m_counts;
};

/// Reads the store of a Lab in this process, behind the window. What it learns of orders that the journal does not know
/// goes to the frames, as an earlier run's journal would have told it.
class LabStoreReader final : public StoreReader {
    Q_OBJECT
public:
    LabStoreReader(LabCore& core, const Session& session, FramePump& frames, QObject* parent);

    const OrderState* findOrder(OrderId id) const override;
    void note(std::span<const Entry> fresh) override;
    void follow() override;
    bool hasOlder() const override;
    void askForOlder() override;

private:
    static Task<void> readEarlier(Lab& lab, LabStoreReader& reader, std::string cursor, Answers::Reply reply);
    static Task<void> readUnknown(Lab& lab, LabStoreReader& reader, std::vector<OrderId> ids, Answers::Reply reply);
    static Task<void> count(Lab& lab, LabStoreReader& reader, Answers::Reply reply);
    void askForCounts();
    void askForUnknown();
    void takeEarlier(const Result<StoredPage>& page);
    void takeUnknown(const std::vector<OrderId>& asked, const Result<std::vector<OrderState>>& orders);

    LabCore& m_core;
    const Session& m_session;
    Answers::Receiver m_receiver;
    QElapsedTimer m_since_counts;
    bool m_counts_stale = true;
    bool m_counts_asked = false;
    UnknownOrders m_unknown;
    bool m_unknown_asked = false;
    QElapsedTimer m_since_unknown;
    bool m_earlier_known = false; ///< The first page.
    bool m_earlier_asked = false;
    QElapsedTimer m_since_earlier;                            ///< Since the store was away.
    std::string m_older;                                      ///< Cursor of the page that is next.
    std::unordered_map<Uuid, OrderState, UuidHash> m_earlier; ///< At most `earlier_orders_max`.
};

/// Counts as journals tell them up to the moment shown; the stores are elsewhere.
class JournalStoreReader final : public StoreReader {
    Q_OBJECT
public:
    using StoreReader::StoreReader;
    void note(std::span<const Entry>) override {}
    void follow() override;
};

} // namespace orderlab::ui
