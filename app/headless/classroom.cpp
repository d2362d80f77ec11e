#include "classroom/class_records.h"
#include "headless/commands.h"
#include "headless/json_text.h"
#include "headless/say.h"
#include "headless/server_link.h"
#include "lessons/shipped_lessons.h"
#include "number_in.h"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace orderlab {

namespace {

struct ClassArguments {
    ServerAddress server;
    bool json = false;
    // The question.
    std::string ask, right, lesson, prediction;
    std::vector<std::string> choices;
    std::uint32_t in_seconds = 0;
    unsigned student = 0;
    bool names = false;
};

void printQuestion(const JsonNode& question)
{
    std::printf("question %lld: %s\n", static_cast<long long>(numberIn(question, "number")),
                textIn(question, "ask").c_str());
    const auto& choices = in(question, "choices").items;
    for (std::size_t choice = 0; choice < choices.size(); ++choice) {
        const char letter = char('A' + choice);
        std::string votes;
        for (const JsonNode& round : in(question, "rounds").items)
            votes += padded(choice < round.items.size() ? round.items[choice].text : "", 4);
        std::printf("  %c%s %s %s\n", letter, textIn(question, "right") == std::string(1, letter) ? "*" : " ",
                    votes.c_str(), choices[choice].text.c_str());
    }
}

void printClass(const JsonNode& state)
{
    std::printf("%s  code %s  %s%s\n", textIn(state, "url").c_str(), textIn(state, "code").c_str(),
                textIn(state, "phase").c_str(), textIn(state, "locked") == "true" ? ", locked" : "");
    if (in(state, "question").type == JsonType::Object)
        printQuestion(in(state, "question"));
    for (const JsonNode& student : in(state, "students").items) {
        const std::string vote = textIn(student, "vote");
        std::printf("  %s%s%s%s bought, %s paid, %s failed\n", padded(textIn(student, "number"), 5).c_str(),
                    padded(textIn(student, "name"), 26).c_str(),
                    padded(textIn(student, "here") == "true" ? "here" : "away", 6).c_str(),
                    (padded(vote.empty() ? "-" : vote, 3) + textIn(student, "bought")).c_str(),
                    textIn(student, "paid").c_str(), textIn(student, "failed").c_str());
    }
    if (in(state, "students").items.empty())
        std::printf("  nobody has joined yet\n");
}

int send(const ClassArguments& arguments, const std::string& method, const std::string& path,
         const std::string& body = {})
{
    const auto link = linkToServer(arguments.server);
    if (!link)
        return fail(link.error());
    const Answer answer = (*link)->ask(method, path, body);
    if (!answer)
        return fail(answer.error());
    if (answer->type == JsonType::String)
        std::fputs(answer->text.c_str(), stdout); // CSV.
    else if (arguments.json)
        std::fputs(answer->toPrettyJson().c_str(), stdout);
    else
        printClass(*answer);
    return exit_ok;
}

/// A question of a lesson, without the marks that need a run.
Result<ClassQuestion> lessonQuestion(const std::string& name, const std::string& prediction)
{
    const auto source = findLesson(name);
    if (!source)
        return source.error();
    std::vector<LessonProblem> problems;
    const auto lesson = readLesson(source->text, source->name, problems);
    if (!lesson)
        return invalidArgument("lesson", toString(problems.front(), source->file));
    std::string ids;
    for (const Prediction& one : lesson->predictions) {
        ids += (ids.empty() ? "" : ", ") + one.id;
        if (!prediction.empty() && one.id != prediction)
            continue;
        ClassQuestion question{one.ask, {}, one.expected};
        for (const Choice& choice : one.choices)
            question.choices.push_back(choice.text);
        return question;
    }
    return invalidArgument("prediction", ids.empty() ? name + " predicts nothing" : "there are " + ids);
}

int ask(const ClassArguments& arguments)
{
    ClassQuestion question{arguments.ask, arguments.choices, {}};
    if (!arguments.lesson.empty()) {
        auto found = lessonQuestion(arguments.lesson, arguments.prediction);
        if (!found)
            return fail(found.error());
        question = std::move(*found);
    } else if (arguments.ask.empty()) {
        return fail(invalidArgument("lesson", "or a QUESTION with --choice is needed"));
    }
    JsonNode choices = JsonNode::array(), body = JsonNode::object();
    for (const std::string& choice : question.choices)
        choices.items.push_back(JsonNode::string(choice));
    body.add("ask", JsonNode::string(question.ask)).add("choices", std::move(choices));
    const std::string right = !arguments.right.empty() ? arguments.right
                              : question.right         ? std::string(1, letterOf(*question.right))
                                                       : std::string();
    if (!right.empty())
        body.add("right", JsonNode::string(right));
    return send(arguments, "POST", "/classroom/question", body.toJson());
}

CLI::App* addPart(CLI::App& parent, const char* name, const char* help, std::shared_ptr<ClassArguments> arguments,
                  std::function<int(const ClassArguments&)> part, Command& run)
{
    CLI::App* command = parent.add_subcommand(name, help);
    command->add_option("--to", arguments->server.to,
                        "URL of a running server (default: ORDERLAB_LISTEN, else http://127.0.0.1:8080)");
    addTlsCaOption(*command, arguments->server);
    command->add_flag("--json", arguments->json, "Prints JSON instead of text");
    command->callback([&run, arguments, part] { run = [arguments, part] { return part(*arguments); }; });
    return command;
}

std::string lockBody(bool locked, std::uint32_t in_seconds)
{
    return JsonNode::object()
        .add("locked", JsonNode::boolean(locked))
        .add("in_seconds", JsonNode::number(in_seconds))
        .toJson();
}

} // namespace

