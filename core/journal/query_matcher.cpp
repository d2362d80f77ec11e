#include "journal/query_matcher.h"

#include "journal/query_key.h"
#include "journal/query_tester.h"

#include <algorithm>
#include <bitset>
#include <map>

namespace orderlab {

namespace {

enum class Truth : std::uint8_t { No, Yes, Open };

Truth truthOf(bool yes)
{
    return yes ? Truth::Yes : Truth::No;
}

using Leaves = std::bitset<Query::terms_max>;

/// An entry whose answer depends on what follows: what is known of the leaves of the whole query.
struct Waiting {
    std::int64_t clock_us = 0;
    Leaves yes, open;
};

/// Of a followed-by: who waits for it, by key.
struct Awaited {
    std::unordered_map<QueryKey, std::vector<std::uint64_t>, QueryKeyHash> entries; ///< Oldest first.
    std::uint64_t late_until = 0; ///< For entries before this one `within` is over.
    std::uint32_t leaf = 0;
    bool is_asked = false; ///< By the query itself.
};

} // namespace

struct QueryMatcher::Impl {
    Query query;
    const QueryExpression& all;
    QueryTester tester;
    const std::size_t remembered; ///< Of each sort.
    std::size_t keys_max;         ///< Of one preceded-by.
    std::vector<SeenKeys> seen;   ///< By relation.
    std::vector<Awaited> awaited; ///< By relation.
    std::vector<char> target_holds;
    std::map<std::uint64_t, Waiting> waiting;
    std::uint64_t references = 0; ///< In `awaited`, those included that wait no more.
    std::uint64_t number = 0;
    std::int64_t clock_us = INT64_MIN; ///< The latest time so far.
    std::uint64_t forgotten = 0, steps = 0;
    std::size_t relations_ahead = 0;

    Impl(Query the_query, const Names& names, std::int64_t origin_us, std::size_t remembered_max)
        : query(std::move(the_query)), all(query.expression()), tester(all, names, origin_us),
          remembered(std::max<std::size_t>(remembered_max, 1)), seen(all.relations.size()),
          awaited(all.relations.size()), target_holds(all.relations.size())
    {
        const auto ahead = std::count_if(all.relations.begin(), all.relations.end(),
                                         [](const QueryRelation& relation) { return relation.is_ahead; });
        relations_ahead = std::size_t(ahead);
        keys_max = std::max<std::size_t>(1, remembered / std::max<std::size_t>(1, all.relations.size()));
        for (const QueryNode& node : all.nodes) {
            if (node.type == QueryNode::Type::Relation)
                awaited[node.left].leaf = node.leaf;
        }
    }

    Truth relationHolds(std::size_t index, const Entry& entry)
    {
        const QueryRelation& relation = all.relations[index];
        const auto key = keyOf(entry, relation.same);
        ++steps;
        if (!key)
            return Truth::No;
        if (relation.is_ahead)
            return Truth::Open;
        const std::int64_t last = seen[index].lastAt(*key);
        return truthOf(last != INT64_MIN && (!relation.within || clock_us - last <= relation.within->count()));
    }

    Truth leafHolds(const QueryNode& node, const Entry& entry)
    {
        if (node.type == QueryNode::Type::Relation)
            return relationHolds(node.left, entry);
        ++steps;
        return truthOf(tester.holds(node.left, entry, number));
    }

    /// Asks `leaf(node)` for what it needs.
    template <typename Leaf>
    Truth holds(std::uint32_t at, const Leaf& leaf)
    {
        const QueryNode& node = all.nodes[at];
        switch (node.type) {
        case QueryNode::Type::Test:
        case QueryNode::Type::Relation: return leaf(node);
        case QueryNode::Type::Not: {
            const Truth inner = holds(node.left, leaf);
            return inner == Truth::Open ? inner : truthOf(inner == Truth::No);
        }
        case QueryNode::Type::And:
        case QueryNode::Type::Or: break;
        }
        const Truth decides = truthOf(node.type == QueryNode::Type::Or);
        const Truth left = holds(node.left, leaf);
        if (left == decides)
            return left;
        const Truth right = holds(node.right, leaf);
        return right == decides || left != Truth::Open ? right : left;
    }

    /// All leaves of the query itself, also those that do not count while others are open.
    void noteLeaves(std::uint32_t at, const Entry& entry, Waiting& wait)
    {
        const QueryNode& node = all.nodes[at];
        if (node.type == QueryNode::Type::Test || node.type == QueryNode::Type::Relation) {
            const Truth truth = leafHolds(node, entry);
            wait.yes[node.leaf] = truth == Truth::Yes;
            wait.open[node.leaf] = truth == Truth::Open;
            if (truth == Truth::Open)
                await(node.left, entry);
            return;
        }
        noteLeaves(node.left, entry, wait);
        if (node.type != QueryNode::Type::Not)
            noteLeaves(node.right, entry, wait);
    }

    void await(std::size_t relation, const Entry& entry)
    {
        awaited[relation].is_asked = true;
        awaited[relation].entries[*keyOf(entry, all.relations[relation].same)].push_back(number);
        ++references;
        ++steps;
    }

    /// Sets a leaf of an entry that waits, which may decide it.
    void settle(std::map<std::uint64_t, Waiting>::iterator at, std::uint32_t leaf, bool yes,
                std::vector<std::uint64_t>& hits)
    {
        Waiting& wait = at->second;
        if (!wait.open[leaf])
            return;
        wait.open[leaf] = false;
        wait.yes[leaf] = yes;
        const Truth truth = holds(all.root, [&](const QueryNode& node) {
            ++steps;
            return wait.open[node.leaf] ? Truth::Open : truthOf(wait.yes[node.leaf]);
        });
        if (truth == Truth::Open)
            return;
        if (truth == Truth::Yes)
            hits.push_back(at->first);
        waiting.erase(at);
    }

