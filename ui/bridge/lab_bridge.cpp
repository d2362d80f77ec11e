#include "ui/bridge/lab_bridge.h"

#include "kafka/shared_journal.h"
#include "lab/lab.h"
#include "runtime/real_runtime.h"
#include "ui/bridge/import_run.h"
#include "ui/bridge/order_flow.h"
#include "ui/models/format.h"

#include <algorithm>
#include <mutex>

namespace orderlab::ui {

namespace {

constexpr int frame_ms = 16;
constexpr int quiet_ms = 80;         ///< Between looks at a journal in which nothing happens.
constexpr int quiet_after_ticks = 40;
constexpr std::size_t entries_per_frame_max = 65'536; ///< About 5 ms of folding; four million entries a second.
constexpr int counts_every_ms = 500;
constexpr int import_news_every_ms = 100;
constexpr int unknown_every_ms = 500;           ///< After the store was away.
constexpr std::size_t unknown_at_once = 256;    ///< Orders read one after the other, some ten milliseconds.
constexpr int strikes_every_ms = 100;
constexpr int invariants_every_ms = 500; ///< Of violations that are only counted, as there were many before.
// Sixteen keyframes of at most 50,000 orders: about 150 MiB after a million entries, entries included.
constexpr std::size_t timeline_entries_max = 1'000'000;
constexpr std::size_t timeline_keyframe_interval = 65'536;
constexpr std::size_t timeline_orders_max = 50'000;
constexpr Duration retry_start_after = std::chrono::seconds{2};
constexpr Duration stop_limit = std::chrono::seconds{3};

/// Invariants need the whole journal of a system from its start on; what others share has gaps.
LabConfig watched(LabConfig config, LabBridge::Mode mode)
{
    config.watch_invariants = mode == LabBridge::Mode::OwnSystem;
    return config;
}

BusChoice busOf(const LabConfig& config)
{
    return {config.bus, config.bus == BusKind::Kafka ? toQt(config.kafka.brokers) : QString()};
}

QString sentence(const Error& error)
{
    QString text = toQt(error.message);
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text.isEmpty() || text.endsWith(QLatin1Char('.')) ? text : text + QLatin1Char('.');
}

} // namespace

struct LabBridge::Answer {
    enum class Kind : std::uint8_t { Started, StartFailed, Earlier, Unknown, Created, Failed, Counts, Scaled, BusSwitched } kind;
    QString text = {};
    OrderId order = {};
    StoreCounts counts = {};
    bool again = false;
    std::vector<OrderState> orders = {};
    std::vector<OrderId> asked = {}; ///< Of Unknown; `again`: the store was away.
    QString bus = {}; ///< With Started and BusSwitched: the one in use.
    int partitions = 0; ///< Likewise.
    std::optional<Error> error = {}; ///< Of BusSwitched.
};

struct LabBridge::Core {
    Core(LabConfig config, Mode m) : mode(m), lab(runtime, std::move(config)), reader(lab.journal()), tasks(runtime), switches(runtime) {}

    void answer(Answer answer)
    {
        const std::lock_guard lock(mutex);
        if (answers.size() < answers_max)
            answers.push_back(std::move(answer));
    }

    static Task<void> start(Core& core)
    {
        auto started = co_await core.lab.start();
        if (started)
            core.answer({.kind = Answer::Kind::Started,
                         .text = toQt(core.lab.storeDescription()),
                         .bus = toQt(core.lab.bus().description()),
                         .partitions = int(core.lab.bus().partitionCount())});
        else
            core.answer({.kind = Answer::Kind::StartFailed,
                         .text = sentence(started.error()),
                         .again = started.error().retry != Retry::Never});
    }

    /// The Lab of this process never starts; its journal takes what others share.
    static Task<void> attach(Core& core)
    {
        KafkaOptions kafka = core.lab.config().kafka;
        kafka.topic_prefix = core.lab.config().topic_prefix;
        auto opened = co_await SharedJournal::open(core.runtime, core.lab.journal(), std::move(kafka));
        if (!opened) {
            core.answer({.kind = Answer::Kind::StartFailed,
                         .text = sentence(opened.error()),
                         .again = opened.error().retry != Retry::Never});
            co_return;
        }
        core.shared = std::move(*opened);
        core.shared->start();
        core.answer({.kind = Answer::Kind::Started,
                     .bus = toQt(core.shared->description()),
                     .partitions = int(core.lab.config().partitions)});
    }

