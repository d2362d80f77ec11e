#include "observe/otlp_exporter.h"
#include "runtime/virtual_runtime.h"
#include "support/qt_text.h"
#include "support/test_program.h"

#include <boost/json.hpp>

using namespace orderlab;
using orderlab::test::toQString;

namespace {

Result<OtlpReply> answering(int status, const char* body = "{}", const char* retry_after = "")
{
    return OtlpReply{status, retry_after, body};
}

/// A receiver with a list of answers; then it takes everything.
class Receiver {
public:
    explicit Receiver(Runtime& runtime) : m_runtime(runtime) {}

    Task<Result<OtlpReply>> take(std::string body)
    {
        const boost::json::value document = boost::json::parse(body);
        const auto& spans = document.at("resourceSpans").at(0).at("scopeSpans").at(0).at("spans").as_array();
        requests.push_back(int(spans.size()));
        times.push_back(toMicros(m_runtime.now()));
        if (answers.empty())
            co_return answering(200);
        auto answer = answers.front();
        answers.erase(answers.begin());
        if (!answer && answer.error().code == ErrorCode::Internal) { // Hangs, until it is cut off.
            try {
                co_await m_runtime.sleep(std::chrono::hours{1});
            } catch (const boost::system::system_error&) {
                answer = canceledError();
            }
        }
        co_return answer;
    }

    std::vector<Result<OtlpReply>> answers;
    std::vector<int> requests; ///< How many spans each had.
    std::vector<std::int64_t> times;

private:
    Runtime& m_runtime;
};

} // namespace

/// Batches, answers and bounds of the exporter, in virtual time.
class TestOtlpExporter : public QObject {
    Q_OBJECT

    std::unique_ptr<VirtualRuntime> m_runtime;
    std::unique_ptr<Receiver> m_receiver;
    std::unique_ptr<OtlpExporter> m_exporter;
    QStringList m_changes;

