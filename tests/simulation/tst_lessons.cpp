#include "lessons/lesson_check.h"
#include "lessons/lesson_text.h"
#include "lessons/shipped_lessons.h"
#include "simulation/moment_line.h"
#include "support/effort.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <QFile>
#include <QRegularExpression>

#include <map>
#include <set>

using namespace orderlab;

namespace {

constexpr std::uint64_t lesson_worlds =
    6; ///< Of 200, so that it does not take long; `lesson check` of an author takes all.

QByteArray lessonLines(const std::vector<std::string>& lines)
{
    QByteArray all;
    for (const std::string& line : lines)
        all += QByteArray::fromStdString(line) + '\n';
    return all;
}

/// What a learner answers who understood everything.
LessonAnswers rightAnswers(const Lesson& lesson)
{
    LessonAnswers answers;
    for (const Prediction& prediction : lesson.predictions)
        answers.predictions[prediction.id] = {prediction.expected, 80};
    if (lesson.modify)
        answers.modify = lesson.modify->solution;
    answers.worlds = lesson_worlds;
    return answers;
}

/// A lesson in a few lines, with all that it must have.
QByteArray smallLesson()
{
    return "+++\n"                                            // 1
           "title = \"Small\"\n"                              // 2
           "goal = \"To see\"\n"                              // 3
           "wrong_belief = \"None\"\n"                        // 4
           "concepts = [\"smallness\"]\n"                     // 5
           "\n"                                               // 6
           "[world]\n"                                        // 7
           "scenario = \"double-charge\"\n"                   // 8
           "seed = 5\n"                                       // 9
           "changes = [\"0.1s,inbox=off\"]\n"                 // 10
           "\n"                                               // 11
           "[observe]\n"                                      // 12
           "story = \"gateway-charged\"\n"                    // 13
           "\n"                                               // 14
           "[[predict]]\n"                                    // 15
           "id = \"charges\"\n"                               // 16
           "ask = \"How many?\"\n"                            // 17
           "query = \"gateway-charged\"\n"                    // 18
           "expected = \"B\"\n"                               // 19
           "\n"                                               // 20
           "[[predict.choice]]\n"                             // 21
           "text = \"fifty\"\n"                               // 22
           "hits = \"50\"\n"                                  // 23
           "refute = \"No, {{count gateway-charged}}.\"\n"    // 24
           "\n"                                               // 25
           "[[predict.choice]]\n"                             // 26
           "text = \"more\"\n"                                // 27
           "hits = \"51..\"\n"                                // 28
           "\n"                                               // 29
           "[puzzle]\n"                                       // 30
           "ask = \"In order?\"\n"                            // 31
           "[[puzzle.card]]\n"                                // 32
           "text = \"charged\"\n"                             // 33
           "step = \"gateway-charged\"\n"                     // 34
           "[[puzzle.card]]\n"                                // 35
           "text = \"accepted\"\n"                            // 36
           "step = \"order-accepted\"\n"                      // 37
           "[[puzzle.card]]\n"                                // 38
           "text = \"published\"\n"                           // 39
           "step = \"event-published topic=order-created\"\n" // 40
           "[[puzzle.card]]\n"                                // 41
           "text = \"dead\"\n"                                // 42
           "step = \"dead-lettered\"\n"                       // 43
           "\n"                                               // 44
           "[modify]\n"                                       // 45
           "task = \"Once\"\n"                                // 46
           "allow = [\"payment-key\", \"members\"]\n"         // 47
           "holds = [\"charged-at-most-once\"]\n"             // 48
           "solution = [\"payment-key=on\"]\n"                // 49
           "[[modify.wrong]]\n"                               // 50
           "changes = [\"members=5\"]\n"                      // 51
           "refute = \"More of the same.\"\n"                 // 52
           "+++\n"                                            // 53
           "\n"                                               // 54
           "## Told\n"                                        // 55
           "It charges.\n"                                    // 56
           "## What happened\n"                               // 57
           "{{count gateway-charged}} charges.\n"             // 58
           "## Why\n"                                         // 59
           "So.\n";                                           // 60
}

Lesson readSmall()
{
    std::vector<LessonProblem> problems;
    const QByteArray text = smallLesson();
    auto lesson = readLesson(std::string_view(text.constData(), std::size_t(text.size())), "small", problems);
    if (!lesson)
        throw std::logic_error(toString(problems.at(0), "small.md"));
    return std::move(*lesson);
}

} // namespace