    /// Orders that are there before any of this run; they have no entries in its journal.
    static Task<void> readEarlier(Core& core)
    {
        Answer answer{Answer::Kind::Earlier};
        answer.orders = co_await readNewestOrders(core.lab, earlier_orders_max);
        core.answer(std::move(answer));
    }

    static Task<void> readUnknown(Core& core, std::vector<OrderId> ids)
    {
        Answer answer{Answer::Kind::Unknown};
        answer.asked = ids;
        auto orders = co_await readOrders(core.lab, std::move(ids));
        answer.again = !orders;
        if (orders)
            answer.orders = std::move(*orders);
        core.answer(std::move(answer));
    }

    static Task<void> startAgain(Core& core)
    {
        co_await core.runtime.sleep(retry_start_after);
        if (core.mode == Mode::Attached)
            co_await attach(core);
        else
            co_await start(core);
    }

    static Task<void> create(Core& core, OrderRequest request)
    {
        struct Counted { // Also when cancelled.
            std::atomic<int>& count;
            ~Counted() { count.fetch_sub(1); }
        } counted{core.purchases};
        auto created = co_await core.lab.client().buy(std::move(request));
        if (created)
            core.answer({.kind = Answer::Kind::Created, .order = created->id});
        else
            core.answer({Answer::Kind::Failed, QStringLiteral("The order was not created. ") + sentence(created.error())});
    }

    static Task<void> cancel(Core& core, OrderId id)
    {
        auto canceled = co_await core.lab.orders().cancel(id);
        if (!canceled)
            core.answer({Answer::Kind::Failed,
                         QStringLiteral("The order was not canceled. ") + sentence(canceled.error())});
    }

    static Task<void> scale(Core& core, std::string group, std::size_t count)
    {
        auto scaled = co_await core.lab.scale(group, count);
        if (scaled)
            core.answer({Answer::Kind::Scaled});
        else
            core.answer({Answer::Kind::Failed,
                         QStringLiteral("%1 was not scaled. ").arg(toQt(group)) + sentence(scaled.error())});
    }

    static Task<void> switchBus(Core& core, BusKind kind, std::string brokers)
    {
        const auto switched = co_await core.lab.switchBus(kind, std::move(brokers));
        Answer answer{Answer::Kind::BusSwitched};
        answer.bus = toQt(core.lab.bus().description());
        answer.partitions = int(core.lab.bus().partitionCount());
        if (!switched)
            answer.error = switched.error();
        core.answer(std::move(answer));
    }

    static Task<void> count(Core& core)
    {
        auto counted = co_await core.lab.store().counts();
        Answer answer{Answer::Kind::Counts};
        if (counted)
            answer.counts = *counted;
        answer.again = !counted;
        core.answer(std::move(answer));
    }

    static Task<void> stop(Core& core)
    {
        if (core.flow)
            core.flow->setRate(0);
        core.tasks.cancel();
        co_await core.tasks.join();
        co_await core.switches.join(); // To its end: what one bus has given up, the other has to have. It is bounded.
        if (core.shared)
            co_await core.shared->stop();
        co_await core.lab.stop(stop_limit);
    }

