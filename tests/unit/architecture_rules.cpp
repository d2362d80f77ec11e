#include "architecture_rules.h"

#include "handlers/group_registry.h"

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace orderlab::architecture {

namespace {

bool startsWithAny(std::string_view path, const std::vector<std::string_view>& folders)
{
    return std::any_of(folders.begin(), folders.end(),
                       [&](std::string_view folder) { return path.starts_with(folder); });
}

/// Folders of business logic and policy: they see events and transactions, never a product.
const std::vector<std::string_view> neutral_folders{"core/handlers/", "core/service/", "core/domain/", "core/worker/"};

/// A product's own headers.
const std::regex
    product_header(R"((^|/)(libpq(-fe|-events)?\.h|postgres_ext\.h|pg_config.*|librdkafka/.*|rdkafka.*)$)");
const std::regex client_header(
    R"((^|/)(libpq(-fe|-events)?\.h|postgres_ext\.h|pg_config.*|librdkafka/.*|rdkafka.*|(postgres|kafka)_[^/]*)$)");
const std::regex qt_header(R"(^(Qt[A-Za-z]*/|Q[A-Z][A-Za-z]*$|Q[A-Z][A-Za-z]*/|q(?!rencode\.h$)[a-z]+\.h$))");

struct Include {
    int line;
    std::string name;
};

std::vector<std::string> linesOf(std::string_view text)
{
    std::vector<std::string> lines;
    std::istringstream stream{std::string(text)};
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

std::vector<Include> includesOf(std::string_view source)
{
    static const std::regex include(R"(^\s*#\s*include\s*["<]([^">]+)[">])");
    std::vector<Include> found;
    int number = 0;
    for (const std::string& line : linesOf(withoutComments(source, true))) {
        ++number;
        std::smatch match;
        if (std::regex_search(line, match, include))
            found.push_back({number, match[1]});
    }
    return found;
}

void find(Findings& findings, const std::string& path, int line, const std::string& what)
{
    std::string finding = path;
    finding.append(":").append(std::to_string(line)).append(": ").append(what);
    findings.push_back(std::move(finding));
}

void checkIncludes(Findings& findings, const std::string& path, std::string_view source)
{
    const bool in_core = path.starts_with("core/"), in_ui = path.starts_with("ui/");
    for (const Include& include : includesOf(source)) {
        const auto wrong = [&](const char* why) { find(findings, path, include.line, include.name + ": " + why); };
        if (in_core && std::regex_search(include.name, qt_header))
            wrong("core includes no Qt");
        if (in_core && startsWithAny(include.name, {"ui/", "app/", "bridge/", "panels/", "canvas/", "models/"}))
            wrong("core does not know the interface");
        if (startsWithAny(path, neutral_folders) && std::regex_search(include.name, product_header))
            wrong("handlers, services, workers and the domain know no database or broker");
        if (in_ui && std::regex_search(include.name, client_header))
            wrong("the interface knows neither libpq nor librdkafka");
    }
}

/// Time, randomness and sleep come from the Runtime.
void checkRuntimeOnly(Findings& findings, const std::string& path, std::string_view source)
{
    if (!path.starts_with("core/") || path == "core/runtime/real_runtime.cpp")
        return;
    static const std::regex forbidden(
        R"(\b(steady_clock|system_clock|high_resolution_clock|utc_clock|file_clock|steady_timer|system_timer)"
        R"(|high_resolution_timer|random_device|random_shuffle|s?rand\s*\(|rand_r\s*\(|drand48|arc4random\w*|getrandom)"
        R"(|getentropy|RAND_bytes|clock_gettime|gettimeofday|sleep_for|sleep_until|usleep|nanosleep|mktime|localtime\w*|gmtime\w*))"
        R"(|\btime\s*\(\s*(nullptr|NULL|0)\s*\)|::sleep\s*\(|\bthis_thread\s*::\s*yield)");
    int number = 0;
    for (const std::string& line : linesOf(withoutComments(source))) {
        ++number;
        std::smatch match;
        if (line.find("#include") != std::string::npos || !std::regex_search(line, match, forbidden))
            continue;
        // librdkafka's threads know no runtime.
        const bool is_allowed = (path == "core/journal/journal.cpp" && match.str().find("yield") != std::string::npos)
                                || (path == "core/kafka/embedded_kafka.cpp" && match.str() == "sleep_for");
        // A member function of that name is defined, not the system's called.
        const bool is_member = match.str().starts_with("::sleep") && line.find("Runtime::sleep") != std::string::npos;
        if (!is_allowed && !is_member)
            find(findings, path, number, match.str() + ": only the runtime reads clocks, draws randomness or sleeps");
    }
}

/// Who needs to know groups reads the registry, so that a new one is one file.
void checkGroupNames(Findings& findings, const std::string& path, std::string_view source)
{
    if (!startsWithAny(path, {"core/", "ui/", "app/"}) || path.starts_with("core/handlers/")
        || path == "core/domain/group_roles.h")
        return;
    int number = 0;
    for (const std::string& line : linesOf(withoutComments(source, true))) {
        ++number;
        for (const std::string& group : orderlab::groupNames()) {
            if (line.find('"' + group + '"') != std::string::npos)
                find(findings, path, number, group + ": names of groups stand in core/handlers only");
        }
    }
}

/// What a mutex guards is said to the compiler (tests/locks/check), so there is no mutex that it does not know.
void checkLocks(Findings& findings, const std::string& path, std::string_view source)
{
    if (!startsWithAny(path, {"core/", "app/", "ui/"}) || path == "core/base/mutex.h")
        return;
    static const std::regex unchecked(
        R"(\bstd\s*::\s*((recursive_|timed_|shared_|recursive_timed_|shared_timed_)?mutex|condition_variable(_any)?|scoped_lock)"
        R"(|lock_guard|unique_lock|shared_lock|call_once)\b)");
    static const std::regex declared(R"(^\s*(mutable |static )?Mutex (\w+)( = \{\})?;)");
    const std::string code = withoutComments(source);
    int number = 0;
    for (const std::string& line : linesOf(code)) {
        ++number;
        std::smatch match;
        if (line.find("std") != std::string::npos && std::regex_search(line, match, unchecked))
            find(findings, path, number, match.str() + ": locks are those of base/mutex.h, whose use Clang checks");
        if (line.find("Mutex ") != std::string::npos && std::regex_search(line, match, declared)
            && !std::regex_search(code, std::regex(R"(\bORDERLAB_GUARDED_BY\([^)]*\b)" + match[2].str() + R"(\))")))
            find(findings, path, number, match[2].str() + ": nothing says that it is ORDERLAB_GUARDED_BY this mutex");
    }
}

void checkPragmaOnce(Findings& findings, const std::string& path, std::string_view source)
{
    if (!path.ends_with(".h"))
        return;
    static const std::regex once(R"(^\s*#pragma once\s*)");
    const std::string code = withoutComments(source);
    if (!std::regex_search(code, once, std::regex_constants::match_continuous))
        find(findings, path, 1, "a header begins with #pragma once");
}

} // namespace

std::string withoutComments(std::string_view source, bool keep_strings)
{
    std::string out(source);
    const auto blank = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to && i < out.size(); ++i) {
            if (out[i] != '\n')
                out[i] = ' ';
        }
    };
    const auto endOf = [&](std::size_t at, std::string_view what) {
        const std::size_t end = source.find(what, at);
        return end == std::string_view::npos ? source.size() : end + what.size();
    };
    for (std::size_t i = 0; i < source.size();) {
        std::size_t end = i + 1;
        const std::string_view rest = source.substr(i);
        const bool after_digit = i > 0 && std::isalnum(std::uint8_t(source[i - 1])); // 1'000
        if (rest.starts_with("//")) {
            end = std::min(source.find('\n', i), source.size());
            blank(i, end);
        } else if (rest.starts_with("/*")) {
            end = endOf(i + 2, "*/");
            blank(i, end);
        } else if (rest.starts_with("R\"")) {
            std::string closing(rest.substr(1, rest.find('(') - 1)); // "mark
            closing.front() = ')';
            closing.push_back('"');
            end = endOf(i, closing);
            if (!keep_strings)
                blank(i, end);
        } else if (source[i] == '"' || (source[i] == '\'' && !after_digit)) {
            while (end < source.size() && source[end] != source[i] && source[end] != '\n')
                end += source[end] == '\\' ? 2 : 1;
            if (!keep_strings)
                blank(i + 1, end);
            ++end;
        }
        i = end;
    }
    return out;
}