/// Lessons: that each shipped one tells the truth about its run, and how answers are graded.
class TestLessons : public QObject {
    Q_OBJECT

    static void addLessons()
    {
        QTest::addColumn<QByteArray>("name");
        for (const EmbeddedText& one : shippedLessons())
            QTest::newRow(std::string(one.name).c_str()) << QByteArray(one.name.data(), qsizetype(one.name.size()));
    }

private slots:
    void shippedLessons_areACourse()
    {
        std::set<std::string> names, concepts;
        std::size_t drills = 0;
        for (const EmbeddedText& one : shippedLessons()) {
            const Lesson lesson = shippedLesson(one.name);
            names.insert(lesson.name);
            concepts.insert(lesson.concepts.begin(), lesson.concepts.end());
            drills += lesson.isDrill();
        }
        QCOMPARE(drills, std::size_t(2));
        QCOMPARE(names.size() - drills, std::size_t(16));
        // From the first one on, `next` leads through all of them once.
        std::string at(shippedLessons().front().name);
        for (const EmbeddedText& one : shippedLessons()) {
            QCOMPARE(at, std::string(one.name));
            at = shippedLesson(one.name).next;
        }
        QCOMPARE(at, std::string());
    }

    void eachLesson_isTrueOfItsRun_data() { addLessons(); }
    /// The expected choices are those that the journal says, solutions solve, wrong tries do not, queries find.
    void eachLesson_isTrueOfItsRun()
    {
        QFETCH(QByteArray, name);
        const auto notes = checkLesson(shippedLesson(name.toStdString()), lesson_worlds);
        QVERIFY_RESULT(notes);
        QCOMPARE(lessonLines(*notes), QByteArray());
    }

    void eachLesson_gradesAnswers_data() { addLessons(); }
    /// Right answers pass; each wrong choice gets its own refutation, with this run's figures in it.
    void eachLesson_gradesAnswers()
    {
        QFETCH(QByteArray, name);
        const Lesson lesson = shippedLesson(name.toStdString());
        const auto world = PlayedWorld::play(lesson.world, lesson.seed);
        QVERIFY_RESULT(world);
        LessonAnswers answers = rightAnswers(lesson);
        if (lesson.puzzle) {
            const auto chain = causalChain(lesson, *world);
            QVERIFY_RESULT(chain);
            answers.puzzle = *chain;
        }
        const auto grade = gradeLesson(lesson, answers);
        QVERIFY_RESULT(grade);
        QVERIFY2(grade->isPassed(), grade->toText().c_str());
        QCOMPARE(grade->predictions.front().worlds, lesson_worlds);

        for (const Prediction& prediction : lesson.predictions) {
            std::set<std::string> told;
            for (std::size_t i = 0; i < prediction.choices.size(); ++i) {
                const auto wrong = gradePrediction(lesson, prediction, *world, PredictionAnswer{i, {}});
                QVERIFY_RESULT(wrong);
                QCOMPARE(wrong->isRight(), i == prediction.expected);
                QCOMPARE(wrong->refutation.empty(), i == prediction.expected);
                QVERIFY2(wrong->refutation.find("{{") == std::string::npos, wrong->refutation.c_str());
                told.insert(wrong->refutation);
            }
            QCOMPARE(told.size(), prediction.choices.size());
        }
        for (const std::string& text : {lesson.told, lesson.what_happened, lesson.why}) {
            const std::string shown = filled(text, lesson, *world);
            QVERIFY2(shown.find("{{") == std::string::npos, shown.c_str());
        }
        if (lesson.puzzle) {
            auto turned = *answers.puzzle;
            std::swap(turned.front(), turned.back());
            const auto wrong = gradePuzzle(lesson, *world, turned);
            QVERIFY_RESULT(wrong);
            QVERIFY(!wrong->isRight() && !wrong->refutation.empty());
        }
    }

