#include "base/duration.h"
#include "base/suggestion.h"
#include "lessons/lesson_parts.h"
#include "simulation/shipped_scenarios.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::string_view fence = "+++";
constexpr std::size_t predictions_max = 12;

/// Front matter and body of a file.
struct Parts {
    std::string_view front, body;
    std::size_t body_line = 1;
};

std::optional<Parts> split(std::string_view text, std::vector<LessonProblem>& problems)
{
    const std::string opening = std::string(fence) + '\n', closing = '\n' + std::string(fence) + '\n';
    if (!text.starts_with(opening)) {
        problems.push_back({1, 1, {}, "a lesson begins with a line +++, TOML, and another line +++"});
        return std::nullopt;
    }
    const std::size_t end = text.find(closing, fence.size());
    if (end == std::string_view::npos) {
        problems.push_back({1, 1, {}, "the line +++ that ends the TOML is missing"});
        return std::nullopt;
    }
    Parts parts{text.substr(opening.size(), end + 1 - opening.size()), text.substr(end + closing.size())};
    parts.body_line =
        std::size_t(std::count(text.begin(), text.begin() + std::ptrdiff_t(end + closing.size()), '\n')) + 1;
    return parts;
}

/// One reading of a lesson.
class LessonReader {
public:
    LessonReader(std::string_view name, std::vector<LessonProblem>& problems) : m_problems(problems)
    {
        m_lesson.name = name;
    }

    Lesson read(const toml::table& table, const Parts& parts)
    {
        TomlFields fields(table, {}, first_line, m_problems);
        fields.string("title", m_lesson.title, true, 100);
        fields.string("goal", m_lesson.goal, true, 500);
        fields.string("wrong_belief", m_lesson.wrong_belief, true, 500);
        fields.strings("concepts", m_lesson.concepts);
        if (m_lesson.concepts.empty())
            fields.note("concepts", "is missing: write concepts = [\"…\"]");
        fields.integer("minutes", m_lesson.minutes, 1, 120);
        fields.string("next", m_lesson.next, false, 60);
        if (!fields.has("world"))
            fields.note("world", "is missing: write [world] and scenario = \"…\" below");
        fields.table("world", [this](TomlFields& world) { readWorld(world); });
        fields.table("observe", [this](TomlFields& observe) {
            observe.query("story", m_lesson.story);
            observe.query("stop", m_lesson.stop);
            observe.string("look", m_lesson.look, false);
        });
        fields.tables("predict", predictions_max, [this](TomlFields& predict) {
            Prediction prediction = readPrediction(predict);
            for (const Prediction& other : m_lesson.predictions) {
                if (other.id == prediction.id)
                    predict.note("id", "another prediction has this id");
            }
            m_lesson.predictions.push_back(std::move(prediction));
        });
        if (m_lesson.predictions.empty())
            fields.note("predict", "is missing: a lesson has at least one [[predict]]");
        fields.table("puzzle", [this](TomlFields& puzzle) { m_lesson.puzzle = readPuzzle(puzzle); });
        if (m_lesson.puzzle && !m_lesson.story)
            fields.note("puzzle", "needs observe.story: the query that finds the order whose story is told");
        fields.table("drill", [this](TomlFields& drill) { m_lesson.drill = readDrill(drill); });
        fields.table("modify", [this](TomlFields& modify) { m_lesson.modify = readModify(modify); });
        fields.table("make", [this](TomlFields& make) { m_lesson.make = readMake(make); });
        fields.finish();
        readBody(parts);
        return std::move(m_lesson);
    }

private:
    static constexpr std::size_t first_line = 2; ///< Of the TOML.

