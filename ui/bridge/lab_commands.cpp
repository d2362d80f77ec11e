#include "ui/bridge/lab_commands.h"

#include "bus/event_bus.h"
#include "ui/models/format.h"

namespace orderlab::ui {

LabCommands::LabCommands(LabCore& core, const Session& session, QObject* parent)
    : SystemCommands({}, session, parent), m_core(core), m_receiver(core.answers)
{
    for (const OwnWorker& own : session.config().own_workers)
        m_own_commands[toQt(own.group)] = toQt(own.command);
    connect(&session, &Session::stateChanged, this, [this] {
        if (m_session.isRunning())
            begin();
    });
}

void LabCommands::begin()
{
    const Answers::News<std::string> problems(m_receiver, [this](const std::string& problem) {
        Q_EMIT failed(tr("Orders are not being created. %1").arg(toQt(problem)));
    });
    m_flow = std::make_unique<OrderFlow>(m_core.runtime, m_core.lab.client(), m_core.tasks,
                                         [problems](const Error& error) { problems.tell(error.message); });
    if (const auto pending = std::exchange(m_pending, {}))
        play(*pending);
}

void LabCommands::stop()
{
    cancelImport();
    if (m_flow)
        m_flow->setRate(0);
}

std::optional<Answers::Reply> LabCommands::askFor(Ask ask)
{
    if (!allows(ask))
        return std::nullopt;
    auto reply = m_receiver.ask();
    if (!reply)
        Q_EMIT failed(tooManyQuestions());
    return reply;
}

// Orders --------------------------------------------------------------------------------------------------------------

Task<void> LabCommands::create(Lab& lab, LabCommands& commands, OrderRequest request, Answers::Reply reply)
{
    const auto created = co_await lab.client().buy(std::move(request));
    reply.answer([&commands, created] {
        --commands.m_purchases;
        if (created)
            Q_EMIT commands.orderCreated(created->id);
        else
            Q_EMIT commands.failed(tr("The order was not created. %1").arg(sentence(created.error())));
    });
}

Result<void> LabCommands::createOrder(const QString& customer, const QString& amount, const QString& currency)
{
    auto request = orderRequestOf(customer, amount, currency);
    if (!request)
        return request.error();
    if (m_purchases >= purchases_max && can(Ask::CreateOrders)) {
        Q_EMIT failed(tr("The order was not created. %1 customers are still asking for theirs; wait until they have "
                         "an answer.")
                          .arg(purchases_max));
        return {};
    }
    if (auto reply = askFor(Ask::CreateOrders)) {
        ++m_purchases;
        m_core.tasks.spawn(create(m_core.lab, *this, std::move(*request), std::move(*reply)));
    }
    return {};
}

void LabCommands::burst(int count)
{
    if (allows(Ask::CreateOrders))
        m_flow->burst(count, {});
}

void LabCommands::setSteadyFlow(double rate_per_s)
{
    if (!m_session.isRunning() && rate_per_s <= 0)
        return;
    if (!allows(Ask::CreateOrders))
        return;
    const double before = steadyFlow();
    m_flow->setRate(rate_per_s);
    Q_EMIT flowSet(before, rate_per_s);
}

double LabCommands::steadyFlow() const
{
    return m_flow ? m_flow->rate() : 0;
}

void LabCommands::play(const FlowScenario& scenario)
{
    if (!m_session.isRunning()) {
        m_pending = scenario;
        return;
    }
    std::vector<std::string> customers;
    for (const QString& customer : scenario.customers)
        customers.push_back(customer.toStdString());
    if (scenario.orders > 0)
        m_flow->burst(scenario.orders, customers);
    m_flow->setRate(scenario.rate_per_s, customers, Duration{std::int64_t(scenario.seconds * 1'000'000)});
}

Task<void> LabCommands::cancel(Lab& lab, LabCommands& commands, OrderId id, Answers::Reply reply)
{
    const auto canceled = co_await lab.orders().cancel(id);
    if (canceled)
        co_return;
    reply.answer([&commands, error = canceled.error()] {
        Q_EMIT commands.failed(tr("The order was not canceled. %1").arg(sentence(error)));
    });
}

void LabCommands::cancelOrder(OrderId id)
{
    if (auto reply = askFor(Ask::CancelOrders))
        m_core.tasks.spawn(cancel(m_core.lab, *this, id, std::move(*reply)));
}

// Import --------------------------------------------------------------------------------------------------------------

bool LabCommands::startImport(const QString& path)
{
    if (m_import || !allows(Ask::ImportOrders))
        return false;
    Answers::News<ImportNews> news(
        m_receiver, [this](const ImportNews& told) { takeImport(told); }, &ImportNews::merge);
    m_import = std::make_shared<ImportRun>(path.toStdString(), std::move(news));
    m_core.tasks.spawn(ImportRun::run(m_import, m_core.runtime, m_core.lab.orders()));
    return true;
}

void LabCommands::takeImport(const ImportNews& news)
{
    Q_EMIT importNews(news);
    if (news.finished)
        m_import.reset();
}

void LabCommands::cancelImport()
{
    if (m_import)
        m_import->cancel();
}

std::uint64_t LabCommands::importBytesTotal() const
{
    return m_import ? m_import->bytesTotal() : 0;
}

// Groups and bus ------------------------------------------------------------------------------------------------------

Task<void> LabCommands::scaleTo(Lab& lab, LabCommands& commands, std::string group, std::size_t count,
                                Answers::Reply reply)
{
    const QString name = toQt(group);
    const std::size_t before = lab.members(group);
    const auto scaled = co_await lab.scale(std::move(group), count);
    reply.answer([&commands, name, before, count, scaled] {
        if (scaled) {
            Q_EMIT commands.groupsScaled();
            Q_EMIT commands.scaled(name, before, count);
        } else {
            Q_EMIT commands.failed(tr("%1 was not scaled. %2").arg(name, sentence(scaled.error())));
        }
    });
}

void LabCommands::scale(const QString& group, std::size_t members)
{
    if (m_is_switching_bus) {
        Q_EMIT failed(tr("Not yet: the bus is being switched, and %1 joins there as it was.").arg(group));
        return;
    }
    if (auto reply = askFor(Ask::ScaleGroups))
        m_core.tasks.spawn(scaleTo(m_core.lab, *this, group.toStdString(), members, std::move(*reply)));
}

Task<void> LabCommands::foresee(Lab& lab, LabCommands& commands, GroupReset reset, quint64 number, Answers::Reply reply)
{
    reset.dry_run = true;
    auto foreseen = co_await lab.resetGroup(std::move(reset));
    ResetForecast forecast;
    if (foreseen)
        forecast.changes = std::move(*foreseen);
    else
        forecast.problem = sentence(foreseen.error());
    reply.answer([&commands, number, forecast] { Q_EMIT commands.resetForeseen(number, forecast); });
}

quint64 LabCommands::foreseeReset(const GroupReset& reset)
{
    const quint64 number = nextForecast();
    if (const QString why_not = whyNot(Ask::ResetOffsets); !why_not.isEmpty())
        foreseeLater(number, {{}, why_not});
    else if (auto reply = m_receiver.ask())
        m_core.tasks.spawn(foresee(m_core.lab, *this, reset, number, std::move(*reply)));
    else
        foreseeLater(number, {{}, tooManyQuestions()});
    return number;
}

Task<void> LabCommands::moveOffsets(Lab& lab, LabCommands& commands, GroupReset reset, Answers::Reply reply)
{
    const QString group = toQt(reset.group);
    auto moved = co_await lab.resetGroup(std::move(reset));
    ResetForecast done;
    if (moved)
        done.changes = std::move(*moved);
    else
        done.problem = sentence(moved.error());
    reply.answer([&commands, group, done] {
        Q_EMIT commands.groupReset(group, done);
        Q_EMIT commands.groupsScaled();
        if (!done.problem.isEmpty())
            Q_EMIT commands.failed(tr("The offsets of %1 were not moved. ").arg(group) + done.problem);
    });
}

void LabCommands::resetGroup(const GroupReset& reset)
{
    if (auto reply = askFor(Ask::ResetOffsets))
        m_core.tasks.spawn(moveOffsets(m_core.lab, *this, reset, std::move(*reply)));
}

std::size_t LabCommands::members(const QString& group) const
{
    return m_session.isRunning() ? m_core.lab.members(group.toStdString()) : 0;
}

void LabCommands::setPolicies(const Policies& policies)
{
    if (!m_session.isRunning())
        return;
    Q_EMIT asked();
    for (const std::string& group : m_core.lab.groups()) {
        if (const auto set = m_core.lab.setPolicies(group, policies); !set)
            Q_EMIT failed(tr("The policies of %1 were not changed. %2").arg(toQt(group), sentence(set.error())));
    }
}

Task<void> LabCommands::switchTo(Lab& lab, LabCommands& commands, BusKind kind, std::string brokers,
                                 Answers::Reply reply)
{
    const auto switched = co_await lab.switchBus(kind, std::move(brokers));
    Switched result{toQt(lab.bus().description()), int(lab.bus().partitionCount()), {}};
    if (!switched)
        result.error = switched.error();
    reply.answer([&commands, result] { commands.takeBus(result); });
}

void LabCommands::switchBus(const BusChoice& choice)
{
    const bool is_wanted = !m_is_switching_bus && choice != m_bus;
    if (auto reply = is_wanted ? askFor(Ask::SwitchBus) : std::nullopt) {
        m_next_bus = choice;
        m_is_switching_bus = true;
        m_core.to_the_end.spawn(
            switchTo(m_core.lab, *this, choice.kind, choice.brokers.toStdString(), std::move(*reply)));
    }
    Q_EMIT busChanged(); // Also so that what was clicked shows what is.
}

Task<void> LabCommands::replace(Lab& lab, LabCommands& commands, OwnWorker worker, Answers::Reply reply)
{
    const std::string group = worker.group;
    const QString command = toQt(worker.command);
    std::optional<OwnWorker> program;
    if (!worker.command.empty())
        program = std::move(worker);
    const auto replaced = co_await lab.replaceHandler(group, std::move(program));
    reply.answer([&commands, group, command, replaced] {
        if (replaced)
            commands.m_own_commands[toQt(group)] = command;
        Q_EMIT commands.groupsScaled();
        Q_EMIT commands.handlerReplaced(toQt(group), replaced ? QString() : sentence(replaced.error()));
    });
}

void LabCommands::replaceHandler(const OwnWorker& worker)
{
    if (auto reply = askFor(Ask::ReplaceHandlers))
        m_core.to_the_end.spawn(replace(m_core.lab, *this, worker, std::move(*reply)));
    else
        Q_EMIT handlerReplaced(toQt(worker.group), tr("The system cannot be asked now."));
}

/// An error may come before the other bus was taken, or after it, from those that go on there.
void LabCommands::takeBus(const Switched& switched)
{
    m_is_switching_bus = false;
    const bool was_taken = !switched.error || switched.bus != m_bus_description;
    if (was_taken)
        m_bus = m_next_bus;
    m_bus_description = switched.bus;
    m_partitions = switched.partitions;
    Q_EMIT busChanged();
    Q_EMIT groupsScaled();
    if (switched.error) {
        const QString what = was_taken ? tr("Now on %1, but not all workers are. %2") : tr("Still on %1. %2");
        Q_EMIT failed(what.arg(busName(m_bus), busProblem(m_next_bus, *switched.error)));
    }
}

} // namespace orderlab::ui
