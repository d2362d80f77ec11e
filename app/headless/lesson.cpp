#include "headless/lesson_output.h"

#include "headless/commands.h"
#include "headless/say.h"
#include "lessons/lesson_check.h"
#include "lessons/make_grade.h"
#include "lessons/shipped_lessons.h"
#include "number_in.h"

#include <CLI/CLI.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>

namespace orderlab {

namespace {

struct LessonArguments {
    std::string name;
    std::vector<std::string> names;
    std::string answers, worker;
    std::uint64_t worlds = 0;
    bool json = false, all = false;
};

struct OpenedLesson {
    LessonSource source;
    std::optional<Lesson> lesson; ///< Nothing: its problems were printed.
};

/// Nothing, and complained, when there is no such lesson.
std::optional<OpenedLesson> openLesson(const std::string& name, std::FILE* out)
{
    auto source = findLesson(name);
    if (!source) {
        complain(source.error());
        return std::nullopt;
    }
    std::vector<LessonProblem> problems;
    auto lesson = readLesson(source->text, source->name, problems);
    for (const LessonProblem& problem : problems)
        std::fprintf(out, "%s\n", toString(problem, source->file).c_str());
    return OpenedLesson{std::move(*source), std::move(lesson)};
}

int listLessons(bool json)
{
    JsonNode all = JsonNode::array();
    for (const EmbeddedText& shipped : shippedLessons()) {
        const Lesson lesson = shippedLesson(shipped.name);
        if (json)
            all.items.push_back(lessonSummary(lesson));
        else
            std::printf("%-30s  %s (%llu min%s)\n", lesson.name.c_str(), lesson.title.c_str(),
                        static_cast<unsigned long long>(lesson.minutes), lesson.isDrill() ? ", on-call drill" : "");
    }
    if (json)
        std::fputs(all.toPrettyJson().c_str(), stdout);
    return exit_ok;
}

int showLesson(const LessonArguments& arguments)
{
    const auto opened = openLesson(arguments.name, stderr);
    if (!opened)
        return exit_usage;
    if (!opened->lesson)
        return exit_failed;
    std::optional<PlayedWorld> world;
    if (arguments.all) {
        auto played = PlayedWorld::play(opened->lesson->world, opened->lesson->seed);
        if (!played)
            return fail(played.error());
        world.emplace(std::move(*played));
    }
    const PlayedWorld* told = world ? &*world : nullptr;
    const std::string text =
        arguments.json ? lessonJson(*opened->lesson, told).toPrettyJson() : lessonPage(*opened->lesson, told);
    std::fputs(text.c_str(), stdout);
    return exit_ok;
}

/// As an author wants it: every problem of every lesson, one a line.
int checkLessons(const LessonArguments& arguments)
{
    int code = exit_ok;
    for (const std::string& name : arguments.names) {
        const auto opened = openLesson(name, stdout);
        if (!opened)
            return exit_usage;
        if (!opened->lesson) {
            code = exit_failed;
            continue;
        }
        const auto notes = checkLesson(*opened->lesson, arguments.worlds);
        if (!notes)
            return fail(notes.error());
        for (const std::string& note : *notes)
            std::printf("%s: %s\n", opened->source.file.c_str(), note.c_str());
        if (notes->empty())
            std::printf("%s: is a valid lesson\n", opened->source.file.c_str());
        else
            code = exit_failed;
    }
    return code;
}

Result<std::string> textOf(const std::string& file)
{
    std::ifstream opened;
    if (file != "-")
        opened.open(file, std::ios::binary);
    std::istream& in = file == "-" ? std::cin : opened;
    if (!in)
        return invalidArgument("answers", file + " cannot be read: " + std::strerror(errno));
    std::string text(LessonAnswers::bytes_max + 1, '\0');
    in.read(text.data(), std::streamsize(text.size()));
    text.resize(std::size_t(in.gcount()));
    if (text.size() > LessonAnswers::bytes_max)
        return invalidArgument("answers", file + " is larger than 64 KiB, so it has no answers");
    return text;
}

int gradeAnswers(const LessonArguments& arguments)
{
    const auto opened = openLesson(arguments.names.front(), stderr);
    if (!opened)
        return exit_usage;
    if (!opened->lesson)
        return exit_failed;
    const auto text = textOf(arguments.answers);
    if (!text)
        return fail(text.error());
    std::vector<JsonProblem> problems;
    auto answers = readAnswers(*text, *opened->lesson, problems);
    for (const JsonProblem& problem : problems)
        complain(toString(problem, *text, arguments.answers));
    if (!answers)
        return exit_usage;
    if (arguments.worlds > 0)
        answers->worlds = arguments.worlds;
    const auto grade = gradeLesson(*opened->lesson, *answers);
    if (!grade)
        return fail(grade.error());
    std::fputs((arguments.json ? grade->toJsonNode().toPrettyJson() : grade->toText()).c_str(), stdout);
    return grade->isPassed() ? exit_ok : exit_failed;
}

int gradeWorker(const LessonArguments& arguments)
{
    const auto opened = openLesson(arguments.names.front(), stderr);
    if (!opened)
        return exit_usage;
    if (!opened->lesson)
        return exit_failed;
    const auto grade = gradeMake(*opened->lesson, arguments.worker, arguments.worlds);
    if (!grade)
        return fail(grade.error());
    std::fputs((arguments.json ? grade->toJsonNode().toPrettyJson() : grade->toText()).c_str(), stdout);
    return grade->isRight() ? exit_ok : exit_failed;
}

int check(const LessonArguments& arguments)
{
    if (arguments.answers.empty() && arguments.worker.empty()) {
        if (!arguments.json)
            return checkLessons(arguments);
        complain("--json prints a grade: it needs --answers or --worker");
        return exit_usage;
    }
    if (arguments.names.size() == 1)
        return arguments.worker.empty() ? gradeAnswers(arguments) : gradeWorker(arguments);
    complain(std::string(arguments.worker.empty() ? "--answers are" : "--worker is") + " for one lesson");
    return exit_usage;
}

} // namespace

void addLesson(CLI::App& app, Command& run)
{
    CLI::App* command =
        app.add_subcommand("lesson", "Lists, prints and checks lessons, and grades what somebody predicted by the run");
    command->require_subcommand(1);
    auto arguments = std::make_shared<LessonArguments>();
    CLI::App* listing = command->add_subcommand("list", "Lists the lessons, in the order in which they are taken");
    listing->add_flag("--json", arguments->json, "Prints one JSON list");
    listing->callback([&run, arguments] { run = [arguments] { return listLessons(arguments->json); }; });

    CLI::App* showing = command->add_subcommand("show", "Prints a lesson up to its questions");
    showing->add_option("LESSON", arguments->name, "A file, or one of `lesson list`")->required();
    showing->add_flag("--all", arguments->all, "Also makes the run and prints what happened and why");
    showing->add_flag("--json", arguments->json, "Prints one JSON object");
    showing->callback([&run, arguments] { run = [arguments] { return showLesson(*arguments); }; });

    CLI::App* checking = command->add_subcommand(
        "check",
        "Plays lessons and reports their mistakes by line; with --answers or --worker, grades these; exit code 1: not "
        "right");
    checking->add_option("LESSON", arguments->names, "Files, or some of `lesson list`")->required();
    CLI::Option* answers = checking->add_option(
        "--answers", arguments->answers,
        "JSON file (- for standard input): {\"predictions\": {\"ID\": \"B\"}, \"puzzle\": [\"C\", \"A\"], \"modify\": "
        "[\"inbox=on\"]}");
    checking
        ->add_option("--worlds", arguments->worlds,
                     "Seeds, 1 to 10000, in which predictions are counted and tasks are graded; default: none, and as "
                     "many as the task says")
        ->check(numberIn(1, 10'000));
    checking
        ->add_option("--worker", arguments->worker,
                     "Program and arguments of your own worker, such as 'python3 my_payment.py': puts it through the "
                     "worlds of the lesson's last task")
        ->excludes(answers);
    checking->add_flag("--json", arguments->json, "Prints the grade as one JSON object");
    checking->callback([&run, arguments] { run = [arguments] { return check(*arguments); }; });
}

} // namespace orderlab
