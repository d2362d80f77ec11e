#pragma once
#include "ui/bridge/capabilities.h"
#include "ui/bridge/flow_scenario.h"
#include "ui/bridge/import_run.h"
#include "ui/bridge/session.h"
#include "ui/models/bus_text.h"

namespace orderlab::ui {

class FramePump;

/// What was typed, checked. Error: InvalidArgument with the field.
Result<OrderRequest> orderRequestOf(const QString& customer, const QString& amount, const QString& currency);
/// Members of `group` (without prefix) at the moment shown, as the journal tells.
std::size_t membersIn(const FramePump& frames, const QString& group);

/// What moving a group's offsets does, or why it cannot be done.
struct ResetForecast {
    std::vector<OffsetChange> changes; ///< By topic and partition.
    QString problem;                   ///< A sentence; empty: it can be done.
    std::int64_t seenAgain() const;
    std::int64_t neverSeen() const;
};

/// What a person asks of the system in the window. What this one cannot do, and when, is data: whyNot(). A command that
/// it does not override is refused with that reason, so a new one is added here and in lab_commands.h only. Commands
/// return at once; what becomes of them comes as a signal. GUI thread.
class SystemCommands : public QObject {
    Q_OBJECT
public:
    SystemCommands(Capabilities capabilities, const Session& session, QObject* parent);

    const Capabilities& capabilities() const { return m_capabilities; }
    /// Why it cannot be asked now, as a sentence for a person: it never can, or nothing runs yet. Empty: it can.
    QString whyNot(Ask ask) const;
    bool can(Ask ask) const { return whyNot(ask).isEmpty(); }

    /// Buys as a customer's program does: it asks again while it hears nothing. Error: InvalidArgument with the field
    /// of what was typed; it is checked at once.
    virtual Result<void> createOrder(const QString& customer, const QString& amount, const QString& currency);
    /// Creates `count` orders of the built-in mix of customers.
    virtual void burst(int count);
    /// Creates `rate_per_s` orders a second until told otherwise; 0: none.
    virtual void setSteadyFlow(double rate_per_s);
    virtual double steadyFlow() const { return 0; }
    /// Creates what the scenario asks for; replaces the steady flow. Before the start it waits for it.
    virtual void play(const FlowScenario& scenario);
    virtual void cancelOrder(OrderId id);
    /// importNews() tells how it goes. One at a time: false when one runs, or none can.
    virtual bool startImport(const QString& path);
    virtual void cancelImport() {}
    virtual std::uint64_t importBytesTotal() const { return 0; }
    virtual void scale(const QString& group, std::size_t members);
    /// What resetGroup() would do now, answered by resetForeseen() with the number that it returns; not before it
    /// returns.
    virtual quint64 foreseeReset(const GroupReset& reset);
    /// Moves the committed offsets of `reset.group` (without prefix), whose members leave for it and join again.
    /// groupReset() tells what it did; failed() also, where it did nothing.
    virtual void resetGroup(const GroupReset& reset);
    /// Goes on with another bus: see Lab::switchBus(). busChanged() tells of its begin and its end. One at a time.
    virtual void switchBus(const BusChoice& choice);
    /// Puts a program in the place of the handler of a group of the registry, or with an empty command its own handler
    /// back. With the same program again, its processes are started anew. It is not tried before (tryOwnWorkers()).
    /// handlerReplaced() tells of the end. A world is made again with it.
    virtual void replaceHandler(const OwnWorker& worker);
    /// The window goes: what can be ended early is.
    virtual void stop() {}

    /// Members of `group` that are known of.
    virtual std::size_t members(const QString& group) const = 0;
    /// The command of the program that is the group's handler; empty: it has its own.
    virtual QString ownCommand(const QString& group) const;
    /// The bus in use; nextBus() is the one to come while isSwitchingBus().
    const BusChoice& bus() const { return m_bus; }
    const BusChoice& nextBus() const { return m_next_bus; }
    bool isSwitchingBus() const { return m_is_switching_bus; }
    /// "memory", "Kafka at localhost:9092"; empty before the start.
    const QString& busDescription() const { return m_bus_description; }
    /// Of a topic of the bus in use.
    int partitions() const { return m_partitions; }

Q_SIGNALS:
    /// Something was asked for that the next frame may show.
    void asked();
    /// A sentence for a person.
    void failed(const QString& problem);
    void orderCreated(orderlab::OrderId id);
    /// About the running import, some times a second; the last one says that it is finished.
    void importNews(const orderlab::ui::ImportNews& news);
    void groupsScaled();
    void resetForeseen(quint64 number, const orderlab::ui::ResetForecast& forecast);
    void groupReset(const QString& group, const orderlab::ui::ResetForecast& done);
    /// `problem`: a sentence; empty: it is so.
    void handlerReplaced(const QString& group, const QString& problem);
    /// Which bus is in use, or that another is on its way.
    void busChanged();

protected:
    /// Whether it can be asked now; when not, failed() says why.
    bool allows(Ask ask);
    quint64 nextForecast() { return ++m_forecasts; }
    /// resetForeseen() with this number, once whoever asks knows it.
    void foreseeLater(quint64 number, const ResetForecast& forecast);

    const Session& m_session;
    const Capabilities m_capabilities;
    BusChoice m_bus;
    BusChoice m_next_bus;
    bool m_is_switching_bus = false;
    QString m_bus_description;
    int m_partitions;

private:
    quint64 m_forecasts = 0;
};

} // namespace orderlab::ui
