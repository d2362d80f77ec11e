#include "classroom/classroom_api.h"

#include "http/operations.h"

namespace orderlab {

namespace {

/// Whether or not a class is on.
class Desk {
public:
    explicit Desk(std::function<ClassroomServer*()> find) : m_find(std::move(find)) {}

    Result<ClassroomServer*> server() const
    {
        if (ClassroomServer* server = m_find ? m_find() : nullptr)
            return server;
        return Error{
            ErrorCode::NotFound, Retry::Never, "no class is on: start one with orderlabd serve --classroom", {}};
    }

private:
    const std::function<ClassroomServer*()> m_find;
};

JsonNode letterOrNull(const std::optional<std::size_t>& choice)
{
    return choice ? JsonNode::string(std::string(1, char('A' + *choice))) : JsonNode{};
}

JsonNode questionJson(const ClassBoard& board)
{
    JsonNode choices = JsonNode::array(), rounds = JsonNode::array();
    for (const std::string& choice : board.question.choices)
        choices.items.push_back(JsonNode::string(choice));
    for (const auto& round : board.tally) {
        JsonNode votes = JsonNode::array();
        for (const std::size_t count : round)
            votes.items.push_back(JsonNode::number(count));
        rounds.items.push_back(std::move(votes));
    }
    JsonNode question = JsonNode::object();
    question.add("number", JsonNode::number(board.asked)).add("ask", JsonNode::string(board.question.ask));
    question.add("choices", std::move(choices)).add("right", letterOrNull(board.question.right));
    return question.add("rounds", std::move(rounds));
}

JsonNode viewJson(const ClassView& view, const std::string& url)
{
    JsonNode students = JsonNode::array();
    for (const StudentRow& row : view.students) {
        JsonNode student = JsonNode::object();
        student.add("number", JsonNode::number(row.number)).add("name", JsonNode::string(row.name));
        student.add("here", JsonNode::boolean(row.is_here));
        student.add("bought", JsonNode::number(row.orders.bought)).add("paid", JsonNode::number(row.orders.paid));
        student.add("failed", JsonNode::number(row.orders.failed));
        student.add("canceled", JsonNode::number(row.orders.canceled)).add("vote", letterOrNull(row.vote));
        students.items.push_back(std::move(student));
    }
    JsonNode json = JsonNode::object();
    json.add("url", JsonNode::string(url)).add("code", JsonNode::string(view.code));
    json.add("phase", JsonNode::string(name(view.board.phase)));
    json.add("question", view.board.asked == 0 ? JsonNode{} : questionJson(view.board));
    json.add("locked", JsonNode::boolean(view.board.is_locked));
    json.add("locks_in_seconds",
             view.board.locks_in ? JsonNode::number((view.board.locks_in->count() + 999'999) / 1'000'000) : JsonNode{});
    json.add("shown", view.shown ? JsonNode::number(*view.shown) : JsonNode{});
    return json.add("students", std::move(students));
}

Result<JsonNode> stateOf(ClassroomServer& server)
{
    return viewJson(server.classroom().view(), server.url());
}

/// A call of the class, and what it then looks like.
template <typename Change>
Task<Result<JsonNode>> changed(Desk& desk, Change change)
{
    const auto server = desk.server();
    if (!server)
        co_return server.error();
    ORDERLAB_TRY(co_return, change((*server)->classroom()));
    co_return stateOf(**server);
}

Task<Result<JsonNode>> state(Desk& desk, NoFields)
{
    return changed(desk, [](Classroom&) { return Result<void>{}; });
}

struct QuestionAsked {
    ClassQuestion question;
    std::string right; ///< A letter; empty: there is none.
};

std::string takeAsk(QuestionAsked& out, const FieldValue& value)
{
    return readText(value, out.question.ask, 1, 4 * ClassQuestion::ask_length_max);
}

std::string takeChoices(QuestionAsked& out, const FieldValue& value)
{
    if (value.node->type != JsonType::Array)
        return "must be a list";
    if (value.node->items.size() < ClassQuestion::choices_min || value.node->items.size() > ClassQuestion::choices_max)
        return "must have 2 to 6 items";
    for (const JsonNode& item : value.node->items) {
        if (item.type != JsonType::String)
            return "must be strings";
        out.question.choices.push_back(item.text);
    }
    return {};
}

std::string takeRight(QuestionAsked& out, const FieldValue& value)
{
    const bool is_letter = value.isString() && value.text.size() == 1 && value.text[0] >= 'A' && value.text[0] <= 'F';
    if (!is_letter)
        return "must be a letter from A to F";
    out.question.right = std::size_t(value.text[0] - 'A');
    return {};
}

std::string takeReason(QuestionAsked& out, const FieldValue& value)
{
    return readText(value, out.question.reason, 0, 4 * ClassQuestion::reason_length_max);
}

Task<Result<JsonNode>> ask(Desk& desk, QuestionAsked asked)
{
    return changed(desk, [asked](Classroom& classroom) { return classroom.ask(asked.question); });
}

struct VotesAsked {
    bool open = false;
};

std::string takeOpen(VotesAsked& out, const FieldValue& value)
{
    return readBoolean(value, out.open);
}

Task<Result<JsonNode>> votes(Desk& desk, VotesAsked asked)
{
    return changed(
        desk, [asked](Classroom& classroom) { return asked.open ? classroom.openVotes() : classroom.closeVotes(); });
}

Task<Result<JsonNode>> reveal(Desk& desk, NoFields)
{
    return changed(desk, [](Classroom& classroom) { return classroom.reveal(); });
}

struct LockAsked {
    bool locked = false;
    std::uint32_t in_seconds = 0;
};

std::string takeLocked(LockAsked& out, const FieldValue& value)
{
    return readBoolean(value, out.locked);
}

std::string takeInSeconds(LockAsked& out, const FieldValue& value)
{
    return readInteger(value, out.in_seconds, 0, 3'600);
}

Task<Result<JsonNode>> lock(Desk& desk, LockAsked asked)
{
    return changed(desk, [asked](Classroom& classroom) -> Result<void> {
        if (asked.locked)
            return classroom.lock(std::chrono::seconds(asked.in_seconds));
        classroom.unlock();
        return {};
    });
}

struct ShowAsked {
    std::uint32_t student = 0; ///< 0: nobody.
};

std::string takeStudent(ShowAsked& out, const FieldValue& value)
{
    return readInteger(value, out.student, 0, 1'000'000);
}

Task<Result<JsonNode>> show(Desk& desk, ShowAsked asked)
{
    return changed(desk, [asked](Classroom& classroom) {
        return classroom.show(asked.student == 0 ? std::nullopt : std::optional<unsigned>(asked.student));
    });
}

struct StudentNamed {
    std::uint32_t number = 0;
};

std::string takeNumber(StudentNamed& out, const FieldValue& value)
{
    return readInteger(value, out.number, 1, 1'000'000).empty() ? "" : "is none of a student";
}

Task<Result<JsonNode>> removeStudent(Desk& desk, StudentNamed named)
{
    return changed(desk, [named](Classroom& classroom) { return classroom.remove(named.number); });
}

struct ResultsAsked {
    bool names = false;
};

std::string takeNames(ResultsAsked& out, const FieldValue& value)
{
    return readBoolean(value, out.names);
}

Task<Result<std::string>> results(Desk& desk, ResultsAsked asked)
{
    const auto server = desk.server();
    if (!server)
        co_return server.error();
    co_return (*server)->classroom().resultsCsv(asked.names);
}

HttpResponse csvResponse(const std::string& csv)
{
    HttpResponse response;
    response.body = csv;
    response.content_type = "text/csv; charset=utf-8";
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"class.csv\"");
    return response;
}

JsonNode asItIs(const JsonNode& json)
{
    return json;
}

} // namespace

void addClassroomApi(Router& router, std::function<ClassroomServer*()> classroom)
{
    const auto desk = std::make_shared<Desk>(std::move(classroom));
    Operations<Desk> operations(router, [desk] { return desk.get(); });
    const RequestReader<NoFields> nothing{BodyRule::Ignored, {}};
    constexpr auto body = FieldPlace::Body;
    const RequestReader<QuestionAsked> question{BodyRule::Json,
                                                {{body, "ask", takeAsk, true},
                                                 {body, "choices", takeChoices, true},
                                                 {body, "right", takeRight},
                                                 {body, "reason", takeReason}}};
    const RequestReader<VotesAsked> open{BodyRule::Json, {{body, "open", takeOpen, true}}};
    const RequestReader<LockAsked> locking{BodyRule::Json,
                                           {{body, "locked", takeLocked, true}, {body, "in_seconds", takeInSeconds}}};
    const RequestReader<ShowAsked> shown{BodyRule::Json, {{body, "student", takeStudent, true}}};
    const RequestReader<StudentNamed> named{BodyRule::Ignored, {{FieldPlace::Path, "number", takeNumber}}};
    const RequestReader<ResultsAsked> asked{BodyRule::Ignored, {{FieldPlace::Query, "names", takeNames}}};

    operations.add(
        {"GET", "/classroom", "getClassroom", "The class: who is in it, what was asked, how it voted", {200, 404}},
        nothing, state, asItIs);
    operations.add(
        {"POST", "/classroom/question", "askClassroom", "Ask the class, and open the first round of votes", {200, 404}},
        question, ask, asItIs);
    operations.add(
        {"POST", "/classroom/votes", "setClassroomVotes", "End the round of votes, or open another", {200, 404, 409}},
        open, votes, asItIs);
    operations.add({"POST",
                    "/classroom/reveal",
                    "revealClassroom",
                    "Show the class how it voted and what is right",
                    {200, 404, 409}},
                   nothing, reveal, asItIs);
    operations.add(
        {"POST", "/classroom/lock", "lockClassroom", "Lock the class, after a countdown, or unlock it", {200, 404}},
        locking, lock, asItIs);
    operations.add(
        {"POST", "/classroom/show", "showStudent", "Let the class look at one student's newest order", {200, 404}},
        shown, show, asItIs);
    operations.add(
        {"DELETE", "/classroom/students/{number}", "removeStudent", "Remove a student from the class", {200, 404}},
        named, removeStudent, asItIs);
    operations.add(
        {"GET", "/classroom/results", "getClassroomResults", "Orders and votes of the students, as CSV", {200, 404}},
        asked, results, csvResponse);
}

} // namespace orderlab
