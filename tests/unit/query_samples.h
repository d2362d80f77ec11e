#pragma once
#include "journal/entry_json.h"
#include "journal/query.h"
#include "simulation/shipped_scenarios.h"
#include "simulation/simulate.h"

#include <boost/json.hpp>

#include <algorithm>
#include <random>

namespace orderlab::samples {

/// A run of a shipped scenario.
struct Run {
    Names names;
    std::vector<Entry> entries;
    static constexpr std::int64_t origin_us = 1'767'225'600'000'000; ///< 2026-01-01.

    Run(const char* scenario, std::uint64_t seed, std::uint64_t orders)
    {
        Scenario one = parseScenario(findShippedScenario(scenario)->text, scenario).value();
        one.orders.count = orders;
        SimulationOptions options;
        options.hash = false;
        options.on_entries = [&](std::span<const Entry> batch, const Names& table) {
            for (Entry entry : batch) {
                for (NameId Entry::*id : {&Entry::topic, &Entry::group, &Entry::actor, &Entry::detail})
                    entry.*id = names.intern(table.text(entry.*id));
                entries.push_back(entry);
            }
        };
        (void)simulate(one, seed, options).value();
    }
};

/// A query as a tree of its own, which says what it means in the plainest way: every entry against every other one.
struct PlainQuery {
    enum class Type { Kind, Test, Not, And, Or, Before, After } type = Type::Kind;
    std::string field, compare, value; ///< Of a test; a kind's name is its value.
    std::vector<PlainQuery> parts;
    std::vector<std::string> same;
    std::int64_t within_us = -1; ///< -1: any time.

    std::string text() const
    {
        switch (type) {
        case Type::Kind: return value;
        case Type::Test: return field + compare + '"' + value + '"';
        case Type::Not: return "not (" + parts[0].text() + ')';
        case Type::And: return '(' + parts[0].text() + ") (" + parts[1].text() + ')';
        case Type::Or: return '(' + parts[0].text() + " or " + parts[1].text() + ')';
        case Type::Before:
        case Type::After: break;
        }
        std::string all = (type == Type::Before ? "preceded-by (" : "followed-by (") + parts[0].text() + ')';
        for (const std::string& one : same)
            all += " same " + one;
        return within_us < 0 ? all : all + " within " + std::to_string(within_us) + "us";
    }
};

/// Entries as JSON, whose members tell what each field is.
class PlainRun {
public:
    PlainRun(std::span<const Entry> entries, const Names& names, std::int64_t origin_us)
    {
        std::int64_t latest = INT64_MIN;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const Entry& entry = entries[i];
            std::string line;
            appendEntryJson(line, entry, names);
            boost::json::object object = boost::json::parse(line).as_object();
            const EntryFields& fields = entry_kinds[std::size_t(entry.kind)].fields;
            copy(object, fields.value, "value");
            copy(object, fields.actor, "actor");
            copy(object, fields.detail, "detail");
            object["time"] = entry.time_us - origin_us;
            object["entry"] = i;
            m_entries.push_back(std::move(object));
            latest = std::max(latest, entry.time_us);
            m_clock.push_back(latest);
        }
    }

    std::size_t size() const { return m_entries.size(); }
    const boost::json::object& at(std::size_t i) const { return m_entries[i]; }

    std::vector<char> holds(const PlainQuery& query) const
    {
        using Type = PlainQuery::Type;
        std::vector<char> first, second, all(size());
        if (!query.parts.empty())
            first = holds(query.parts[0]);
        if (query.parts.size() > 1)
            second = holds(query.parts[1]);
        for (std::size_t i = 0; i < size(); ++i) {
            switch (query.type) {
            case Type::Kind: all[i] = m_entries[i].at("kind").as_string() == query.value; break;
            case Type::Test: all[i] = passes(m_entries[i], query); break;
            case Type::Not: all[i] = !first[i]; break;
            case Type::And: all[i] = first[i] && second[i]; break;
            case Type::Or: all[i] = first[i] || second[i]; break;
            case Type::Before:
                for (std::size_t j = 0; j < i && !all[i]; ++j)
                    all[i] = first[j] && isNear(i, j, query);
                break;
            case Type::After:
                for (std::size_t j = i + 1; j < size() && !all[i]; ++j)
                    all[i] = first[j] && isNear(i, j, query);
                break;
            }
        }
        return all;
    }

private:
    static void copy(boost::json::object& object, std::string_view from, std::string_view to)
    {
        const boost::json::value* const value = from.empty() ? nullptr : object.if_contains(from);
        if (!value)
            return;
        boost::json::value copied = *value; // A new member moves the others.
        object[to] = std::move(copied);
    }