    /// Counted by hand, entry by entry.
    void grading_equalsTheJournal()
    {
        const Lesson lesson = shippedLesson("payment-key");
        const auto world = PlayedWorld::play(lesson.world, lesson.seed);
        QVERIFY_RESULT(world);
        std::map<OrderId, int> charges;
        for (const Entry& entry : world->entries())
            charges[OrderId(entry.order)] += entry.kind == EntryKind::GatewayCharged;
        std::uint64_t twice = 0;
        for (const auto& [order, count] : charges)
            twice += count > 1;
        QVERIFY(twice > 0);
        const Prediction& prediction = lesson.predictions.front();
        const auto grade = gradePrediction(lesson, prediction, *world, {});
        QVERIFY_RESULT(grade);
        QCOMPARE(grade->counted, twice);
        QVERIFY(!grade->chosen && !grade->isRight());
        QVERIFY(filled(prediction.choices.front().refute, lesson, *world).find(std::to_string(twice))
                != std::string::npos);
        // The same numbers as simulate reports.
        const auto report = simulate(lesson.world, lesson.seed);
        QVERIFY_RESULT(report);
        QCOMPARE(world->entries().size(), std::size_t(report->journal_entries));
    }

    void worlds_areCountedAsIfPlayedOneByOne()
    {
        const Lesson lesson = shippedLesson("outbox");
        std::vector<const Predicate*> predicates;
        for (const Choice& choice : lesson.predictions.front().choices)
            predicates.push_back(&choice.when);
        std::vector<std::uint64_t> expected(predicates.size());
        constexpr std::uint64_t some = 12;
        for (std::uint64_t seed = 1; seed <= some; ++seed) {
            const auto world = PlayedWorld::play(lesson.world, seed);
            QVERIFY_RESULT(world);
            for (std::size_t i = 0; i < predicates.size(); ++i)
                expected[i] += world->isTrue(*predicates[i]);
        }
        const auto counts = countWorlds(lesson.world, predicates, some, 3);
        QVERIFY_RESULT(counts);
        QVERIFY(counts->is_true == expected);
        QCOMPARE(expected[0] + expected[1] + expected[2], some); // One of them is true in each.
    }

    void puzzle_tellsTheFirstMistake()
    {
        const Lesson lesson = readSmall();
        const auto world = PlayedWorld::play(lesson.world, lesson.seed);
        QVERIFY_RESULT(world);
        const auto told = [&](std::vector<std::size_t> cards) {
            const auto grade = gradePuzzle(lesson, *world, cards);
            return grade ? grade->refutation : grade.error().message;
        };
        QCOMPARE(told({1, 2, 0}), std::string());
        QCOMPARE(told({1, 0, 2}),
                 std::string("C (published) cannot be an effect of A (charged): in your run it happened before."));
        QCOMPARE(told({1, 2, 3, 0}), std::string("D (dead) does not happen in this order's story."));
        QCOMPARE(told({1, 0}), std::string("C (published) is missing: without it the chain has a gap."));
        QCOMPARE(told({1, 1, 2, 0}),
                 std::string("B (accepted) cannot be an effect of B (accepted): in your run it happened before."));
    }