    void make(OtlpExporterOptions options = {})
    {
        m_exporter.reset();
        m_runtime = std::make_unique<VirtualRuntime>(1);
        m_receiver = std::make_unique<Receiver>(*m_runtime);
        m_changes.clear();
        m_exporter = std::make_unique<OtlpExporter>(
            *m_runtime, OtlpSignal::Traces, OtlpSource{}, options,
            [receiver = m_receiver.get()](std::string body) { return receiver->take(std::move(body)); },
            [this](const std::string& error) { m_changes << toQString(error); });
        m_exporter->start();
    }
    void push(int count)
    {
        std::vector<std::string> items;
        for (int i = 0; i < count; ++i)
            items.push_back("{\"name\":\"" + std::to_string(i) + "\"}");
        m_exporter->push(std::move(items));
    }
    void pass(Duration time) { m_runtime->run(m_runtime->sleep(time)); }
    void stop() { m_runtime->run(m_exporter->stop()); }
    std::uint64_t dropped(OtlpDrop reason) const { return m_exporter->counts().dropped[std::size_t(reason)]; }

private slots:
    void batches_areFullOrDue()
    {
        make();
        push(1'100);
        pass(std::chrono::seconds{1});
        QCOMPARE(m_receiver->requests, (std::vector<int>{512, 512}));
        pass(std::chrono::seconds{5});
        QCOMPARE(m_receiver->requests, (std::vector<int>{512, 512, 76}));
        QCOMPARE(m_exporter->counts().exported, std::uint64_t{1'100});
        push(1);
        stop(); // Does not wait for more.
        QCOMPARE(m_receiver->requests.back(), 1);
        QCOMPARE(m_exporter->counts().exported, std::uint64_t{1'101});
        QVERIFY(m_changes.isEmpty());
        push(2); // Too late.
        QCOMPARE(dropped(OtlpDrop::Shutdown), std::uint64_t{2});
    }

    /// Who stops while a request is under way learns nothing of the receiver.
    void aRequestThatIsCutOffAtTheEnd_isNoTrouble()
    {
        make();
        m_receiver->answers = {internalError("hangs")};
        push(3);
        pass(std::chrono::seconds{6});
        QCOMPARE(m_receiver->requests, (std::vector<int>{3}));
        stop();
        QVERIFY2(m_changes.isEmpty(), qPrintable(m_changes.join(", ")));
        QCOMPARE(m_exporter->counts().exported, std::uint64_t{3}); // By the last look.
    }

    void answers_decide_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("requests");
        QTest::addColumn<int>("reason"); // -1: all are exported.
        const auto row = [](const char* what, int status, const char* body, int requests, int reason) {
            QTest::newRow(what) << status << QByteArray(body) << requests << reason;
        };
        for (const int status : {429, 502, 503, 504})
            row(std::to_string(status).c_str(), status, "", 2, -1);
        for (const int status : {301, 400, 401, 404, 413, 500, 501})
            row(std::to_string(status).c_str(), status, "no", 1, int(OtlpDrop::Refused));
        row("empty", 200, "", 1, -1);
        row("partial success without rejections", 200, R"({"partialSuccess":{"errorMessage":"slow down"}})", 1, -1);
        row("no receiver", 200, "<html></html>", 1, int(OtlpDrop::Answer));
    }
    void answers_decide()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(int, requests);
        QFETCH(int, reason);
        make();
        m_receiver->answers = {answering(status, body.constData())};
        push(10);
        pass(std::chrono::seconds{20});
        QCOMPARE(int(m_receiver->requests.size()), requests);
        QCOMPARE(m_exporter->counts().exported, std::uint64_t(reason < 0 ? 10 : 0));
        for (std::size_t i = 0; i < otlp_drop_count; ++i)
            QCOMPARE(dropped(OtlpDrop(i)), std::uint64_t(int(i) == reason ? 10 : 0));
        push(1);
        pass(std::chrono::seconds{20});
        // One line when it goes, one when it is back; none for what went well.
        QCOMPARE(m_changes.size(), qsizetype(requests == 1 && reason < 0 ? 0 : 2));
        stop();
    }

    void rejected_areCounted()
    {
        make();
        m_receiver->answers = {answering(200, R"({"partialSuccess":{"rejectedSpans":"3"}})"),
                               answering(200, R"({"partialSuccess":{"rejectedSpans":99}})")};
        push(10);
        pass(std::chrono::seconds{6});
        QCOMPARE(m_exporter->counts().exported, std::uint64_t{7});
        QCOMPARE(dropped(OtlpDrop::Rejected), std::uint64_t{3});
        push(5);
        pass(std::chrono::seconds{6});
        QCOMPARE(dropped(OtlpDrop::Rejected), std::uint64_t{8}); // Never more than were sent.
        stop();
    }

    void retryAfter_isMinded()
    {
        make();
        m_receiver->answers = {answering(503, "", "17"), answering(429, "", "nonsense"), answering(503, "", "100000")};
        push(1);
        pass(std::chrono::minutes{4});
        const auto& times = m_receiver->times;
        QCOMPARE(times.size(), std::size_t{4});
        QCOMPARE(times[1] - times[0], std::int64_t{17'000'000});
        QVERIFY(times[2] - times[1] >= 1'000'000 && times[2] - times[1] <= 2'000'000); // The second backoff.
        QCOMPARE(times[3] - times[2], std::int64_t(OtlpExporter::retry_after_max.count()));
        QCOMPARE(m_exporter->counts().exported, std::uint64_t{1});
        QCOMPARE(m_changes.size(), qsizetype{2});
        stop();
    }

    void receiverThatIsAway_costsBoundedMemoryAndTime()
    {
        make({.queue_max = 1'000});
        m_receiver->answers.assign(1'000, unavailable("nobody is there"));
        push(600);
        pass(std::chrono::seconds{1});
        for (int i = 0; i < 29; ++i) {
            push(100);
            pass(std::chrono::seconds{1});
        }
        // 512 in hand, 1,000 waiting.
        QCOMPARE(m_exporter->counts().waiting, std::size_t{1'512});
        QCOMPARE(dropped(OtlpDrop::QueueFull), std::uint64_t{1'988});
        pass(std::chrono::minutes{6});
        QCOMPARE(dropped(OtlpDrop::Unavailable), std::uint64_t{512});
        m_receiver->answers.clear();
        pass(std::chrono::minutes{1});
        QCOMPARE(m_exporter->counts().exported, std::uint64_t{1'000});
        QCOMPARE(m_exporter->counts().waiting, std::size_t{0});
        QCOMPARE(m_changes, (QStringList{"nobody is there", ""}));
        stop();
    }

    void receiverThatHangs_doesNotHoldUpTheEnd()
    {
        make();
        m_receiver->answers.assign(10, internalError("hangs"));
        push(600);
        pass(std::chrono::seconds{1});
        const TimePoint before = m_runtime->now();
        stop();
        QVERIFY(m_runtime->now() - before <= OtlpExporter::flush_limit + std::chrono::seconds{1});
        QCOMPARE(dropped(OtlpDrop::Shutdown), std::uint64_t{600});
        QCOMPARE(m_exporter->counts().waiting, std::size_t{0});
    }

    void queue_isBoundedInBytes()
    {
        make();
        m_receiver->answers.assign(10, unavailable("nobody is there"));
        for (int i = 0; i < 40; ++i)
            m_exporter->push({std::string(1 << 20, ' ') + "{}"});
        QCOMPARE(m_exporter->counts().waiting, std::size_t{31});
        QCOMPARE(dropped(OtlpDrop::QueueFull), std::uint64_t{9});
        stop();
    }
};

ORDERLAB_TEST(tst_otlp_exporter, QCoreApplication, TestOtlpExporter)
#include "tst_otlp_exporter.moc"