    /// What has waited longer than `within`.
    void expire(std::vector<std::uint64_t>& hits)
    {
        for (std::size_t i = 0; i < awaited.size() && !waiting.empty(); ++i) {
            Awaited& one = awaited[i];
            if (!one.is_asked || !all.relations[i].within)
                continue;
            ++steps;
            for (auto at = waiting.lower_bound(one.late_until); at != waiting.end(); ++steps) {
                if (clock_us - at->second.clock_us <= all.relations[i].within->count())
                    break;
                one.late_until = at->first + 1;
                settle(at++, one.leaf, false, hits);
            }
        }
    }

    /// An entry has come that others wait for.
    void arrive(std::size_t relation, const QueryKey& key, std::vector<std::uint64_t>& hits)
    {
        const auto found = awaited[relation].entries.find(key);
        ++steps;
        if (found == awaited[relation].entries.end())
            return;
        const std::vector<std::uint64_t> entries = std::move(found->second);
        awaited[relation].entries.erase(found);
        references -= entries.size();
        for (const std::uint64_t one : entries) {
            ++steps;
            if (const auto at = waiting.find(one); at != waiting.end())
                settle(at, awaited[relation].leaf, true, hits);
        }
    }

    /// Entries that are decided stay in the lists of what they waited for; from time to time those are cleared.
    void sweep()
    {
        constexpr std::uint64_t slack = 1'024;
        if (references <= slack + 2 * waiting.size() * relations_ahead)
            return;
        references = 0;
        for (Awaited& one : awaited) {
            for (auto item = one.entries.begin(); item != one.entries.end();) {
                steps += item->second.size();
                std::erase_if(item->second, [&](std::uint64_t entry) { return !waiting.contains(entry); });
                references += item->second.size();
                item = item->second.empty() ? one.entries.erase(item) : std::next(item);
            }
        }
    }

    void end(std::map<std::uint64_t, Waiting>::iterator at, std::vector<std::uint64_t>& hits)
    {
        const std::uint64_t entry = at->first;
        for (std::size_t i = 0; i < awaited.size(); ++i) {
            if (at == waiting.end() || at->first != entry)
                return;
            const bool was_open = all.relations[i].is_ahead && at->second.open[awaited[i].leaf];
            if (!was_open)
                continue;
            settle(at, awaited[i].leaf, false, hits);
            at = waiting.find(entry);
        }
    }

    void remember(std::size_t relation, const QueryKey& key)
    {
        SeenKeys& keys = seen[relation];
        keys.note(key, clock_us);
        ++steps;
        const auto& within = all.relations[relation].within;
        while (within && keys.hasOlderThan(clock_us - within->count())) {
            keys.dropOldest();
            ++steps;
        }
        if (keys.size() > keys_max) {
            keys.dropOldest();
            ++forgotten;
        }
    }

    void take(const Entry& entry, std::vector<std::uint64_t>& hits)
    {
        clock_us = std::max(clock_us, entry.time_us);
        expire(hits);
        const auto ask = [&](const QueryNode& node) { return leafHolds(node, entry); };
        for (std::size_t i = 0; i < all.relations.size(); ++i) {
            target_holds[i] = holds(all.relations[i].target, ask) == Truth::Yes;
            if (!target_holds[i] || !all.relations[i].is_ahead)
                continue;
            if (const auto key = keyOf(entry, all.relations[i].same))
                arrive(i, *key, hits);
        }
        const Truth truth = holds(all.root, ask);
        if (truth == Truth::Yes)
            hits.push_back(number);
        if (truth == Truth::Open) {
            Waiting& wait = waiting[number];
            wait.clock_us = clock_us;
            noteLeaves(all.root, entry, wait);
            if (waiting.size() > remembered) {
                end(waiting.begin(), hits);
                ++forgotten;
            }
        }
        for (std::size_t i = 0; i < all.relations.size(); ++i) {
            if (!target_holds[i] || all.relations[i].is_ahead)
                continue;
            if (const auto key = keyOf(entry, all.relations[i].same))
                remember(i, *key);
        }
        sweep();
        ++number;
    }
};

QueryMatcher::QueryMatcher(Query query, const Names& names, std::int64_t origin_us, std::size_t remembered)
    : m_impl(std::make_unique<Impl>(std::move(query), names, origin_us, remembered))
{}

QueryMatcher::~QueryMatcher() = default;
QueryMatcher::QueryMatcher(QueryMatcher&&) noexcept = default;

void QueryMatcher::add(std::span<const Entry> entries, std::vector<std::uint64_t>& hits)
{
    for (const Entry& entry : entries)
        m_impl->take(entry, hits);
}

void QueryMatcher::finish(std::vector<std::uint64_t>& hits)
{
    while (!m_impl->waiting.empty())
        m_impl->end(m_impl->waiting.begin(), hits);
}

std::uint64_t QueryMatcher::entries() const
{
    return m_impl->number;
}

std::size_t QueryMatcher::undecided() const
{
    return m_impl->waiting.size();
}

std::uint64_t QueryMatcher::forgotten() const
{
    return m_impl->forgotten;
}

std::uint64_t QueryMatcher::steps() const
{
    return m_impl->steps;
}

std::vector<std::uint64_t> findAll(const Query& query, std::span<const Entry> entries, const Names& names,
                                   std::int64_t origin_us)
{
    QueryMatcher matcher(query, names, origin_us);
    std::vector<std::uint64_t> hits;
    matcher.add(entries, hits);
    matcher.finish(hits);
    std::sort(hits.begin(), hits.end());
    return hits;
}

} // namespace orderlab