Findings checkSource(const std::string& path, std::string_view source)
{
    Findings findings;
    checkIncludes(findings, path, source);
    checkRuntimeOnly(findings, path, source);
    checkPragmaOnce(findings, path, source);
    checkGroupNames(findings, path, source);
    checkLocks(findings, path, source);
    const Findings texts = checkTexts(path, source);
    findings.insert(findings.end(), texts.begin(), texts.end());
    return findings;
}

namespace {

using Graph = std::map<std::string, std::set<std::string>>;

Graph graphOf(std::string_view text)
{
    static const std::regex name(R"([/A-Za-z_][\w:./+-]*)"), generator(R"(\$<[A-Z_]+:)");
    Graph graph;
    for (const std::string& line : linesOf(text)) {
        const std::size_t colon = line.find(": ");
        if (colon == std::string::npos)
            continue;
        std::set<std::string>& linked = graph[line.substr(0, colon)];
        const std::string links = std::regex_replace(line.substr(colon + 2), generator, "");
        for (auto it = std::sregex_iterator(links.begin(), links.end(), name); it != std::sregex_iterator(); ++it)
            linked.insert(it->str());
    }
    return graph;
}

/// All that `target` links, directly or not.
std::set<std::string> closureOf(const Graph& graph, const std::string& target)
{
    std::set<std::string> seen;
    std::vector<std::string> next{target};
    while (!next.empty()) {
        const auto at = graph.find(next.back());
        next.pop_back();
        if (at == graph.end())
            continue;
        for (const std::string& linked : at->second) {
            if (seen.insert(linked).second)
                next.push_back(linked);
        }
    }
    return seen;
}

void checkTarget(Findings& findings, const Graph& graph, const std::string& target, const std::regex& forbidden,
                 const char* why)
{
    for (const std::string& linked : closureOf(graph, target)) {
        if (std::regex_search(linked, forbidden))
            findings.push_back(target + " links " + linked + ": " + why);
    }
}

/// Of `linked`, the names of our folders.
std::set<std::string> foldersOf(const std::set<std::string>& linked)
{
    static const std::regex own("^orderlab_(?!options$|warnings$|asio$|allocator$|coverage$|lab_options$)(.+)$");
    std::set<std::string> folders;
    for (const std::string& target : linked) {
        std::smatch match;
        if (std::regex_match(target, match, own))
            folders.insert(match[1]);
    }
    return folders;
}

std::string listed(const std::set<std::string>& names)
{
    std::string list;
    for (const std::string& name : names)
        list.append(list.empty() ? "" : ", ").append(name);
    return list.empty() ? "nobody" : list;
}

} // namespace

