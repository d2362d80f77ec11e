#include "simulation/moment_line.h"

#include "base/utf8.h"
#include "simulation/shipped_scenarios.h"
#include "simulation/swarm.h"

#include <boost/url/encode.hpp>
#include <boost/url/pct_string_view.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include <algorithm>
#include <charconv>

namespace orderlab {

namespace urls = boost::urls;

namespace {

constexpr std::size_t shown_of_line_max = 60;
constexpr std::string_view default_name = "custom";
constexpr std::string_view drawn_prefix = "swarm-";
constexpr std::size_t changes_of_line_max = 100; ///< More do not fit into a line.

template <typename Number>
std::optional<Number> wholeNumber(std::string_view text, int base = 10)
{
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

/// "1.083s": exactly, and always in seconds.
std::string secondsText(Duration duration)
{
    constexpr std::int64_t us_a_second = 1'000'000;
    std::string text = std::to_string(duration.count() / us_a_second);
    if (const std::int64_t rest = duration.count() % us_a_second; rest != 0) {
        std::string digits = std::to_string(us_a_second + rest).substr(1);
        digits.erase(digits.find_last_not_of('0') + 1);
        text += '.' + digits;
    }
    return text + 's';
}

/// What only readers need is left out.
Scenario forRunning(Scenario scenario)
{
    scenario.description.clear();
    scenario.expectation = {};
    scenario.seed = Scenario{}.seed;
    scenario.own_workers.clear();
    return scenario;
}

Result<Scenario> knownScenario(std::string_view name)
{
    if (name == default_name)
        return Scenario{};
    if (const EmbeddedText* shipped = findShippedScenario(name))
        return parseScenario(shipped->text, name);
    if (name.starts_with(drawn_prefix)) {
        if (const auto seed = wholeNumber<std::uint64_t>(name.substr(drawn_prefix.size())))
            return swarmScenario(*seed);
    }
    std::string all;
    for (const EmbeddedText& one : shippedScenarios())
        (all += ", ") += one.name;
    return Error{ErrorCode::NotFound,
                 Retry::Never,
                 shortened(name, shown_of_line_max) + " is no scenario that this program knows; known are custom, "
                     + "swarm-SEED" + all,
                 {}};
}

/// One reading of a line.
class LineReader {
public:
    explicit LineReader(std::string_view text) : m_text(text) {}

    Result<MomentLine> read()
    {
        if (m_text.size() > MomentLine::bytes_max)
            return invalidArgument("moment", "a moment has at most " + std::to_string(MomentLine::bytes_max)
                                                 + " characters; this one has " + std::to_string(m_text.size()));
        if (!MomentLine::isLine(m_text))
            return wrong("a moment begins with orderlab: and the name of a scenario");
        m_at = MomentLine::scheme.size();
        const std::size_t question = std::min(m_text.find('?'), m_text.size());
        m_line.name = m_text.substr(m_at, question - m_at);
        Scenario named; // The rules for names are the scenario's.
        named.name = m_line.name;
        if (std::vector<JsonProblem> problems; !readScenario(named.toJson(), problems))
            return wrong("the name of a scenario has 1 to 60 lower-case letters, digits and hyphens");
        for (m_at = question + 1; m_at < m_text.size();) {
            const std::size_t end = std::min(m_text.find('&', m_at), m_text.size());
            ORDERLAB_TRY(return, readPart(m_text.substr(m_at, end - m_at)));
            m_at = end + 1;
        }
        m_at = 0;
        if (m_line.at && m_line.entry)
            return wrong("a moment has t=TIME or e=ENTRY, not both");
        if (m_line.own && m_line.own->name != m_line.name)
            return wrong("the scenario in the line is called " + m_line.own->name + ", not " + m_line.name);
        if (!m_line.own) {
            if (const auto known = knownScenario(m_line.name); !known)
                return invalidArgument("moment", known.error().message);
        }
        return std::move(m_line);
    }

private:
    Error wrong(const std::string& reason) const
    {
        return invalidArgument("moment", "character " + std::to_string(m_at + 1) + ": " + reason);
    }

    Result<std::string> decoded(std::string_view text)
    {
        const auto view = urls::make_pct_string_view({text.data(), text.size()});
        if (!view) {
            m_at += std::size_t(text.data() - (m_text.data() + m_at)) + std::min(text.find('%'), text.size());
            return wrong("a % must be followed by two hexadecimal digits");
        }
        return view->decode();
    }

    Result<void> readPart(std::string_view part)
    {
        const std::size_t equals = std::min(part.find('='), part.size());
        const std::string_view key = part.substr(0, equals);
        if (equals == part.size())
            return wrong("a part must be KEY=VALUE, not \"" + shortened(part, shown_of_line_max) + '"');
        if (key != "change" && std::find(m_seen.begin(), m_seen.end(), key) != m_seen.end())
            return wrong(shortened(key, shown_of_line_max) + " is there twice");
        m_seen.push_back(key);
        const auto value = decoded(part.substr(equals + 1));
        if (!value)
            return value.error();
        for (const auto& [name, readValue] : {std::pair(std::string_view("scenario"), &LineReader::readScenarioText),
                                              {"seed", &LineReader::readSeed},
                                              {"without", &LineReader::readWithout},
                                              {"change", &LineReader::readChange},
                                              {"t", &LineReader::readTime},
                                              {"e", &LineReader::readEntry},
                                              {"order", &LineReader::readOrder},
                                              {"sha", &LineReader::readSha}}) {
            if (name == key)
                return (this->*readValue)(*value);
        }
        return wrong(shortened(key, shown_of_line_max)
                     + " is unknown; known are scenario, seed, without, change, t, e, order and sha");
    }

    Result<void> readScenarioText(const std::string& value)
    {
        auto scenario = parseScenario(value, "scenario");
        if (!scenario)
            return wrong(scenario.error().message);
        m_line.own = std::move(*scenario);
        return {};
    }
    Result<void> readSeed(const std::string& value)
    {
        const auto seed = wholeNumber<std::uint64_t>(value);
        if (!seed)
            return wrong("a seed is a whole number from 0 to 18446744073709551615");
        m_line.seed = *seed;
        return {};
    }
    Result<void> readWithout(const std::string& value)
    {
        for (std::size_t at = 0; at <= value.size();) {
            const std::size_t comma = std::min(value.find(',', at), value.size());
            const auto guarantee = guaranteeOf(std::string_view(value).substr(at, comma - at));
            if (!guarantee)
                return wrong("without: " + guarantee.error().message);
            m_line.without.push_back(*guarantee);
            at = comma + 1;
        }
        std::sort(m_line.without.begin(), m_line.without.end());
        m_line.without.erase(std::unique(m_line.without.begin(), m_line.without.end()), m_line.without.end());
        return {};
    }
    Result<void> readChange(const std::string& value)
    {
        const std::size_t comma = std::min(value.find(','), value.size());
        const auto at = parseDuration(std::string_view(value).substr(0, comma));
        if (!at || *at > Change::at_max || comma == value.size())
            return wrong("a change is TIME,SETTING, such as 0.9s,inbox=on, within 24 h");
        auto setting = parseSetting(std::string_view(value).substr(comma + 1));
        if (!setting)
            return wrong(setting.error().message);
        if (m_line.changes.size() == changes_of_line_max)
            return wrong("there are more than " + std::to_string(changes_of_line_max) + " changes");
        m_line.changes.push_back({*at, std::move(*setting)});
        return {};
    }
    Result<void> readTime(const std::string& value)
    {
        const auto at = parseDuration(value);
        if (!at)
            return wrong("t " + at.error().message);
        m_line.at = *at;
        return {};
    }
    Result<void> readEntry(const std::string& value)
    {
        m_line.entry = wholeNumber<std::uint64_t>(value);
        if (!m_line.entry)
            return wrong("e is the number of a journal entry, from 0");
        return {};
    }
    Result<void> readOrder(const std::string& value)
    {
        const auto id = Uuid::parse(value);
        if (!id)
            return wrong("order is an order's id, which is a UUID");
        m_line.order = OrderId{*id};
        return {};
    }
    Result<void> readSha(const std::string& value)
    {
        constexpr std::string_view digits = "0123456789abcdef";
        if (value.size() != MomentLine::sha_digits || value.find_first_not_of(digits) != std::string::npos)
            return wrong("sha has 8 lower-case hexadecimal digits");
        m_line.sha = value;
        return {};
    }

    const std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<std::string_view> m_seen; ///< Keys.
    MomentLine m_line;
};

} // namespace

Result<MomentLine> MomentLine::parse(std::string_view text)
{
    return LineReader(text).read();
}

MomentLine MomentLine::of(const Scenario& scenario, std::uint64_t seed)
{
    MomentLine line;
    line.name = scenario.name;
    line.seed = seed;
    const Scenario wanted = forRunning(scenario);
    if (const auto known = knownScenario(scenario.name)) {
        Scenario like = forRunning(*known);
        for (int i = 0; i < guarantee_count; ++i) {
            if (like.guarantees[Guarantee(i)] && !wanted.guarantees[Guarantee(i)])
                line.without.push_back(Guarantee(i));
        }
        like.guarantees = wanted.guarantees;
        const std::size_t own_changes = std::min(like.changes.size(), wanted.changes.size());
        line.changes.assign(wanted.changes.begin() + std::ptrdiff_t(own_changes), wanted.changes.end());
        like.changes.insert(like.changes.end(), line.changes.begin(), line.changes.end());
        bool is_known = like == wanted;
        for (int i = 0; i < guarantee_count; ++i)
            is_known = is_known && (known->guarantees[Guarantee(i)] || !wanted.guarantees[Guarantee(i)]);
        if (is_known && line.changes.size() <= changes_of_line_max)
            return line;
        line.without.clear();
        line.changes.clear();
    }
    line.own = wanted;
    return line;
}

Result<std::string> MomentLine::print() const
{
    constexpr auto plain = urls::unreserved_chars + urls::grammar::lut_chars("=,:@/");
    std::string text(scheme);
    text += name;
    char before = '?';
    const auto add = [&](std::string_view key, std::string_view value) {
        text += before;
        before = '&';
        (text.append(key) += '=') += urls::encode({value.data(), value.size()}, plain);
    };
    if (own)
        add("scenario", own->toJsonNode().toJson());
    add("seed", std::to_string(seed));
    std::string off;
    for (const Guarantee guarantee : without)
        (off += off.empty() ? "" : ",") += orderlab::name(guarantee);
    if (!off.empty())
        add("without", off);
    for (const Change& change : changes)
        add("change", secondsText(change.at) + ',' + toString(change.setting));
    if (at)
        add("t", secondsText(*at));
    if (entry)
        add("e", std::to_string(*entry));
    if (!order.isNull())
        add("order", order.toString());
    if (!sha.empty())
        add("sha", sha);
    if (text.size() > bytes_max)
        return Error{ErrorCode::Exhausted, Retry::Never,
                     "the moment is too long for a line: save its scenario as a file", "moment"};
    return text;
}

Result<Scenario> MomentLine::scenario() const
{
    Result<Scenario> scenario = own ? Result<Scenario>(*own) : knownScenario(name);
    if (!scenario)
        return scenario;
    for (const Guarantee guarantee : without)
        scenario->guarantees.set(guarantee, false);
    scenario->changes.insert(scenario->changes.end(), changes.begin(), changes.end());
    scenario->seed = seed;
    return scenario;
}

} // namespace orderlab
