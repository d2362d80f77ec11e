#include "support/test_program.h"
#include "ui/bridge/answers.h"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

using orderlab::ui::Answers;

class AnswersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answers_runInTheOrderOfPosting_onTheDrainingThread();
    void answerForAReceiverThatIsGone_doesNothing();
    void answerAfterTheQueueIsGone_doesNothing();
    void placesAreBounded_andGivenBack();
    void nestedDrain_keepsTheOrder();
    void answerPostedWhileDraining_waitsForTheNext();
    void news_mergeWhileTheyWait();
    void news_replaceWithoutAMerge();
    void manyThreads_loseNothing();
};

void AnswersTest::answers_runInTheOrderOfPosting_onTheDrainingThread()
{
    Answers answers;
    Answers::Receiver receiver(answers);
    std::vector<int> seen;
    std::thread::id ran_on;
    auto first = receiver.ask(), second = receiver.ask();
    QVERIFY(first && second);
    std::thread([&] { // The second question is answered first.
        second->answer([&] { seen.push_back(2); });
        first->answer([&] {
            seen.push_back(1);
            ran_on = std::this_thread::get_id();
        });
    })
        .join();
    QVERIFY(seen.empty());
    QCOMPARE(answers.drain(), std::size_t(2));
    QCOMPARE(seen, (std::vector<int>{2, 1}));
    QCOMPARE(ran_on, std::this_thread::get_id());
    QCOMPARE(answers.drain(), std::size_t(0));
}

void AnswersTest::answerForAReceiverThatIsGone_doesNothing()
{
    Answers answers;
    auto receiver = std::make_unique<Answers::Receiver>(answers);
    bool ran = false;
    auto before = receiver->ask(), after = receiver->ask();
    const Answers::News<int> news(*receiver, [&](int) { ran = true; });
    before->answer([&] { ran = true; });
    receiver.reset();
    after->answer([&] { ran = true; });
    news.tell(1);
    QCOMPARE(answers.drain(), std::size_t(0));
    QVERIFY(!ran);
}

void AnswersTest::answerAfterTheQueueIsGone_doesNothing()
{
    auto answers = std::make_unique<Answers>();
    auto receiver = std::make_unique<Answers::Receiver>(*answers);
    bool ran = false;
    auto answered = receiver->ask();
    const auto unanswered = receiver->ask();
    const Answers::News<int> news(*receiver, [&](int) { ran = true; });
    receiver.reset();
    answers.reset();
    answered->answer([&] { ran = true; });
    news.tell(1);
    QVERIFY(!ran);
}

void AnswersTest::placesAreBounded_andGivenBack()
{
    Answers answers;
    Answers::Receiver receiver(answers);
    std::vector<Answers::Reply> replies;
    while (auto reply = receiver.ask())
        replies.push_back(std::move(*reply));
    QCOMPARE(replies.size(), Answers::places_max);
    replies.back().answer([] {});
    replies.pop_back();
    QVERIFY(!receiver.ask()); // The answer waits still.
    QCOMPARE(answers.drain(), std::size_t(1));
    QVERIFY(receiver.ask()); // And is given back at once, unanswered.
    replies.pop_back();      // As by a question that was cancelled.
    auto one = receiver.ask(), other = receiver.ask();
    QVERIFY(one && other);
    QVERIFY(!receiver.ask());
}

void AnswersTest::nestedDrain_keepsTheOrder()
{
    Answers answers;
    Answers::Receiver receiver(answers);
    std::vector<int> seen;
    auto a = receiver.ask(), b = receiver.ask(), c = receiver.ask();
    a->answer([&] {
        seen.push_back(1);
        c->answer([&] { seen.push_back(3); });
        answers.drain(); // As a dialog's event loop does.
        seen.push_back(4);
    });
    b->answer([&] { seen.push_back(2); });
    answers.drain();
    QCOMPARE(seen, (std::vector<int>{1, 2, 3, 4}));
}

void AnswersTest::answerPostedWhileDraining_waitsForTheNext()
{
    Answers answers;
    Answers::Receiver receiver(answers);
    int ran = 0;
    const Answers::News<int> news(receiver, [&](int round) {
        ran = round;
        news.tell(round + 1); // Else this would never end.
    });
    news.tell(1);
    QCOMPARE(answers.drain(), std::size_t(1));
    QCOMPARE(ran, 1);
    QCOMPARE(answers.drain(), std::size_t(1));
    QCOMPARE(ran, 2);
}

void AnswersTest::news_mergeWhileTheyWait()
{
    Answers answers;
    Answers::Receiver receiver(answers);
    std::vector<std::string> taken;
    const Answers::News<std::string> news(
        receiver, [&](std::string text) { taken.push_back(std::move(text)); },
        [](std::string& waiting, std::string&& newer) { waiting += newer; });
    const Answers::News<std::string> copy = news;
    news.tell("a");
    copy.tell("b");
    QCOMPARE(answers.drain(), std::size_t(1));
    news.tell("c");
    answers.drain();
    QCOMPARE(taken, (std::vector<std::string>{"ab", "c"}));
}

void AnswersTest::news_replaceWithoutAMerge()
{
    Answers answers;
    Answers::Receiver receiver(answers);
    std::vector<int> taken;
    const Answers::News<int> news(receiver, [&](int number) { taken.push_back(number); });
    for (int i = 1; i <= 100'000; ++i)
        news.tell(i);
    QCOMPARE(answers.drain(), std::size_t(1));
    QCOMPARE(taken, std::vector<int>{100'000});
}

void AnswersTest::manyThreads_loseNothing()
{
    constexpr int tellers = 4, each = 2'000;
    Answers answers;
    Answers::Receiver receiver(answers);
    std::int64_t sum = 0; // These two are the draining thread's.
    int answered = 0;
    const Answers::News<std::int64_t> news(
        receiver, [&](std::int64_t part) { sum += part; },
        [](std::int64_t& waiting, std::int64_t&& newer) { waiting += newer; });
    std::vector<std::vector<Answers::Reply>> replies(tellers);
    for (int i = 0; i < int(Answers::places_max); ++i)
        replies[std::size_t(i % tellers)].push_back(std::move(*receiver.ask()));
    std::atomic<int> running{tellers};
    std::vector<std::thread> threads;
    for (int t = 0; t < tellers; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 1; i <= each; ++i)
                news.tell(i);
            for (Answers::Reply& reply : replies[std::size_t(t)])
                reply.answer([&] { ++answered; });
            replies[std::size_t(t)].clear();
            running.fetch_sub(1);
        });
    }
    while (running.load() > 0)
        answers.drain();
    for (std::thread& thread : threads)
        thread.join();
    answers.drain();
    QCOMPARE(sum, std::int64_t(tellers) * each * (each + 1) / 2);
    QCOMPARE(answered, int(Answers::places_max));
    QVERIFY(receiver.ask());
}

ORDERLAB_TEST(tst_answers, NoApplication, AnswersTest)
#include "tst_answers.moc"