Findings checkMap(std::string_view document, std::string_view text)
{
    static const std::regex row(R"(^\| `(core/|ui/|app/)([a-z_]*)` \|[^|]*\| ([^|]*) \|$)");
    Findings findings;
    std::map<std::string, std::set<std::string>> built;
    for (const auto& [target, linked] : graphOf(text)) {
        if (target == "orderlab" || target == "orderlabd" || target == "orderlab_lab_options")
            built["app/"].merge(foldersOf(linked));
        else if (!foldersOf({target}).empty())
            built[target == "orderlab_ui" ? "ui/" : "core/" + *foldersOf({target}).begin()] = foldersOf(linked);
    }
    std::set<std::string> told;
    for (const std::string& line : linesOf(document)) {
        std::smatch match;
        if (!std::regex_match(line, match, row))
            continue;
        const std::string folder = match[1].str() + match[2].str();
        told.insert(folder);
        const auto at = built.find(folder);
        if (at == built.end())
            findings.push_back(folder + ": the build has no such library");
        else if (listed(at->second) != match[3].str())
            findings.push_back(folder + " links " + listed(at->second) + ", the map says " + match[3].str());
    }
    for (const auto& [folder, linked] : built) {
        if (!told.contains(folder))
            findings.push_back(folder + ": the map has no row for it");
    }
    return findings;
}

Findings checkLinks(std::string_view text)
{
    static const std::regex products("rdkafka|kafka|PostgreSQL|postgres|(^|/|:)(lib)?pq($|\\.)|memory_(bus|store)",
                                     std::regex::icase);
    static const std::regex clients("rdkafka|PostgreSQL|(^|/|:)(lib)?pq($|\\.)", std::regex::icase);
    static const std::regex qt("^Qt[0-9]*::|^Qt[0-9]*[A-Z]");
    static const std::regex ours("^orderlab_(?!options|warnings|base$|domain$|asio$)");
    static const std::regex ours_but_base("^orderlab_(?!options|warnings|base$)");
    Findings findings;
    const Graph graph = graphOf(text);
    for (const auto& [target, linked] : graph) {
        const bool is_ui = target.starts_with("orderlab_ui") || target == "orderlab";
        if (!is_ui)
            checkTarget(findings, graph, target, qt, "core links no Qt");
        if (target == "orderlab_handlers" || target == "orderlab_service" || target == "orderlab_worker"
            || target == "orderlab_domain")
            checkTarget(findings, graph, target, products, "it must run on any bus and store");
        if (target == "orderlab_base" || target == "orderlab_domain")
            checkTarget(findings, graph, target, target == "orderlab_base" ? ours_but_base : ours,
                        "it knows nobody above it");
        for (const std::string& direct : linked) {
            if (is_ui && std::regex_search(direct, clients))
                findings.push_back(target + " links " + direct + ": the interface knows neither client library");
        }
    }
    return findings;
}

} // namespace orderlab::architecture
