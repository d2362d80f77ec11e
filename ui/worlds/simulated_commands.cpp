#include "ui/worlds/simulated_commands.h"

#include "runtime/virtual_runtime.h"
#include "service/order_service.h"
#include "ui/models/format.h"
#include "ui/worlds/worlds.h"

#include <QTimer>

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr double flow_lasts_s = 60; ///< Of virtual time: a steady flow is so many orders.

Capabilities simulated()
{
    const QString elsewhere =
        SimulatedCommands::tr("A simulated world has its own bus. To use another, choose the engine "
                              "In-memory or Kafka.");
    return Capabilities()
        .with(Ask::SwitchBus, elsewhere)
        .with(Ask::ImportOrders,
              SimulatedCommands::tr("Orders are imported into the real system: choose the engine In-memory "
                                    "or Kafka."))
        .with(Ask::PublishEvents,
              SimulatedCommands::tr(
                  "What happens in a simulated world follows from its seed and its changes; an event by hand "
                  "is none of them yet. Choose the engine In-memory or Kafka to publish one."));
}

} // namespace

/// What is asked of the shown world at the moment shown.
struct SimulatedCommands::Question {
    Scenario scenario;
    std::uint64_t seed = 1;
    std::uint64_t entries = 0; ///< The moment: after so many.
    GroupReset reset;
    quint64 number = 0;
    std::shared_ptr<const std::atomic<bool>> is_given_up;
};

SimulatedCommands::SimulatedCommands(SystemCore& core, Worlds& worlds, const Session& session, const FramePump& frames,
                                     QObject* parent)
    : SystemCommands(simulated(), session, parent), m_core(core), m_worlds(worlds), m_frames(frames),
      m_receiver(core.answers)
{
    connect(&worlds, &Worlds::changed, this, &SimulatedCommands::tellReplaced);
}

SimulatedCommands::~SimulatedCommands()
{
    *m_is_given_up = true;
}

Result<void> SimulatedCommands::createOrder(const QString& customer, const QString& amount, const QString& currency)
{
    const auto request = orderRequestOf(customer, amount, currency);
    if (!request)
        return request.error();
    if (allows(Ask::CreateOrders))
        m_worlds.change(
            PlaceOrder{request->user_id, request->total.amount_minor, std::string(request->total.currency.code())},
            tr("order of %1").arg(customer.trimmed()));
    return {};
}

void SimulatedCommands::burst(int count)
{
    if (allows(Ask::CreateOrders))
        m_worlds.change(PlaceOrders{std::uint64_t(count), Duration{0}},
                        counted(count, QT_TRANSLATE_N_NOOP("counted", "%n orders")));
}

void SimulatedCommands::setSteadyFlow(double rate_per_s)
{
    if (rate_per_s <= 0 || !allows(Ask::CreateOrders))
        return;
    m_worlds.change(PlaceOrders{std::uint64_t(rate_per_s * flow_lasts_s), Duration{std::int64_t(1e6 / rate_per_s)}},
                    tr("%1 orders a second for %2 s").arg(rate_per_s).arg(flow_lasts_s));
}

void SimulatedCommands::cancelOrder(OrderId id)
{
    if (allows(Ask::CancelOrders))
        m_worlds.change(CancelOrder{id}, tr("cancel order %1").arg(shortId(id)));
}

void SimulatedCommands::scale(const QString& group, std::size_t members)
{
    if (allows(Ask::ScaleGroups))
        m_worlds.change(SetMembers{members, group.toStdString()}, QStringLiteral("%1 ×%2").arg(group).arg(members));
}

/// The world is made again up to the moment, and asked there.
Task<void> SimulatedCommands::foresee(SimulatedCommands& commands, std::shared_ptr<const Question> question,
                                      Answers::Reply reply)
{
    ResetForecast forecast;
    SimulationOptions options;
    options.hash = false;
    options.give_up = [question] { return question->is_given_up->load(); };
    options.stop_after_entries = question->entries;
    options.at_stop = [&forecast, &question](Lab& lab, VirtualRuntime& runtime) {
        auto foreseen = runtime.run(lab.resetGroup(question->reset));
        if (foreseen)
            forecast.changes = std::move(*foreseen);
        else
            forecast.problem = sentence(foreseen.error());
    };
    const auto report = simulate(question->scenario, question->seed, options);
    if (!report)
        forecast.problem = sentence(report.error());
    reply.answer([&commands, number = question->number, forecast] { Q_EMIT commands.resetForeseen(number, forecast); });
    co_return;
}

quint64 SimulatedCommands::foreseeReset(const GroupReset& reset)
{
    const quint64 number = nextForecast();
    if (const QString why_not = whyNot(Ask::ResetOffsets); !why_not.isEmpty()) {
        foreseeLater(number, {{}, why_not});
    } else if (auto reply = m_receiver.ask()) {
        const World& world = m_worlds.shown();
        Question question{world.scenario, world.seed, m_frames.index(), reset, number, m_is_given_up};
        question.reset.dry_run = true;
        m_core.tasks.spawn(foresee(*this, std::make_shared<const Question>(std::move(question)), std::move(*reply)));
    } else {
        foreseeLater(number, {{}, tooManyQuestions()});
    }
    return number;
}

void SimulatedCommands::resetGroup(const GroupReset& reset)
{
    if (!allows(Ask::ResetOffsets))
        return;
    ResetOffsets change{reset.group, reset.target, reset.offset, {}, reset.topic, reset.partition};
    if (reset.target == OffsetTarget::Time)
        change.time =
            std::clamp(m_worlds.now() + (reset.time - fromMicros(m_frames.nowUs())), Duration{0}, Change::at_max);
    m_worlds.change(std::move(change), tr("reset the offsets of %1").arg(toQt(reset.group)));
    QTimer::singleShot(0, this, [this, group = toQt(reset.group)] { Q_EMIT groupReset(group, {}); });
}

void SimulatedCommands::replaceHandler(const OwnWorker& worker)
{
    if (!allows(Ask::ReplaceHandlers)) {
        Q_EMIT handlerReplaced(toQt(worker.group), whyNot(Ask::ReplaceHandlers));
        return;
    }
    std::vector<OwnWorker> workers = m_worlds.shown().scenario.own_workers;
    std::erase_if(workers, [&](const OwnWorker& one) { return one.group == worker.group; });
    if (!worker.command.empty())
        workers.push_back(worker);
    m_replaced.clear();
    m_worlds.setOwnWorkers(std::move(workers));
    m_replaced = toQt(worker.group);
}

/// Once the world is known to its end, or cannot be run.
void SimulatedCommands::tellReplaced()
{
    const World& world = m_worlds.shown();
    if (!m_replaced.isEmpty() && (world.outcome || !world.problem.isEmpty()))
        Q_EMIT handlerReplaced(std::exchange(m_replaced, {}), world.problem);
}

QString SimulatedCommands::ownCommand(const QString& group) const
{
    const OwnWorker* const own = findOwnWorker(m_worlds.shown().scenario.own_workers, group.toStdString());
    return own ? toQt(own->command) : QString();
}

std::size_t SimulatedCommands::members(const QString& group) const
{
    return membersIn(m_frames, group);
}

} // namespace orderlab::ui
