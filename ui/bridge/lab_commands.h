#pragma once
#include "ui/bridge/order_flow.h"
#include "ui/bridge/system_commands.h"

#include <QHash>

namespace orderlab::ui {

/// Of a Lab in this process: all of them, once it runs. They run on the runtime. GUI thread.
class LabCommands final : public SystemCommands {
    Q_OBJECT
public:
    LabCommands(LabCore& core, const Session& session, QObject* parent);

    /// At most this many typed orders are under way.
    static constexpr int purchases_max = 64;
    Result<void> createOrder(const QString& customer, const QString& amount, const QString& currency) override;
    void burst(int count) override;
    void setSteadyFlow(double rate_per_s) override;
    double steadyFlow() const override;
    void play(const FlowScenario& scenario) override;
    void cancelOrder(OrderId id) override;
    bool startImport(const QString& path) override;
    void cancelImport() override;
    std::uint64_t importBytesTotal() const override;
    void scale(const QString& group, std::size_t members) override;
    quint64 foreseeReset(const GroupReset& reset) override;
    void resetGroup(const GroupReset& reset) override;
    /// Of all groups, in force from their next decision on. Nothing before it runs: it starts with its config's.
    void setPolicies(const Policies& policies);
    void switchBus(const BusChoice& choice) override;
    void replaceHandler(const OwnWorker& worker) override;
    void stop() override;
    std::size_t members(const QString& group) const override;
    QString ownCommand(const QString& group) const override { return m_own_commands.value(group); }

Q_SIGNALS:
    /// Somebody has asked for it, and it is so: another rate of the steady flow, other members of a group.
    void flowSet(double before, double after);
    void scaled(const QString& group, std::size_t before, std::size_t after);

private:
    /// What the bus is after a switch, and what went wrong.
    struct Switched {
        QString bus;
        int partitions = 0;
        std::optional<Error> error;
    };
    static Task<void> create(Lab& lab, LabCommands& commands, OrderRequest request, Answers::Reply reply);
    static Task<void> cancel(Lab& lab, LabCommands& commands, OrderId id, Answers::Reply reply);
    static Task<void> scaleTo(Lab& lab, LabCommands& commands, std::string group, std::size_t count,
                              Answers::Reply reply);
    static Task<void> foresee(Lab& lab, LabCommands& commands, GroupReset reset, quint64 number, Answers::Reply reply);
    static Task<void> moveOffsets(Lab& lab, LabCommands& commands, GroupReset reset, Answers::Reply reply);
    static Task<void> switchTo(Lab& lab, LabCommands& commands, BusKind kind, std::string brokers,
                               Answers::Reply reply);
    static Task<void> replace(Lab& lab, LabCommands& commands, OwnWorker worker, Answers::Reply reply);
    void begin();
    void takeBus(const Switched& switched);
    void takeImport(const ImportNews& news);
    /// A place for the answer of something that can be asked now; else failed() says why there is none.
    std::optional<Answers::Reply> askFor(Ask ask);

    LabCore& m_core;
    Answers::Receiver m_receiver;
    int m_purchases = 0;                 ///< Under way, of those that were typed.
    std::unique_ptr<OrderFlow> m_flow;   ///< Once it runs.
    std::shared_ptr<ImportRun> m_import; ///< While one runs.
    std::optional<FlowScenario> m_pending;
    QHash<QString, QString> m_own_commands; ///< By group.
};

} // namespace orderlab::ui
