#include "http/router.h"

#include <algorithm>
#include <cassert>
#include <set>

namespace orderlab {

namespace {

std::vector<std::string> split(std::string_view pattern)
{
    assert(pattern.starts_with('/'));
    std::vector<std::string> segments;
    for (;;) {
        pattern.remove_prefix(1);
        const auto slash = pattern.find('/');
        segments.emplace_back(pattern.substr(0, slash));
        if (slash == std::string_view::npos)
            return segments;
        pattern.remove_prefix(slash);
    }
}

bool matches(const std::vector<std::string>& pattern, const std::vector<std::string>& segments)
{
    if (pattern.size() != segments.size())
        return false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool parameter = pattern[i].starts_with('{');
        if (parameter ? segments[i].empty() : pattern[i] != segments[i])
            return false;
    }
    return true;
}

} // namespace

std::vector<int> statusesOf(const Route& route)
{
    std::set<int> statuses{400, 401, 403, 405, 431, 503};
    statuses.insert(route.answers.begin(), route.answers.end());
    for (const RequestField& field : route.reads.fields)
        statuses.insert(field.place == FieldPlace::Path ? 404 : 422);
    if (route.reads.body != BodyRule::Ignored)
        statuses.insert({413, 415, 417, 422});
    return {statuses.begin(), statuses.end()};
}

void Router::add(Route route)
{
    m_patterns.push_back(split(route.pattern));
    m_routes.push_back(std::move(route));
}

Router::Match Router::match(std::string_view method, const std::vector<std::string>& segments) const
{
    Match result;
    std::string_view allowed_by; // Those without parameters were added first.
    for (std::size_t i = 0; i < m_routes.size(); ++i) {
        if (!matches(m_patterns[i], segments))
            continue;
        const Route& route = m_routes[i];
        // "/dead-letters/causes" takes nothing of what any "/dead-letters/{id}" takes: another method of it is not
        // allowed.
        if (!allowed_by.empty() && allowed_by != route.pattern)
            continue;
        allowed_by = route.pattern;
        result.allow += route.method == "GET" ? "GET, HEAD, " : route.method + ", ";
        if (result.route || !(route.method == method || (route.method == "GET" && method == "HEAD")))
            continue;
        result.route = &route;
        for (std::size_t k = 0; k < segments.size(); ++k) {
            if (m_patterns[i][k].starts_with('{'))
                result.parameters.push_back(segments[k]);
        }
    }
    if (!result.allow.empty())
        result.allow += "OPTIONS";
    return result;
}

std::string Router::methods() const
{
    std::string list;
    for (const std::string_view method : {"GET", "HEAD", "POST", "PUT", "DELETE"}) {
        const std::string_view served = method == "HEAD" ? "GET" : method;
        if (std::any_of(m_routes.begin(), m_routes.end(), [&](const Route& route) { return route.method == served; }))
            (list += method) += ", ";
    }
    return list + "OPTIONS";
}

} // namespace orderlab