void addClassroom(CLI::App& app, Command& run)
{
    using Arguments = ClassArguments;
    auto arguments = std::make_shared<ClassArguments>();
    CLI::App* command = app.add_subcommand(
        "classroom",
        "Leads the class of a server that was started with --classroom: asks, shows votes, locks, removes");
    command->require_subcommand(1);
    const auto add = [&](const char* name, const char* help, std::function<int(const Arguments&)> part) {
        return addPart(*command, name, help, arguments, std::move(part), run);
    };
    const auto simple = [&](const char* name, const char* help, const char* path, const char* body) {
        add(name, help, [path, body](const Arguments& given) { return send(given, "POST", path, body); });
    };
    add("show", "Shows the class: its code, who is in it, the question and the votes of each round",
        [](const Arguments& given) { return send(given, "GET", "/classroom"); });
    CLI::App* asking = add("ask", "Asks a question and opens the first round of votes", ask);
    asking->add_option("QUESTION", arguments->ask, "What to ask; or --lesson");
    asking->add_option("--choice", arguments->choices, "An answer to choose; two to six times")->take_all();
    asking->add_option("--right", arguments->right, "The letter of the right one, shown with the reveal");
    asking->add_option("--lesson", arguments->lesson, "A lesson, whose prediction is asked");
    asking->add_option("--prediction", arguments->prediction, "Its id in the lesson (default: the first)");
    simple("close", "Ends the round of votes: the class discusses", "/classroom/votes", R"({"open":false})");
    simple("vote", "Opens another round of votes", "/classroom/votes", R"({"open":true})");
    simple("reveal", "Shows the class how it voted, and what is right", "/classroom/reveal", "");
    add("lock", "Lets nobody buy or vote",
        [](const Arguments& given) { return send(given, "POST", "/classroom/lock", lockBody(true, given.in_seconds)); })
        ->add_option("--in", arguments->in_seconds, "After a countdown of so many seconds, 0 to 3600")
        ->check(numberIn(0, 3'600));
    add("unlock", "Lets everybody buy and vote again",
        [](const Arguments& given) { return send(given, "POST", "/classroom/lock", lockBody(false, 0)); });
    add("show-student", "Lets everybody look at a student's newest order",
        [](const Arguments& given) {
            return send(given, "POST", "/classroom/show",
                        JsonNode::object().add("student", JsonNode::number(given.student)).toJson());
        })
        ->add_option("NUMBER", arguments->student, "The student; 0: nobody")
        ->required();
    add("remove", "Removes a student",
        [](const Arguments& given) {
            return send(given, "DELETE", "/classroom/students/" + std::to_string(given.student));
        })
        ->add_option("NUMBER", arguments->student, "The student")
        ->required();
    add("results", "Prints orders and votes as CSV", [](const Arguments& given) {
        return send(given, "GET", std::string("/classroom/results?names=") + (given.names ? "true" : "false"));
    })->add_flag("--names", arguments->names, "With the students' names (default: numbers only)");
}

} // namespace orderlab
