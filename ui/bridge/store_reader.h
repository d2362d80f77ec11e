#pragma once
#include "store/records.h"
#include "ui/bridge/frame_pump.h"
#include "ui/bridge/session.h"
#include "ui/bridge/stored_orders.h"

#include <QElapsedTimer>

namespace orderlab::ui {

/// Of earlier runs, at most this many orders are shown.
inline constexpr std::size_t earlier_orders_max = 500;

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

Q_SIGNALS:
    void countsChanged();
    /// Once after the start: the newest orders that the store has from earlier runs, oldest first.
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

private:
    static Task<void> readEarlier(Lab& lab, LabStoreReader& reader, Answers::Reply reply);
    static Task<void> readUnknown(Lab& lab, LabStoreReader& reader, std::vector<OrderId> ids, Answers::Reply reply);
    static Task<void> count(Lab& lab, LabStoreReader& reader, Answers::Reply reply);
    void askForEarlier();
    void askForCounts();
    void askForUnknown();
    void takeEarlier(const std::vector<OrderState>& orders);
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
    bool m_earlier_asked = false;
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