    void task_isGradedByTheInvariants()
    {
        const Lesson lesson = readSmall();
        const auto graded = [&](std::initializer_list<const char*> changes) {
            std::vector<Change> all;
            for (const char* change : changes)
                all.push_back(parseChange(change).value());
            return gradeTask(lesson, all, lesson_worlds).value();
        };
        const TaskGrade right = graded({"payment-key=on"});
        QVERIFY(right.isRight());
        QCOMPARE(right.solved, lesson_worlds);

        const TaskGrade wrong = graded({"members=5"});
        QVERIFY(!wrong.isRight());
        QCOMPARE(wrong.refutation, std::string("More of the same."));
        QVERIFY2(wrong.what_failed.starts_with("it breaks charged-at-most-once: "), wrong.what_failed.c_str());
        // The moment is that of the world that failed.
        const auto line = MomentLine::parse(wrong.moment);
        QVERIFY_RESULT(line);
        QCOMPARE(line->seed, wrong.first_failing);
        const auto report = simulate(line->scenario().value(), line->seed);
        QVERIFY_RESULT(report);
        QVERIFY(report->isViolated("charged-at-most-once"));

        const TaskGrade refused = graded({"faults=none"});
        QVERIFY(!refused.isRight() && refused.worlds == 0);
        QCOMPARE(refused.refutation, std::string("faults is not to be changed here; only: payment-key, members"));
        QVERIFY(!gradeTask(lesson, {}, lesson_worlds).value().is_answered);
    }

    void drill_countsOnTheClockOfItsRun()
    {
        const Lesson lesson = shippedLesson("drill-angry-customers");
        LessonAnswers answers = rightAnswers(lesson);
        answers.diagnosed_at = std::chrono::milliseconds{2'750};
        const auto grade = gradeLesson(lesson, answers);
        QVERIFY_RESULT(grade);
        QVERIFY2(grade->isPassed(), grade->toText().c_str());
        QCOMPARE(grade->drill->to_diagnosis.value(), Duration{std::chrono::milliseconds{250}});
        QCOMPARE(grade->drill->to_repair.value(), Duration{std::chrono::milliseconds{500}});
        QVERIFY(grade->drill->began > std::chrono::seconds{1} && grade->drill->began < grade->drill->alert);
        // Nobody repairs what nobody knows of yet.
        answers.modify = {parseChange("1s,payment-key=on").value()};
        const auto early = gradeLesson(lesson, answers);
        QVERIFY_RESULT(early);
        QVERIFY(!early->isPassed());
        QVERIFY(early->task->refutation.starts_with("a repair can only be made after the alert"));
    }

    void brokenLesson_isToldByLine_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("problem");
        const auto row = [](const char* name, const char* from, const char* to, const char* problem) {
            QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QByteArray(problem);
        };
        row("no TOML", "+++\ntitle", "title", "x.md:1:1: a lesson begins with a line +++");
        row("not ended", "+++\n\n## Told", "\n## Told", "x.md:1:1: the line +++ that ends the TOML is missing");
        row("bad TOML", "seed = 5", "seed = five", "x.md:9:");
        row("member missing", "goal = \"To see\"\n", "", "goal: is missing: write goal = ");
        row("unknown member", "id = ", "idd = ", "predict[1].idd: is unknown; did you mean id?");
        row("no such scenario", "double-charge", "double-charges", "x.md:8:12: world.scenario: is none of");
        row("bad seed", "seed = 5", "seed = -5", "x.md:9:8: world.seed: must be a whole number");
        row("bad change", "0.1s,inbox=off", "0.1s,inbx=off", "x.md:10:11: world.changes: \"0.1s,inbx=off\": ");
        row("bad query", "query = \"gateway-charged\"", "query = \"gateway-chargd\"",
            "x.md:18:9: predict[1].query: is no query (docs/query.md), at its character 1: ");
        row("no such choice", "expected = \"B\"", "expected = \"C\"",
            "x.md:19:12: predict[1].expected: must be the letter");
        row("no refutation", "refute = \"No, {{count gateway-charged}}.\"\n", "",
            "predict[1].choice[1].refute: is missing: what do you tell");
        row("bad count", "\"51..\"", "\"51-60\"", "x.md:28:8: predict[1].choice[2].hits: must be a count");
        row("bad card", "step = \"dead-lettered\"", "step = \"dead\"", "x.md:43:8: puzzle.card[4].step: is no query");
        row("bad setting", "\"members\"]", "\"membrs\"]",
            "x.md:47:9: modify.allow: membrs is no setting; did you mean members?");
        row("bad invariant", "[\"charged-at-most-once\"]", "[\"charged-once\"]",
            "x.md:48:9: modify.holds: charged-once is no");
        row("no solution", "solution = [\"payment-key=on\"]\n", "", "modify.solution: is missing");
        row("no section", "## Why\nSo.\n", "", "x.md:59:1: the section ## Why is missing");
        row("unknown section", "## Why", "## Because", "x.md:59:1: a section is ## Told");
        row("text in between", "\n## Told", "Hello\n## Told", "x.md:54:1: text must stand below a heading");
        row("too large", "It charges.", QByteArray(300'000, 'x').constData(), "x.md:1:1: is larger than 256 KiB");
    }
    void brokenLesson_isToldByLine()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, problem);
        QByteArray text = smallLesson();
        QVERIFY(text.contains(from));
        text.replace(text.indexOf(from), from.size(), to);
        std::vector<LessonProblem> problems;
        QVERIFY(!readLesson(std::string_view(text.constData(), std::size_t(text.size())), "x", problems));
        std::vector<std::string> lines;
        for (const LessonProblem& one : problems)
            lines.push_back(toString(one, "x.md"));
        QVERIFY2(lessonLines(lines).contains(problem), lessonLines(lines).constData());
    }