    void readWorld(TomlFields& fields)
    {
        std::string name;
        fields.string("scenario", name, true, 60);
        fields.integer("seed", m_lesson.seed, 0, std::numeric_limits<std::int64_t>::max());
        std::uint64_t orders = 0, partitions = 0;
        fields.integer("orders", orders, 1, 10'000);
        fields.integer("partitions", partitions, 1, 64);
        std::string pause;
        fields.string("pause", pause, false, 20);
        const auto mean_pause = parseDuration(pause);
        if (!pause.empty() && (!mean_pause || *mean_pause > std::chrono::minutes{1}))
            fields.note("pause", "must be the time between two orders, such as \"100ms\", at most 1min");
        std::vector<Change> changes;
        fields.changes("changes", changes);
        if (name.empty())
            return;
        const EmbeddedText* shipped = findShippedScenario(name);
        if (!shipped) {
            std::vector<std::string_view> names;
            for (const EmbeddedText& one : shippedScenarios())
                names.push_back(one.name);
            return fields.note("scenario", "is none of `orderlabd scenario list`" + suggestion(name, names));
        }
        auto scenario = parseScenario(shipped->text, shipped->name);
        if (!scenario)
            return fields.note("scenario", scenario.error().message);
        m_lesson.world = std::move(*scenario);
        m_lesson.world.expectation = {};
        if (orders > 0)
            m_lesson.world.orders.count = orders;
        if (!pause.empty() && mean_pause)
            m_lesson.world.orders.mean_pause = *mean_pause;
        if (partitions > 0)
            m_lesson.world.topology.partitions = std::uint16_t(partitions);
        m_lesson.world.changes.insert(m_lesson.world.changes.end(), changes.begin(), changes.end());
    }

    /// The sections of the Markdown below the TOML.
    void readBody(const Parts& parts)
    {
        const std::map<std::string_view, std::string*> sections{
            {"Told", &m_lesson.told}, {"What happened", &m_lesson.what_happened}, {"Why", &m_lesson.why}};
        std::string* section = nullptr;
        std::size_t line_number = parts.body_line;
        for (std::size_t at = 0; at < parts.body.size(); ++line_number) {
            const std::size_t end = std::min(parts.body.find('\n', at), parts.body.size());
            const std::string_view line = parts.body.substr(at, end - at);
            at = end + 1;
            if (!line.starts_with("## ")) {
                if (section)
                    section->append(line) += '\n';
                else if (!line.empty())
                    m_problems.push_back(
                        {line_number, 1, {}, "text must stand below a heading: write ## Told above it"});
                continue;
            }
            const auto found = sections.find(line.substr(3));
            if (found == sections.end())
                m_problems.push_back(
                    {line_number, 1, {}, "a section is ## Told, ## What happened or ## Why; use ### inside of one"});
            else if (!found->second->empty())
                m_problems.push_back({line_number, 1, {}, "this section is there twice"});
            section = found == sections.end() ? &m_ignored : found->second;
        }
        for (const auto& [title, text] : sections) {
            text->erase(0, text->find_first_not_of('\n'));
            text->erase(text->find_last_not_of("\n ") + 1);
            if (text->empty())
                m_problems.push_back({line_number, 1, {}, "the section ## " + std::string(title) + " is missing"});
        }
    }

    Lesson m_lesson;
    std::string m_ignored;
    std::vector<LessonProblem>& m_problems;
};

} // namespace

std::optional<Lesson> readLesson(std::string_view text, std::string_view name, std::vector<LessonProblem>& problems)
{
    const std::size_t before = problems.size();
    if (text.size() > Lesson::bytes_max) {
        problems.push_back({1, 1, {}, "is larger than 256 KiB, so it is no lesson"});
        return std::nullopt;
    }
    const auto parts = split(text, problems);
    if (!parts)
        return std::nullopt;
    toml::table table;
    try {
        table = toml::parse(parts->front);
    } catch (const toml::parse_error& error) {
        const toml::source_position at = error.source().begin;
        problems.push_back({at.line + 1, at.column, {}, "is no TOML: " + std::string(error.description())});
        return std::nullopt;
    }
    Lesson lesson = LessonReader(name, problems).read(table, *parts);
    std::stable_sort(problems.begin() + std::ptrdiff_t(before), problems.end(),
                     [](const LessonProblem& a, const LessonProblem& b) {
                         return std::pair(a.line, a.column) < std::pair(b.line, b.column);
                     });
    return problems.size() == before ? std::optional(std::move(lesson)) : std::nullopt;
}

} // namespace orderlab
