#pragma once
#include "journal/timeline.h"
#include "lab/lab_config.h"
#include "store/records.h"
#include "ui/bridge/dead_letter_desk.h"
#include "ui/bridge/flow_scenario.h"
#include "ui/bridge/journal_names.h"
#include "ui/bridge/stored_orders.h"
#include "ui/models/bus_text.h"
#include "ui/models/fault_desk.h"
#include "ui/models/invariant_report.h"
#include "ui/models/log_tail.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace orderlab::ui {

class ImportRun;
struct ImportNews;

/// Of earlier runs, at most this many orders are shown.
inline constexpr std::size_t earlier_orders_max = 500;

/// What a frame brings: the entries that were journalled since the last one, already folded into the state.
struct Frame {
    std::span<const Entry> fresh;
    const WorldState& state;
    const LogTail& tail;
};

/// The one class that crosses from core's threads to Qt's. It owns the runtime and the Lab. Core never calls into Qt:
/// once a frame (about 16 ms; slower while nothing happens) the bridge reads the journal in one batch, folds it and
/// emits frame(). Commands run on the runtime; what they answer waits in a queue that the next frame drains.
/// GUI thread.
class LabBridge final : public QObject {
    Q_OBJECT
public:
    enum class State : std::uint8_t {
        Idle,     ///< start() was not called yet.
        Starting, ///< Lab::start() is under way.
        Running,
        Waiting,  ///< A service is away; it is tried again every two seconds.
        Failed,   ///< It cannot start; see problem().
        Stopped,
    };

    enum class Mode : std::uint8_t {
        OwnSystem, ///< It runs a Lab.
        Attached,  ///< It runs none, and shows what others share of theirs on the config's Kafka cluster. Commands are refused.
    };

    /// Nothing runs yet. At most this many commands of one kind are under way at once; further ones wait or are refused.
    explicit LabBridge(LabConfig config, Mode mode = Mode::OwnSystem, QObject* parent = nullptr);
    ~LabBridge() override;

    /// Starts the Lab behind the window. Returns at once.
    void start();
    /// Stops everything; blocks until it has, at most a few seconds. Idempotent.
    void stop();

    State state() const { return m_state; }
    /// "Starting PostgreSQL…", or what is wrong; empty while running.
    QString stateText() const;
    /// The same in a few words, where there is little room.
    QString stateTitle() const;
    QString storeDescription() const { return m_store_description; }
    const LabConfig& config() const { return m_config; }
    bool isAttached() const { return m_mode == Mode::Attached; }
    /// Why nothing can be changed from here; empty when it can.
    QString readOnlyReason() const;
    /// "host/pid" of those that share their journals, while attached.
    QStringList processes() const;

    /// The bus in use; nextBus() is the one to come while isSwitchingBus().
    const BusChoice& bus() const { return m_bus; }
    const BusChoice& nextBus() const { return m_next_bus; }
    bool isSwitchingBus() const { return m_is_switching_bus; }
    /// "memory", "Kafka at localhost:9092"; empty before the start.
    QString busDescription() const { return m_bus_description; }
    /// Of a topic of the bus in use.
    int partitions() const { return m_partitions; }
    /// Goes on with another bus, behind the window: see Lab::switchBus(). busChanged() tells of its begin and its end,
    /// commandFailed() why it was not taken. One at a time.
    void switchBus(const BusChoice& choice);

    const WorldState& world() const { return m_timeline->now(); }
    /// The order as the journal tells it, else, of an earlier run, as the store had it at the start; null: neither knows it.
    const OrderState* findOrder(OrderId id) const;
    const Timeline& timeline() const { return *m_timeline; }
    const LogTail& tail() const { return m_tail; }
    const JournalNames& names() const { return *m_names; }
    /// Row counts of the store, refreshed about twice a second while something happens.
    const StoreCounts& counts() const { return m_counts; }
    /// The runtime's time.
    TimePoint now() const;
    TimePoint startedAt() const { return m_started_at; }

    // Failures, guarantees and invariants. Failures and guarantees may be set before the start. ---------------------

    /// The failures that are injected, and how often each has struck. One that has used up its count or its time goes.
    const FaultDesk& faults() const { return m_faults; }
    /// Injects one more; its time starts now. Its id. Error: InvalidArgument with the member's name.
    Result<int> addFault(Fault fault);
    void removeFault(int id);
    /// Replaces all; all or nothing. Error: InvalidArgument.
    Result<void> setFaults(const std::vector<Fault>& faults);
    void stopFaults();
    Guarantees guarantees() const;
    void setGuarantees(const Guarantees& guarantees);
    /// As the Lab's watch has found them up to the last frame.
    const InvariantReport& invariants() const { return m_invariants; }