    /// What only the run shows.
    void untrueLesson_isTold_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("note"); // "": none
        QTest::newRow("as it is") << QByteArray("title") << QByteArray("title") << QByteArray();
        QTest::newRow("none is right")
            << QByteArray("hits = \"51..\"") << QByteArray("hits = \"500..\"")
            << QByteArray("predict charges: expects B, but in this run no choice is right; counted");
        QTest::newRow("two are right") << QByteArray("hits = \"50\"") << QByteArray("hits = \"50..\"")
                                       << QByteArray("predict charges: expects B, but in this run AB would be right");
        QTest::newRow("no solution") << QByteArray("solution = [\"payment-key=on\"]")
                                     << QByteArray("solution = [\"members=3\"]")
                                     << QByteArray("modify.solution: does not solve the task: seed ");
        QTest::newRow("not wrong") << QByteArray("changes = [\"members=5\"]")
                                   << QByteArray("changes = [\"payment-key=on\"]")
                                   << QByteArray("modify.wrong[1]: does solve the task");
        QTest::newRow("no mark") << QByteArray("{{count gateway-charged}} charges")
                                 << QByteArray("{{cout gateway-charged}} charges")
                                 << QByteArray("## What happened: {{cout gateway-charged}} is unknown");
        QTest::newRow("no order") << QByteArray("story = \"gateway-charged\"")
                                  << QByteArray("story = \"dead-lettered\"")
                                  << QByteArray("observe.story: finds no order in this run");
    }
    void untrueLesson_isTold()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, note);
        QByteArray text = smallLesson();
        QVERIFY(text.contains(from));
        text.replace(text.indexOf(from), from.size(), to);
        std::vector<LessonProblem> problems;
        const auto lesson = readLesson(std::string_view(text.constData(), std::size_t(text.size())), "x", problems);
        QVERIFY2(lesson.has_value(), problems.empty() ? "" : toString(problems.front(), "x.md").c_str());
        const auto notes = checkLesson(*lesson, lesson_worlds);
        QVERIFY_RESULT(notes);
        if (note.isEmpty())
            QCOMPARE(lessonLines(*notes), QByteArray());
        else
            QVERIFY2(lessonLines(*notes).contains(note), lessonLines(*notes).constData());
    }

    void wrongAnswers_areToldByPlace_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("problem"); // "": none
        const auto row = [](const char* name, const char* json, const char* problem) {
            QTest::newRow(name) << QByteArray(json) << QByteArray(problem);
        };
        row("all", R"({"predictions":{"charges":"b"},"puzzle":["B","C","A"],"modify":["payment-key=on"],"worlds":5})",
            "");
        row("with confidence", R"({"predictions":{"charges":{"choice":"B","confidence":70}}})", "");
        row("no JSON", "predictions", "a.json:1:1: ");
        row("no such prediction", R"({"predictions":{"charge":"B"}})",
            "a.json:1:17: predictions.charge: the lesson has no such prediction; did you mean charges?");
        row("no such choice", R"({"predictions":{"charges":"C"}})",
            "predictions.charges: must be a letter from A to B");
        row("too sure", R"({"predictions":{"charges":{"choice":"B","confidence":101}}})", "confidence: ");
        row("no such card", R"({"puzzle":["E"]})", "a.json:1:12: puzzle[0]: must be a letter from A to D");
        row("no change", R"({"modify":["payment-key"]})", "modify[0]: ");
        row("no drill", R"({"diagnosed_at":"3s"})", "diagnosed_at: this lesson is no drill");
        row("unknown", R"({"puzzles":[]})", "puzzles: ");
    }
    void wrongAnswers_areToldByPlace()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, problem);
        const std::string text = json.toStdString();
        std::vector<JsonProblem> problems;
        const auto answers = readAnswers(text, readSmall(), problems);
        QCOMPARE(answers.has_value(), problem.isEmpty());
        if (!answers)
            QVERIFY2(toString(problems.front(), text, "a.json").find(problem.toStdString()) != std::string::npos,
                     toString(problems.front(), text, "a.json").c_str());
    }

    /// docs/from-the-plan-to-the-code.md names files, lessons and scenarios: they are there, and no lesson is left out.
    void pageFromThePlan_namesWhatIsThere()
    {
        const QString root = QStringLiteral(ORDERLAB_SOURCE_DIR "/");
        QFile file(root + "docs/from-the-plan-to-the-code.md");
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString page = QString::fromUtf8(file.readAll());
        std::set<std::string> lessons;
        int rows = 0;
        for (const QString& line : page.split('\n')) {
            const QStringList cells = line.split('|');
            if (cells.size() != 6 || cells[1].contains("---") || cells[1].trimmed() == "concept")
                continue;
            ++rows;
            const auto marked = [&](int cell) {
                QStringList all;
                auto found = QRegularExpression("`([^`]+)`").globalMatch(cells[cell]);
                while (found.hasNext())
                    all << found.next().captured(1);
                return all;
            };
            QVERIFY2(!marked(2).isEmpty() && !marked(3).isEmpty() && !marked(4).isEmpty(), qPrintable(line));
            for (const QString& path : marked(2))
                QVERIFY2(QFile::exists(root + path), qPrintable(path));
            for (const QString& lesson : marked(3)) {
                QVERIFY2(QFile::exists(root + "resources/lessons/" + lesson + ".md"), qPrintable(lesson));
                lessons.insert(lesson.toStdString());
            }
            for (const QString& scenario : marked(4))
                QVERIFY2(findShippedScenario(scenario.toStdString()), qPrintable(scenario));
        }
        QVERIFY2(rows >= 16, qPrintable(QString::number(rows)));
        for (const EmbeddedText& one : shippedLessons())
            QVERIFY2(lessons.contains(std::string(one.name)), std::string(one.name).c_str());
    }
};

ORDERLAB_TEST(tst_lessons, NoApplication, TestLessons)
#include "tst_lessons.moc"