    static bool passes(const boost::json::object& entry, const PlainQuery& test)
    {
        const boost::json::value* value = entry.if_contains(test.field);
        if (!value)
            return false;
        if (value->is_string()) {
            std::string text(value->as_string());
            if (test.compare == "~")
                return text.find(test.value) != std::string::npos;
            const bool is_id = test.field == "order" || test.field == "event";
            bool is_same = text == test.value || (test.field == "group" && text == "orderlab." + test.value);
            if (is_id)
                is_same = text.starts_with(test.value) || text.ends_with(test.value);
            return is_same == (test.compare == "=");
        }
        const std::int64_t left = value->to_number<std::int64_t>();
        const std::int64_t right =
            std::stoll(test.field == "time" ? test.value.substr(0, test.value.size() - 2) : test.value);
        return test.compare == "="    ? left == right
               : test.compare == "!=" ? left != right
               : test.compare == "<"  ? left < right
               : test.compare == "<=" ? left <= right
               : test.compare == ">"  ? left > right
                                      : left >= right;
    }

    bool isNear(std::size_t i, std::size_t j, const PlainQuery& query) const
    {
        if (query.within_us >= 0 && std::abs(m_clock[i] - m_clock[j]) > query.within_us)
            return false;
        return std::all_of(query.same.begin(), query.same.end(), [&](const std::string& field) {
            const bool counts_with_topic = field == "partition" || field == "offset";
            return isSame(i, j, field) && (!counts_with_topic || topicOf(i) == topicOf(j))
                   && (field != "offset" || partitionOf(i) == partitionOf(j));
        });
    }
    bool isSame(std::size_t i, std::size_t j, const std::string& field) const
    {
        const auto *left = m_entries[i].if_contains(field), *right = m_entries[j].if_contains(field);
        return left && right && *left == *right;
    }
    std::string topicOf(std::size_t i) const
    {
        const auto* topic = m_entries[i].if_contains("topic");
        return topic ? std::string(topic->as_string()) : std::string();
    }
    std::int64_t partitionOf(std::size_t i) const
    {
        const auto* partition = m_entries[i].if_contains("partition");
        return partition ? partition->to_number<std::int64_t>() : 0;
    }

    std::vector<boost::json::object> m_entries;
    std::vector<std::int64_t> m_clock;
};

/// Draws queries that mean something in a run.
class QueryDrawer {
public:
    QueryDrawer(const PlainRun& run, std::uint32_t seed) : m_run(run), m_random(seed) {}

    PlainQuery draw(int depth, bool may_look_ahead = true)
    {
        using Type = PlainQuery::Type;
        PlainQuery query;
        const std::uint32_t choice = below(depth > 0 ? 10 : 4);
        if (choice < 2) {
            query.value = memberOf("kind");
        } else if (choice < 4)
            return test();
        else if (choice == 4) {
            query.type = Type::Not;
            query.parts = {draw(depth - 1, may_look_ahead)};
        } else if (choice < 7) {
            query.type = choice == 5 ? Type::And : Type::Or;
            query.parts.push_back(draw(depth - 1, may_look_ahead));
            query.parts.push_back(draw(depth - 1, may_look_ahead));
        } else {
            query.type = may_look_ahead && below(2) == 0 ? Type::After : Type::Before;
            query.parts = {draw(depth - 1, false)};
            for (std::uint32_t i = below(3); i > 0; --i)
                query.same.emplace_back(sames[below(std::size(sames))]);
            if (below(2) == 0)
                query.within_us = std::int64_t(below(3)) * below(300'000);
        }
        return query;
    }

private:
    static constexpr const char* sames[] = {"order", "event", "group", "member", "partition", "topic", "offset"};

    std::uint32_t below(std::size_t bound) { return std::uint32_t(m_random() % bound); }
    const boost::json::object& anyEntry() { return m_run.at(below(m_run.size())); }
    std::string memberOf(const char* name) { return std::string(anyEntry().at(name).as_string()); }

    PlainQuery test()
    {
        const boost::json::object& entry = anyEntry();
        auto member = entry.begin() + std::ptrdiff_t(below(entry.size()));
        PlainQuery query;
        query.type = PlainQuery::Type::Test;
        query.field = std::string(member->key());
        const bool is_text = member->value().is_string();
        static constexpr const char* of_texts[] = {"=", "!=", "~"};
        static constexpr const char* of_numbers[] = {"=", "!=", "<", "<=", ">", ">="};
        query.compare = is_text ? of_texts[below(3)] : of_numbers[below(6)];
        if (!is_text) {
            query.value = std::to_string(member->value().to_number<std::int64_t>());
            if (query.field == "time")
                query.value += "us";
            return query;
        }
        query.value = std::string(member->value().as_string());
        const bool is_id = query.field == "order" || query.field == "event";
        if (query.field == "group" && below(2) == 0)
            query.value = query.value.substr(9); // without "orderlab."
        else if (is_id && below(2) == 0)
            query.value = below(2) == 0 ? query.value.substr(0, 8) : query.value.substr(28);
        else if (query.compare == "~" && !is_id && query.field != "kind")
            query.value = query.value.substr(below(query.value.size()));
        if (is_id && query.compare == "~")
            query.value = query.value.substr(0, 8);
        return query;
    }

    const PlainRun& m_run;
    std::mt19937 m_random;
};

} // namespace orderlab::samples