    DeadLetterDesk& deadLetters() { return *m_dead_letters; }
    const DeadLetterDesk& deadLetters() const { return *m_dead_letters; }

    /// Checks what was typed, then buys behind the window as a customer's program does: it asks again while it hears
    /// nothing. At most `purchases_max` at once. Error: InvalidArgument with the field.
    static constexpr int purchases_max = 64;
    Result<void> createOrder(const QString& customer, const QString& amount, const QString& currency);
    /// Creates `count` orders of the built-in mix of customers, 16 at a time.
    void burst(int count);
    /// Creates `rate_per_s` orders a second until told otherwise; 0: none.
    void setSteadyFlow(double rate_per_s);
    double steadyFlow() const;
    /// Creates what the scenario asks for; replaces the steady flow.
    void play(const FlowScenario& scenario);
    void cancelOrder(OrderId id);
    /// Imports an order file behind the window; importNews() tells how it goes. One at a time: false when one runs.
    bool startImport(const QString& path);
    void cancelImport();
    std::uint64_t importBytesTotal() const;
    void scale(const QString& group, std::size_t members);
    /// Members of `group` that run here.
    std::size_t members(const QString& group) const;

Q_SIGNALS:
    void frame(const orderlab::ui::Frame& frame);
    void stateChanged();
    void orderCreated(orderlab::OrderId id);
    /// A sentence for a person.
    void commandFailed(const QString& problem);
    void countsChanged();
    /// Once after the start: the newest orders that the store has from earlier runs, oldest first.
    void earlierOrders(const std::vector<orderlab::OrderState>& orders);
    /// The store was asked about orders that this run's journal does not know; what it has is in world() now, and here as
    /// the entries of an earlier run. They are in no frame.
    void ordersLearned(const std::vector<orderlab::Entry>& entries);
    void groupsScaled();
    /// Which bus is in use, or that another is on its way.
    void busChanged();
    /// Which failures are on, or how often one has struck.
    void faultsChanged();
    void guaranteesChanged();
    /// An invariant was broken.
    void invariantsChanged();
    /// About the running import, some times a second; the last one says that it is finished.
    void importNews(const orderlab::ui::ImportNews& news);

private:
    struct Core; ///< What other threads touch: runtime, Lab, tasks, the queue of answers.
    struct Answer;

    void tick();
    void drainAnswers();
    void take(const Answer& answer);
    void setState(State state, QString problem = {});
    void refreshCounts();
    void followImport();
    void followFaults();
    void applyFaults();
    void followInvariants();
    void wake();
    bool canCommand();
    void countFromJournal();
    void takeBus(const Answer& answer);
    void askForUnknown();
    void learn(const Answer& answer);

    const Mode m_mode;
    LabConfig m_config;
    std::unique_ptr<Core> m_core;
    std::unique_ptr<DeadLetterDesk> m_dead_letters;
    std::unique_ptr<JournalNames> m_names;
    std::unique_ptr<Timeline> m_timeline;
    LogTail m_tail;
    InvariantReport m_invariants;
    QElapsedTimer m_since_invariants;
    FaultDesk m_faults;
    QElapsedTimer m_since_strikes;
    std::vector<Entry> m_fresh;
    std::uint64_t m_missed = 0;
    QTimer m_timer;
    QElapsedTimer m_since_counts;
    bool m_counts_stale = false;
    bool m_counts_asked = false;
    int m_quiet_ticks = 0;
    State m_state = State::Idle;
    QString m_problem;
    QString m_store_description;
    StoreCounts m_counts;
    TimePoint m_started_at;
    BusChoice m_bus;
    BusChoice m_next_bus;
    bool m_is_switching_bus = false;
    QString m_bus_description;
    int m_partitions;
    std::shared_ptr<ImportRun> m_import; ///< While one runs.
    QElapsedTimer m_since_import_news;
    UnknownOrders m_unknown;
    bool m_unknown_asked = false;
    QElapsedTimer m_since_unknown;
    std::unordered_map<Uuid, OrderState, UuidHash> m_earlier; ///< At most `earlier_orders_max`.
    FlowScenario m_pending_scenario;
    bool m_has_pending_scenario = false;
};

} // namespace orderlab::ui
