#include "simulation/scenario.h"

#include "domain/order.h"
#include "faults/fault_json.h"
#include "faults/fault_plan.h"
#include "journal/query.h"
#include "simulation/json_differences.h"
#include "simulation/policies_json.h"
#include "worker/worker_group.h"

#include <algorithm>
#include <array>

namespace orderlab {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::uint64_t orders_max = 1'000'000;
constexpr std::size_t customers_max = 1'000;
constexpr std::size_t changes_max = 1'000;
constexpr std::size_t description_bytes_max = 1'000;
constexpr std::size_t customer_bytes_max = 64; // as the API has it
constexpr double s_us = 1e6;

constexpr std::array<std::string_view, 9> invariant_names = {"no-order-lost",
                                                             "charged-at-most-once",
                                                             "effects-happen-once",
                                                             "every-event-handled-or-dead",
                                                             "legal-status-transitions",
                                                             "offsets-only-advance",
                                                             "per-order-sequence",
                                                             "retries-within-budget",
                                                             "all-orders-finish"};

bool isName(std::string_view text)
{
    return !text.empty() && text.size() <= 60 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

/// One reading of a scenario file; the problems go to the caller's list.
class Reader {
public:
    Reader(std::vector<JsonProblem>& problems) : m_problems(problems) {}

    Scenario read(const JsonNode& root)
    {
        JsonFields fields(root, {}, m_problems);
        std::string schema; // for editors
        fields.string("$schema", schema, 1, description_bytes_max);
        if (const JsonNode* node = fields.require("name")) {
            if (node->type != JsonType::String || !isName(node->text))
                fields.note("name", "must be 1 to 60 lower-case letters, digits and hyphens");
            else
                m_scenario.name = node->text;
        }
        fields.string("description", m_scenario.description, 0, description_bytes_max);
        fields.integer("seed", m_scenario.seed, 0, std::numeric_limits<std::uint64_t>::max());
        section(fields, "orders", &Reader::readOrders);
        section(fields, "topology", &Reader::readTopology);
        if (const JsonNode* node = fields.take("policies"))
            readPolicies(*node, "policies", m_problems, m_scenario.policies);
        fields.milliseconds("gateway_latency_ms", m_scenario.gateway_latency, Duration{0}, minutes{10});
        if (const JsonNode* node = fields.take("guarantees"))
            readGuarantees(*node, "guarantees", m_problems, m_scenario.guarantees);
        fields.array("faults", FaultPlan::faults_max, [this](const JsonNode& item, const std::string& path) {
            m_scenario.faults.push_back(readFault(item, path, m_problems));
        });
        fields.seconds("fault_seconds", m_scenario.fault_time, Duration{0}, hours{24});
        fields.array("changes", changes_max,
                     [this](const JsonNode& item, const std::string& path) { readChange(item, path); });
        fields.seconds("liveness_seconds", m_scenario.liveness_time, seconds{1}, hours{24});
        section(fields, "expectation", &Reader::readExpectation);
        fields.finish();
        return std::move(m_scenario);
    }

private:
    void section(JsonFields& fields, const char* name, void (Reader::*read)(JsonFields&))
    {
        const JsonNode* node = fields.take(name);
        if (!node)
            return;
        JsonFields inner(*node, name, m_problems);
        (this->*read)(inner);
        inner.finish();
    }

    void readNames(JsonFields& fields, const char* name, std::vector<std::string>& out)
    {
        std::vector<std::string> names;
        fields.array(name, customers_max, [&](const JsonNode& item, const std::string& path) {
            if (item.type != JsonType::String || item.text.empty() || item.text.size() > customer_bytes_max)
                m_problems.push_back({item.offset, path, "must be a customer's name of 1 to 64 bytes"});
            names.push_back(item.text);
        });
        if (fields.take(name))
            out = std::move(names);
    }

    void readArrival(const JsonNode& node, const std::string& path)
    {
        JsonFields fields(node, path, m_problems);
        Arrival arrival;
        if (fields.require("at_s"))
            fields.seconds("at_s", arrival.at, Duration{0}, Change::at_max);
        if (fields.require("customer"))
            fields.string("customer", arrival.customer, 1, customer_bytes_max);
        std::uint64_t amount_minor = 0;
        if (fields.require("amount_minor"))
            fields.integer("amount_minor", amount_minor, 1, amount_minor_max);
        arrival.amount_minor = std::int64_t(amount_minor);
        if (const JsonNode* currency = fields.take("currency")) {
            if (currency->type != JsonType::String || !Currency::parse(currency->text))
                fields.note("currency", "must be a currency of ISO 4217, such as EUR");
            else
                arrival.currency = currency->text;
        }
        Duration cancels_after{0};
        if (fields.take("cancels_after_s")) {
            fields.seconds("cancels_after_s", cancels_after, Duration{0}, Change::at_max);
            arrival.cancels_after = cancels_after;
        }
        fields.finish();
        m_scenario.orders.arrivals.push_back(std::move(arrival));
    }

    void readOrders(JsonFields& fields)
    {
        OrderPlan& orders = m_scenario.orders;
        fields.integer("count", orders.count, 0, orders_max);
        fields.milliseconds("mean_pause_ms", orders.mean_pause, Duration{0}, minutes{1});
        readNames(fields, "customers", orders.customers);
        fields.number("test_customer_share", orders.test_customer_share, 0, 1);
        readNames(fields, "test_customers", orders.test_customers);
        fields.number("cancel_share", orders.cancel_share, 0, 1);
        fields.array("arrivals", OrderPlan::arrivals_max,
                     [this](const JsonNode& item, const std::string& path) { readArrival(item, path); });
        std::stable_sort(orders.arrivals.begin(), orders.arrivals.end(),
                         [](const Arrival& a, const Arrival& b) { return a.at < b.at; });
        if (!orders.arrivals.empty() && !fields.take("count"))
            orders.count = orders.arrivals.size();
        if (orders.test_customers.empty() && orders.test_customer_share > 0)
            fields.note("test_customers", "must have a name while test_customer_share is above 0");
    }

    void readTopology(JsonFields& fields)
    {
        fields.integer("partitions", m_scenario.topology.partitions, 1, 64);
        fields.integer("members", m_scenario.topology.members, 1, members_max);
    }

    void readChange(const JsonNode& node, const std::string& path)
    {
        JsonFields fields(node, path, m_problems);
        Change change;
        if (fields.require("at_s"))
            fields.seconds("at_s", change.at, Duration{0}, Change::at_max);
        if (const JsonNode* set = fields.require("set")) {
            const auto setting = set->type == JsonType::String
                                     ? parseSetting(set->text)
                                     : invalidArgument("set", "must be a string such as inbox=off");
            if (!setting)
                fields.note("set", setting.error().message);
            else
                change.setting = *setting;
        }
        fields.finish();
        m_scenario.changes.push_back(std::move(change));
    }

    void readExpectation(JsonFields& fields)
    {
        const JsonNode* holds = fields.take("holds");
        if (holds && (holds->type != JsonType::String || holds->text != "all"))
            fields.note("holds", "must be \"all\"");
        fields.array("violates", invariant_names.size(), [this](const JsonNode& item, const std::string& path) {
            if (item.type != JsonType::String
                || std::find(invariant_names.begin(), invariant_names.end(), item.text) == invariant_names.end()) {
                std::string all;
                for (const std::string_view name : invariant_names)
                    (all += all.empty() ? "" : ", ") += name;
                m_problems.push_back({item.offset, path, "must be one of " + all});
            }
            m_scenario.expectation.violates.push_back(item.text);
        });
        const bool violates = fields.take("violates") != nullptr;
        if (holds && violates)
            fields.note("holds", "cannot be said together with violates");
        readQueryText(fields, "happens", m_scenario.expectation.happens);
        readQueryText(fields, "never", m_scenario.expectation.never);
    }

    void readQueryText(JsonFields& fields, const char* name, std::string& out)
    {
        std::string text;
        fields.string(name, text, 1, Query::bytes_max);
        if (text.empty())
            return;
        if (const auto query = parseQuery(text); !query)
            fields.note(name, "is no query: " + query.error().message);
        out = std::move(text);
    }

    std::vector<JsonProblem>& m_problems;
    Scenario m_scenario;
};

JsonNode arrivalsNode(const std::vector<Arrival>& arrivals)
{
    JsonNode all = JsonNode::array();
    for (const Arrival& arrival : arrivals) {
        JsonNode node = JsonNode::object();
        node.add("at_s", durationNode(arrival.at, s_us))
            .add("customer", JsonNode::string(arrival.customer))
            .add("amount_minor", JsonNode::number(std::uint64_t(arrival.amount_minor)));
        if (arrival.currency != Arrival{}.currency)
            node.add("currency", JsonNode::string(arrival.currency));
        if (arrival.cancels_after)
            node.add("cancels_after_s", durationNode(*arrival.cancels_after, s_us));
        all.items.push_back(std::move(node));
    }
    return all;
}

JsonNode ordersNode(const OrderPlan& orders)
{
    const OrderPlan usual;
    JsonDifferences to;
    to.node.add("count", JsonNode::number(orders.count));
    to.milliseconds("mean_pause_ms", orders.mean_pause, usual.mean_pause);
    to.names("customers", orders.customers, usual.customers);
    to.number("test_customer_share", orders.test_customer_share, usual.test_customer_share);
    to.names("test_customers", orders.test_customers, usual.test_customers);
    to.number("cancel_share", orders.cancel_share, usual.cancel_share);
    if (!orders.arrivals.empty())
        to.node.add("arrivals", arrivalsNode(orders.arrivals));
    return to.node;
}

JsonNode guaranteesOff(const Guarantees& guarantees)
{
    JsonNode node = JsonNode::object();
    for (int i = 0; i < guarantee_count; ++i) {
        if (!guarantees[Guarantee(i)])
            node.add(name(Guarantee(i)), JsonNode::boolean(false));
    }
    return node;
}

void addUnlessEmpty(JsonNode& node, const char* name, JsonNode value)
{
    if (!value.members.empty() || !value.items.empty())
        node.add(name, std::move(value));
}

} // namespace

std::span<const std::string_view> invariantNames()
{
    return invariant_names;
}

JsonNode Scenario::toJsonNode() const
{
    const Scenario usual;
    JsonNode node = JsonNode::object();
    node.add("name", JsonNode::string(name));
    if (!description.empty())
        node.add("description", JsonNode::string(description));
    if (seed != usual.seed)
        node.add("seed", JsonNode::number(seed));
    node.add("orders", ordersNode(orders));
    JsonDifferences to;
    to.integer("partitions", topology.partitions, usual.topology.partitions);
    to.integer("members", topology.members, usual.topology.members);
    addUnlessEmpty(node, "topology", to.node);
    addUnlessEmpty(node, "policies", orderlab::toJsonNode(policies));
    if (gateway_latency != usual.gateway_latency)
        node.add("gateway_latency_ms", durationNode(gateway_latency, 1e3));
    addUnlessEmpty(node, "guarantees", guaranteesOff(guarantees));
    JsonNode all = JsonNode::array();
    for (const Fault& fault : faults)
        all.items.push_back(orderlab::toJsonNode(fault));
    addUnlessEmpty(node, "faults", std::move(all));
    if (fault_time != usual.fault_time)
        node.add("fault_seconds", durationNode(fault_time, s_us));
    JsonNode later = JsonNode::array();
    for (const Change& change : changes) {
        later.items.push_back(JsonNode::object());
        later.items.back()
            .add("at_s", durationNode(change.at, s_us))
            .add("set", JsonNode::string(toString(change.setting)));
    }
    addUnlessEmpty(node, "changes", std::move(later));
    if (liveness_time != usual.liveness_time)
        node.add("liveness_seconds", durationNode(liveness_time, s_us));
    JsonNode expected = JsonNode::object();
    if (expectation.violates.empty())
        expected.add("holds", JsonNode::string("all"));
    else
        expected.add("violates", namesNode(expectation.violates));
    if (!expectation.happens.empty())
        expected.add("happens", JsonNode::string(expectation.happens));
    if (!expectation.never.empty())
        expected.add("never", JsonNode::string(expectation.never));
    node.add("expectation", std::move(expected));
    return node;
}

LabConfig Scenario::labConfig() const
{
    LabConfig config;
    config.partitions = topology.partitions;
    config.members = topology.members;
    config.policies = policies;
    config.gateway.latency = gateway_latency;
    config.own_workers = own_workers;
    return config;
}

std::optional<Scenario> readScenario(std::string_view text, std::vector<JsonProblem>& problems)
{
    JsonProblem problem;
    const auto root = parseJsonTree(text, problem);
    if (!root) {
        problems.push_back(std::move(problem));
        return std::nullopt;
    }
    Scenario scenario = Reader(problems).read(*root);
    std::stable_sort(problems.begin(), problems.end(),
                     [](const JsonProblem& a, const JsonProblem& b) { return a.offset < b.offset; });
    if (!problems.empty())
        return std::nullopt;
    return scenario;
}

Result<Scenario> parseScenario(std::string_view text, std::string_view file)
{
    std::vector<JsonProblem> problems;
    auto scenario = readScenario(text, problems);
    if (!scenario)
        return invalidArgument("", toString(problems.front(), text, file));
    return std::move(*scenario);
}

} // namespace orderlab