    static constexpr std::size_t answers_max = 10'000;
    const Mode mode;
    RealRuntime runtime;
    Lab lab;
    JournalReader reader;
    TaskGroup tasks;
    TaskGroup switches; ///< Of the bus.
    std::unique_ptr<SharedJournal> shared; ///< While attached.
    std::unique_ptr<OrderFlow> flow; ///< Exists once the Lab has started.
    std::atomic<int> purchases{0};   ///< Under way, of those that were typed.
    std::mutex mutex;
    std::vector<Answer> answers; ///< Under the mutex.
};

LabBridge::LabBridge(LabConfig config, Mode mode, QObject* parent)
    : QObject(parent), m_mode(mode), m_config(watched(std::move(config), mode)), m_core(std::make_unique<Core>(m_config, mode)),
      m_dead_letters(std::make_unique<DeadLetterDesk>(m_core->lab, m_core->tasks)),
      m_names(std::make_unique<JournalNames>(m_core->lab.journal().names(), m_config.topic_prefix, m_config.group_prefix)),
      m_timeline(std::make_unique<Timeline>(m_core->lab.journal().names(), timeline_entries_max, timeline_keyframe_interval,
                                            timeline_orders_max)),
      m_started_at(m_core->runtime.now()), m_bus(busOf(m_config)), m_partitions(m_config.partitions)
{
    m_invariants.statuses = m_core->lab.invariants();
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(frame_ms);
    connect(&m_timer, &QTimer::timeout, this, &LabBridge::tick);
}

LabBridge::~LabBridge() { stop(); }

void LabBridge::start()
{
    if (m_state != State::Idle)
        return;
    setState(State::Starting);
    m_core->tasks.spawn(isAttached() ? Core::attach(*m_core) : Core::start(*m_core));
    m_timer.start();
}

void LabBridge::stop()
{
    if (m_state == State::Stopped)
        return;
    m_timer.stop();
    m_dead_letters->stopReplay();
    if (m_import)
        m_import->cancel();
    m_core->runtime.run(Core::stop(*m_core));
    setState(State::Stopped);
}

QString LabBridge::stateText() const
{
    switch (m_state) {
    case State::Idle:
    case State::Starting:
        if (isAttached())
            return QStringLiteral("Looking for shared journals on Kafka at %1…").arg(m_bus.brokers);
        switch (m_config.store) {
        case StoreKind::Memory: return QStringLiteral("Starting…");
        case StoreKind::PostgresPrivate: return QStringLiteral("Starting PostgreSQL…");
        case StoreKind::PostgresUrl: return QStringLiteral("Connecting to PostgreSQL…");
        }
        break;
    case State::Waiting: return m_problem + QStringLiteral(" Trying again every two seconds.");
    case State::Failed: return m_problem;
    case State::Running:
    case State::Stopped: break;
    }
    return {};
}

QString LabBridge::stateTitle() const
{
    switch (m_state) {
    case State::Waiting: return m_config.bus == BusKind::Kafka ? QStringLiteral("A service is away") : QStringLiteral("The store is away");
    case State::Failed: return QStringLiteral("Not running");
    default: return stateText();
    }
}

TimePoint LabBridge::now() const { return m_core->runtime.now(); }

void LabBridge::tick()
{
    drainAnswers();
    m_fresh.clear();
    m_core->reader.read(m_fresh, entries_per_frame_max);
    if (const std::uint64_t missed = m_core->reader.missed(); missed > m_missed) {
        Entry gap;
        gap.kind = EntryKind::EntriesMissed;
        gap.value = std::int32_t(std::min<std::uint64_t>(missed - m_missed, INT32_MAX));
        m_fresh.insert(m_fresh.begin(), gap);
        m_missed = missed;
    }
    if (m_fresh.empty()) {
        m_quiet_ticks = std::min(m_quiet_ticks + 1, quiet_after_ticks);
    } else {
        m_quiet_ticks = 0;
        m_counts_stale = true;
        m_timeline->append(m_fresh);
        m_tail.apply(m_fresh, *m_names);
        if (!isAttached())
            m_unknown.note(m_fresh, world());
        followInvariants();
        Q_EMIT frame({m_fresh, m_timeline->now(), m_tail});
    }
    askForUnknown();
    m_dead_letters->follow(m_fresh, m_state == State::Running && !isAttached());
    refreshCounts();
    followImport();
    followFaults();
    const int interval = m_quiet_ticks >= quiet_after_ticks ? quiet_ms : frame_ms;
    if (m_timer.interval() != interval)
        m_timer.setInterval(interval);
}

const OrderState* LabBridge::findOrder(OrderId id) const
{
    const OrderState* order = world().findOrder(id);
    if (order && order->user != 0)
        return order;
    const auto earlier = m_earlier.find(id);
    return earlier == m_earlier.end() ? order : &earlier->second;
}

void LabBridge::askForUnknown()
{
    const bool due = !m_since_unknown.isValid() || m_since_unknown.hasExpired(unknown_every_ms);
    if (m_state != State::Running || m_unknown_asked || !due)
        return;
    std::vector<OrderId> ids = m_unknown.take(unknown_at_once);
    if (ids.empty())
        return;
    m_unknown_asked = true;
    m_core->tasks.spawn(Core::readUnknown(*m_core, std::move(ids)));
}

/// Goes into this window's fold of the journal, not into the journal: there it has never happened in this run.
void LabBridge::learn(const Answer& answer)
{
    m_unknown_asked = false;
    if (answer.again) {
        m_unknown.giveBack(answer.asked);
        m_since_unknown.start();
        return;
    }
    m_since_unknown.invalidate();
    std::vector<Entry> learned;
    for (const OrderState& stored : answer.orders) {
        const OrderState* known = world().findOrder(stored.id);
        if (!known)
            continue;
        const std::vector<Entry> entries = entriesOf(stored, *known, m_core->lab.journal().names());
        learned.insert(learned.end(), entries.begin(), entries.end());
    }
    if (learned.empty())
        return;
    m_timeline->append(learned);
    Q_EMIT ordersLearned(learned);
    Q_EMIT frame({{}, world(), m_tail}); // Totals have changed.
}

/// As the journals tell it; the stores are elsewhere.
void LabBridge::countFromJournal()
{
    const Totals& totals = world().totals();
    StoreCounts counts;
    counts.orders = totals.accepted;
    counts.outbox_unpublished = totals.outboxWaiting();
    counts.processed_events = totals.handled;
    counts.payments = totals.charges;
    counts.dead_letters = world().deadLettersWaiting();
    if (counts == m_counts)
        return;
    m_counts = counts;
    Q_EMIT countsChanged();
}

void LabBridge::refreshCounts()
{
    if (isAttached())
        return countFromJournal();
    const bool due = !m_since_counts.isValid() || m_since_counts.elapsed() >= counts_every_ms;
    if (m_state != State::Running || !m_counts_stale || m_counts_asked || !due)
        return;
    m_counts_asked = true;
    m_counts_stale = false;
    m_since_counts.start();
    m_core->tasks.spawn(Core::count(*m_core));
}

void LabBridge::drainAnswers()
{
    std::vector<Answer> answers;
    {
        const std::lock_guard lock(m_core->mutex);
        answers.swap(m_core->answers);
    }
    if (m_core->flow) {
        if (const std::string problem = m_core->flow->takeProblem(); !problem.empty())
            Q_EMIT commandFailed(QStringLiteral("Orders are not being created. ") + toQt(problem));
    }
    for (const Answer& answer : answers)
        take(answer);
}

void LabBridge::take(const Answer& answer)
{
    switch (answer.kind) {
    case Answer::Kind::Started:
        m_store_description = answer.text;
        if (isAttached()) {
            m_bus_description = answer.bus;
            Q_EMIT busChanged();
            setState(State::Running);
            break;
        }
        m_bus_description = answer.bus;
        m_partitions = answer.partitions;
        Q_EMIT busChanged();
        m_core->flow = std::make_unique<OrderFlow>(m_core->runtime, m_core->lab.client(), m_core->tasks);
        m_counts_stale = true;
        setState(State::Running);
        m_core->tasks.spawn(Core::readEarlier(*m_core));
        if (std::exchange(m_has_pending_scenario, false))
            play(m_pending_scenario);
        break;
    case Answer::Kind::StartFailed:
        setState(answer.again ? State::Waiting : State::Failed, answer.text);
        if (answer.again)
            m_core->tasks.spawn(Core::startAgain(*m_core));
        break;
    case Answer::Kind::Earlier:
        for (const OrderState& order : answer.orders)
            m_earlier.emplace(order.id, order);
        Q_EMIT earlierOrders(answer.orders);
        break;
    case Answer::Kind::Unknown: learn(answer); break;
    case Answer::Kind::Created: Q_EMIT orderCreated(answer.order); break;
    case Answer::Kind::Failed: Q_EMIT commandFailed(answer.text); break;
    case Answer::Kind::Counts:
        m_counts_asked = false;
        m_counts_stale = m_counts_stale || answer.again;
        if (!answer.again) {
            m_counts = answer.counts;
            Q_EMIT countsChanged();
        }
        break;
    case Answer::Kind::Scaled: Q_EMIT groupsScaled(); break;
    case Answer::Kind::BusSwitched: takeBus(answer); break;
    }
}

void LabBridge::setState(State state, QString problem)
{
    m_state = state;
    m_problem = std::move(problem);
    m_invariants.is_checking = m_invariants.is_checking || state == State::Running;
    Q_EMIT stateChanged();
}

void LabBridge::wake()
{
    // What a command causes is to be seen at once, not after a quiet journal's next look.
    m_quiet_ticks = 0;
    m_timer.setInterval(frame_ms);
}

bool LabBridge::canCommand()
{
    wake();
    if (isAttached()) {
        Q_EMIT commandFailed(readOnlyReason());
        return false;
    }
    if (m_state == State::Running)
        return true;
    Q_EMIT commandFailed(QStringLiteral("Not yet: ") + stateText());
    return false;
}

Result<void> LabBridge::createOrder(const QString& customer, const QString& amount, const QString& currency)
{
    const auto code = Currency::parse(currency.trimmed().toUpper().toStdString());
    if (!code)
        return code.error();
    const auto total = Money::parse(amount.trimmed().toStdString(), *code);
    if (!total)
        return total.error();
    OrderRequest request{customer.trimmed().toStdString(), *total};
    ORDERLAB_TRY(return, request.validate());
    if (!canCommand())
        return {};
    if (m_core->purchases.fetch_add(1) >= purchases_max) {
        m_core->purchases.fetch_sub(1);
        Q_EMIT commandFailed(QStringLiteral("The order was not created. %1 customers are still asking for theirs; wait until "
                                            "they have an answer.")
                                 .arg(purchases_max));
        return {};
    }
    m_core->tasks.spawn(Core::create(*m_core, std::move(request)));
    return {};
}

void LabBridge::burst(int count)
{
    if (canCommand())
        m_core->flow->burst(count, {});
}

void LabBridge::setSteadyFlow(double rate_per_s)
{
    if (m_state == State::Running || rate_per_s > 0) {
        if (canCommand())
            m_core->flow->setRate(rate_per_s);
    }
}

QString LabBridge::readOnlyReason() const
{
    return isAttached() ? QStringLiteral("This window is attached to systems that run elsewhere and only looks at them. To change "
                                         "something, use their API or orderlabd, or start a window without --attach.")
                        : QString();
}

QStringList LabBridge::processes() const
{
    QStringList names;
    if (m_state == State::Running && m_core->shared) {
        for (const std::string& process : m_core->shared->processes())
            names << toQt(process);
    }
    return names;
}

double LabBridge::steadyFlow() const { return m_core->flow ? m_core->flow->rate() : 0; }

void LabBridge::play(const FlowScenario& scenario)
{
    if (isAttached()) {
        Q_EMIT commandFailed(readOnlyReason());
        return;
    }
    if (m_state != State::Running) {
        m_pending_scenario = scenario;
        m_has_pending_scenario = true;
        return;
    }
    std::vector<std::string> customers;
    for (const QString& customer : scenario.customers)
        customers.push_back(customer.toStdString());
    if (scenario.orders > 0)
        m_core->flow->burst(scenario.orders, customers);
    m_core->flow->setRate(scenario.rate_per_s, customers,
                          Duration{std::int64_t(scenario.seconds * 1'000'000)});
}

void LabBridge::cancelOrder(OrderId id)
{
    if (canCommand())
        m_core->tasks.spawn(Core::cancel(*m_core, id));
}

bool LabBridge::startImport(const QString& path)
{
    if (m_import || !canCommand())
        return false;
    m_import = std::make_shared<ImportRun>(path.toStdString());
    m_since_import_news.invalidate();
    m_core->tasks.spawn(ImportRun::run(m_import, m_core->runtime, m_core->lab.orders()));
    return true;
}

void LabBridge::cancelImport()
{
    if (m_import)
        m_import->cancel();
}

std::uint64_t LabBridge::importBytesTotal() const { return m_import ? m_import->bytesTotal() : 0; }

void LabBridge::followImport()
{
    const bool due = !m_since_import_news.isValid() || m_since_import_news.elapsed() >= import_news_every_ms;
    if (!m_import || !due)
        return;
    m_since_import_news.start();
    const ImportNews news = m_import->take();
    Q_EMIT importNews(news);
    if (news.finished)
        m_import.reset();
}

// Failures, guarantees and invariants ---------------------------------------------------------------------------------
// The plan may be asked and set on any thread at any time, so these go straight to it.

Result<int> LabBridge::addFault(Fault fault)
{
    if (isAttached())
        return Error{ErrorCode::Conflict, Retry::Never, readOnlyReason().toStdString(), "attach"};
    m_faults.takeStrikes(m_core->lab.faults().strikes());
    auto id = m_faults.add(std::move(fault), now());
    if (id)
        applyFaults();
    return id;
}

void LabBridge::removeFault(int id)
{
    m_faults.takeStrikes(m_core->lab.faults().strikes());
    if (m_faults.remove(id))
        applyFaults();
}

Result<void> LabBridge::setFaults(const std::vector<Fault>& faults)
{
    FaultDesk desk;
    for (const Fault& fault : faults) {
        if (auto added = desk.add(fault, now()); !added)
            return added.error();
    }
    m_faults.clear();
    for (const Fault& fault : faults)
        (void)m_faults.add(fault, now()); // The desk above has taken the same.
    applyFaults();
    return {};
}

void LabBridge::stopFaults()
{
    m_faults.clear();
    applyFaults();
}

void LabBridge::applyFaults()
{
    wake();
    const auto set = m_core->lab.faults().setFaults(m_faults.plan(now()));
    if (!set)
        Q_EMIT commandFailed(QStringLiteral("The failures were not changed. ") + sentence(set.error()));
    Q_EMIT faultsChanged();
}

void LabBridge::followFaults()
{
    const bool due = !m_since_strikes.isValid() || m_since_strikes.elapsed() >= strikes_every_ms;
    if (m_faults.items().empty() || !due)
        return;
    m_since_strikes.start();
    const bool struck = m_faults.takeStrikes(m_core->lab.faults().strikes());
    if (m_faults.removeSpent(now()))
        applyFaults();
    else if (struck)
        Q_EMIT faultsChanged();
}

Guarantees LabBridge::guarantees() const { return m_core->lab.faults().guarantees(); }

void LabBridge::setGuarantees(const Guarantees& guarantees)
{
    if (isAttached()) {
        Q_EMIT guaranteesChanged(); // So that what was clicked shows what is.
        return;
    }
    wake();
    m_core->lab.faults().setGuarantees(guarantees);
    Q_EMIT guaranteesChanged();
}

/// The watch journals what it has found after it has kept it, so it need not be asked before.
void LabBridge::followInvariants()
{
    const bool is_told = std::any_of(m_fresh.begin(), m_fresh.end(),
                                     [](const Entry& entry) { return entry.kind == EntryKind::InvariantViolated; });
    const bool is_due = !m_invariants.violations.empty() && m_since_invariants.hasExpired(invariants_every_ms);
    if (!is_told && !is_due)
        return;
    m_since_invariants.start();
    m_invariants.statuses = m_core->lab.invariants();
    if (is_told)
        m_invariants.violations = m_core->lab.violations();
    Q_EMIT invariantsChanged();
}

void LabBridge::switchBus(const BusChoice& choice)
{
    if (m_is_switching_bus || choice == m_bus || !canCommand()) {
        Q_EMIT busChanged(); // So that what was clicked shows what is.
        return;
    }
    m_next_bus = choice;
    m_is_switching_bus = true;
    m_core->switches.spawn(Core::switchBus(*m_core, choice.kind, choice.brokers.toStdString()));
    Q_EMIT busChanged();
}

/// An error may come before the other bus was taken, or after it, from those that go on there.
void LabBridge::takeBus(const Answer& answer)
{
    m_is_switching_bus = false;
    const bool was_taken = !answer.error || answer.bus != m_bus_description;
    if (was_taken)
        m_bus = m_next_bus;
    m_bus_description = answer.bus;
    m_partitions = answer.partitions;
    Q_EMIT busChanged();
    Q_EMIT groupsScaled();
    if (answer.error) {
        const QString what = was_taken ? QStringLiteral("Now on %1, but not all workers are. ").arg(busName(m_bus))
                                       : QStringLiteral("Still on %1. ").arg(busName(m_bus));
        Q_EMIT commandFailed(what + busProblem(m_next_bus, *answer.error));
    }
}

void LabBridge::scale(const QString& group, std::size_t members)
{
    if (m_is_switching_bus) {
        Q_EMIT commandFailed(QStringLiteral("Not yet: the bus is being switched, and %1 joins there as it was.").arg(group));
        return;
    }
    if (canCommand())
        m_core->tasks.spawn(Core::scale(*m_core, group.toStdString(), members));
}

std::size_t LabBridge::members(const QString& group) const
{
    if (isAttached()) {
        for (const GroupState& state : world().groups()) {
            if (m_names->groupLabel(state.name) == group)
                return state.members.size();
        }
        return 0;
    }
    return m_state == State::Running ? m_core->lab.members(group.toStdString()) : 0;
}

} // namespace orderlab::ui
