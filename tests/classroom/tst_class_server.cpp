#include "classroom/class_load.h"
#include "classroom/classroom_api.h"
#include "integration/raw_http_client.h"
#include "lab/lab.h"
#include "runtime/real_runtime.h"
#include "support/qt_text.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <QRegularExpression>

using namespace orderlab;
using namespace orderlab::test;
using namespace std::chrono_literals;

namespace {

/// A whole system in memory with a class that anybody on this machine can join, and the teacher's API.
struct RunningClass {
    explicit RunningClass(ClassroomOptions options = {})
    {
        runtime.run(lab.start()).value();
        ClassroomServerOptions server_options;
        server_options.address = "127.0.0.1";
        server_options.port = 0;
        server_options.classroom = options;
        server = std::make_unique<ClassroomServer>(
            runtime, lab.journal(), [this] { return is_up ? &lab.orders() : nullptr; }, server_options);
        runtime.run(server->start()).value();
        Router router;
        addClassroomApi(router, [this] { return has_class ? server.get() : nullptr; });
        HttpOptions http;
        http.port = 0;
        http.token = "teacher";
        api = std::make_unique<HttpServer>(runtime, http, std::move(router));
        runtime.run(api->listen()).value();
    }
    ~RunningClass()
    {
        runtime.run(server->stop());
        runtime.run(api->stop());
        runtime.run(lab.stop());
    }
    Classroom& classroom() { return server->classroom(); }

    RealRuntime runtime{2};
    Lab lab{runtime, LabConfig{}};
    std::atomic<bool> is_up{true}, has_class{true};
    std::unique_ptr<ClassroomServer> server;
    std::unique_ptr<HttpServer> api;
};

/// A browser of one student.
struct Browser {
    explicit Browser(RunningClass& in) : running(in), client(in.server->port()) {}

    RawReply get(const std::string& target, const std::string& headers = {})
    {
        return client.ask("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + cookieLine() + headers + "\r\n");
    }
    RawReply post(const std::string& target, const std::string& body, const std::string& headers = {})
    {
        return client.ask("POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + cookieLine() + headers
                          + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                          + std::to_string(body.size()) + "\r\n\r\n" + body);
    }
    bool join(const std::string& name)
    {
        const RawReply reply = post("/join", "code=" + running.classroom().code() + "&name=" + name);
        const std::string set = reply.header("set-cookie");
        cookie = set.substr(0, set.find(';'));
        return reply.status == 303 && reply.header("location") == "/";
    }
    std::string cookieLine() const { return cookie.empty() ? "" : "Cookie: theme=x; " + cookie + "\r\n"; }
    boost::json::object me() { return get("/me").json(); }
    std::int64_t ordersOf(const char* what) { return me().at("orders").at(what).as_int64(); }

    RunningClass& running;
    RawHttpClient client;
    std::string cookie;
};

/// An open page: what it was told.
struct Page {
    Page(RunningClass& running, const std::string& cookie, const std::string& last = {})
        : client(running.server->port())
    {
        client.send("GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + cookie + "\r\n"
                    + (last.empty() ? "" : "Last-Event-ID: " + last + "\r\n") + "\r\n");
    }
    /// Reads until `text` was told.
    bool hears(const std::string& text)
    {
        while (told.find(text) == std::string::npos) {
            const std::string more = client.receiveSome();
            if (more.empty())
                return false;
            told += more;
        }
        return true;
    }
    std::string lastId() const
    {
        const auto at = told.rfind("\nid: ");
        return at == std::string::npos ? "" : told.substr(at + 5, told.find('\n', at + 5) - at - 5);
    }

    RawHttpClient client;
    std::string told;
};

const std::string as_json = "Accept: application/json\r\n";
const ClassQuestion question{"What happens?", {"nothing", "it is paid"}, 1};

} // namespace

class TestClassServer : public QObject {
    Q_OBJECT

private slots:
    void student_joinsBuysAndSeesWhatHappens()
    {
        RunningClass running;
        Browser ada(running);
        const RawReply first = ada.get("/?code=" + running.classroom().code());
        QCOMPARE(first.status, 200);
        QCOMPARE(first.header("content-type"), std::string("text/html; charset=utf-8"));
        QVERIFY(first.body.find("value=\"" + running.classroom().code()) != std::string::npos);
        QVERIFY(ada.join("Ada+Lovelace"));
        const RawReply home = ada.get("/");
        QCOMPARE(home.status, 200);
        QVERIFY(home.body.find("You are Ada Lovelace.") != std::string::npos);
        Page page(running, ada.cookie);
        // With the script, and without it.
        QCOMPARE(ada.post("/buy", "amount=19.99&key=a", as_json).status, 200);
        QCOMPARE(ada.post("/buy", "amount=5%2C00&key=b").status, 303);
        QTRY_COMPARE(ada.ordersOf("paid"), 2);
        QVERIFY(page.hears("2 bought, 0 under way, 2 paid"));
        QVERIFY(page.hears("Your money was taken."));
        const auto found = running.runtime.run(running.lab.orders().list({})).value();
        QCOMPARE(found.orders.size(), std::size_t(2));
        QCOMPARE(found.orders[0].user_id, std::string("Ada Lovelace"));
    }

    void clickThatIsSentAgain_buysOnce()
    {
        RunningClass running;
        Browser ada(running), bob(running);
        QVERIFY(ada.join("Ada") && bob.join("Bob"));
        for (int i = 0; i < 3; ++i)
            QCOMPARE(ada.post("/buy", "amount=1&key=same", as_json).status, 200);
        QCOMPARE(bob.post("/buy", "amount=2&key=same", as_json).status, 200); // His keys are his own.
        QCOMPARE(ada.post("/buy", "amount=3&key=same", as_json).status, 200); // Another amount is another order.
        QTRY_COMPARE(ada.ordersOf("paid"), 2);
        QTRY_COMPARE(bob.ordersOf("paid"), 1);
        QCOMPARE(running.runtime.run(running.lab.store().counts()).value().orders, 3);
    }

    void wrongInput_isRefusedAndSaysWhy_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("note");
        QTest::newRow("no amount") << QByteArray("/buy") << QByteArray("key=a") << 422
                                   << QByteArray("The amount must be");
        QTest::newRow("negative") << QByteArray("/buy") << QByteArray("key=a&amount=-1") << 422
                                  << QByteArray("The amount must be");
        QTest::newRow("no key") << QByteArray("/buy") << QByteArray("amount=1") << 422
                                << QByteArray("That did not work");
        QTest::newRow("no form") << QByteArray("/buy") << QByteArray("%zz") << 422 << QByteArray("That did not work");
        QTest::newRow("no choice") << QByteArray("/vote") << QByteArray("choice=") << 422
                                   << QByteArray("That did not work");
        QTest::newRow("no round") << QByteArray("/vote") << QByteArray("choice=0") << 409
                                  << QByteArray("No round of votes is open");
        QTest::newRow("long key") << QByteArray("/buy") << "amount=1&key=" + QByteArray(65, 'k') << 422
                                  << QByteArray("That did not work");
    }
    void wrongInput_isRefusedAndSaysWhy()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(QByteArray, note);
        RunningClass running;
        Browser ada(running);
        QVERIFY(ada.join("Ada"));
        const RawReply reply = ada.post(path.toStdString(), body.toStdString(), as_json);
        QCOMPARE(reply.status, status);
        QVERIFY2(reply.body.find(note.toStdString()) != std::string::npos, reply.body.c_str());
        // Without a script the page says it.
        const RawReply page = ada.post(path.toStdString(), body.toStdString());
        QCOMPARE(page.status, status);
        QVERIFY2(page.body.find(note.toStdString()) != std::string::npos
                     && page.body.find("<h1>You are Ada.") != std::string::npos,
                 page.body.c_str());
    }

    void strangers_getNothing()
    {
        RunningClass running;
        Browser ada(running);
        QVERIFY(ada.join("Ada"));
        QCOMPARE(ada.post("/buy", "amount=1&key=a", as_json).status, 200);
        Browser eve(running);
        for (const char* cookie :
             {"", "orderlab_class=", "orderlab_class=1", "orderlab_class=../..", "orderlab_classx=1"}) {
            eve.cookie = cookie;
            QCOMPARE(eve.get("/me").status, 401);
            QCOMPARE(eve.get("/events").status, 401);
            QCOMPARE(eve.post("/buy", "amount=1&key=a", as_json).status, 401);
            QCOMPARE(eve.post("/vote", "choice=0", as_json).status, 401);
        }
        // A token with one letter changed.
        std::string near = ada.cookie;
        near.back() = near.back() == '0' ? '1' : '0';
        eve.cookie = near;
        QCOMPARE(eve.get("/me").status, 401);
        QVERIFY(!eve.join("Eve%00"));
        QCOMPARE(eve.post("/join", "code=AAAAAA&name=Eve").status, 403);
    }

    void operatorsRoutes_areNotThere_data()
    {
        QTest::addColumn<QString>("target");
        for (const char* target :
             {"/orders", "/orders/018f5a00-0000-7000-8000-000000000000", "/faults", "/groups", "/journal", "/metrics",
              "/healthz", "/openapi.json", "/classroom", "/classroom/results", "/dead-letters", "/log",
              "/../etc/passwd", "/class.js/..", "/%2e%2e/orders"})
            QTest::newRow(target) << target;
    }
    void operatorsRoutes_areNotThere()
    {
        QFETCH(QString, target);
        RunningClass running;
        Browser ada(running);
        QVERIFY(ada.join("Ada"));
        QCOMPARE(ada.get(target.toStdString()).status, 404);
        const int posted = ada.post(target.toStdString(), "{}").status;
        QVERIFY2(posted == 404, qPrintable(QString::number(posted)));
    }

    void hostileRequests_areRefused()
    {
        RunningClass running;
        Browser ada(running);
        QVERIFY(ada.join("Ada"));
        const std::string buy = "amount=1&key=a";
        // A page of another origin, and a name that leads here (DNS rebinding).
        QCOMPARE(ada.post("/buy", buy, "Origin: http://evil.example\r\n").status, 403);
        QCOMPARE(ada.post("/buy", buy, "Origin: http://127.0.0.1\r\n").status, 303);
        RawHttpClient rebound(running.server->port());
        QCOMPARE(rebound.ask("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n").status, 403);
        QCOMPARE(ada.post("/buy", "key=a&amount=" + std::string(3'000, '1')).status, 413);
        QCOMPARE(Browser(running).get("/" + std::string(9'000, 'a')).status, 431);
        QCOMPARE(Browser(running).post("/", "x=1").status, 405);
        Browser again(running);
        again.cookie = ada.cookie;
        const RawReply page = again.get("/");
        const std::string policy = page.header("content-security-policy");
        QVERIFY2(policy.find("default-src 'none'") == 0 && policy.find("unsafe") == std::string::npos, policy.c_str());
        QCOMPARE(page.header("x-content-type-options"), std::string("nosniff"));
        QCOMPARE(page.header("referrer-policy"), std::string("same-origin")); // Else forms have no Origin.
        QCOMPARE(page.header("cache-control"), std::string("no-store"));
        QVERIFY(page.header("access-control-allow-origin").empty());
        Browser bob(running);
        const RawReply joined = bob.post("/join", "code=" + running.classroom().code() + "&name=Bob");
        const std::string cookie = joined.header("set-cookie");
        QVERIFY2(cookie.find("HttpOnly") != std::string::npos && cookie.find("SameSite=Strict") != std::string::npos,
                 cookie.c_str());
    }

    void tooManyRequests_of_oneStudent_holdNobodyElseUp()
    {
        ClassroomOptions options;
        options.requests_at_once = 5;
        options.requests_per_second = 0.001;
        RunningClass running(options);
        Browser ada(running), bob(running);
        QVERIFY(ada.join("Ada") && bob.join("Bob"));
        for (int i = 0; i < 5; ++i)
            QCOMPARE(ada.get("/me").status, 200);
        const RawReply refused = ada.post("/buy", "amount=1&key=a", as_json);
        QCOMPARE(refused.status, 429);
        QCOMPARE(refused.header("retry-after"), std::string("1"));
        QCOMPARE(ada.get("/").status, 429);
        QCOMPARE(bob.get("/me").status, 200);
    }

    void pageThatComesBack_isToldWhatItMissed()
    {
        ClassroomOptions options;
        options.streams_max = 10;
        RunningClass running(options);
        Browser ada(running);
        QVERIFY(ada.join("Ada"));
        std::string last;
        {
            Page page(running, ada.cookie);
            QVERIFY_RESULT(running.classroom().ask(question));
            QVERIFY(page.hears("What happens?"));
            QVERIFY(page.hears("shown\ndata: ")); // All parts, as it had none.
            last = page.lastId();
        }
        QVERIFY(PagePlace::parse(last));
        // It has missed nothing: the first that it hears is what comes then.
        Page same(running, ada.cookie, last);
        QVERIFY(same.hears("retry: 1000"));
        QCOMPARE(ada.post("/buy", "amount=7.77&key=a", as_json).status, 200);
        QVERIFY(same.hears("7.77 EUR"));
        QVERIFY(same.told.find("event: board") == std::string::npos);
        // It comes back after that one was away: the votes are told, the orders too.
        QCOMPARE(ada.post("/vote", "choice=1", as_json).status, 200);
        Page back(running, ada.cookie, last);
        QVERIFY(back.hears("aria-pressed=\"true\""));
        QVERIFY(back.hears("7.77 EUR"));
        QVERIFY(back.told.find("event: shown") == std::string::npos);
        for (const char* nonsense : {"x", "1.2", "18446744073709551616.1.1"}) {
            Page all(running, ada.cookie, nonsense);
            QVERIFY(all.hears("event: shown")); // As if it had none.
            QVERIFY(all.hears("What happens?"));
        }
    }

    void tooManyPages_areRefused_andGoneOnesGiveTheirPlaceBack()
    {
        RunningClass running;
        Browser ada(running);
        QVERIFY(ada.join("Ada"));
        {
            Page one(running, ada.cookie), two(running, ada.cookie), three(running, ada.cookie);
            QVERIFY(one.hears("retry") && two.hears("retry") && three.hears("retry"));
            QVERIFY(running.classroom().view().students.at(0).is_here);
            QCOMPARE(ada.get("/events").status, 429);
        }
        QTRY_VERIFY(!running.classroom().view().students.at(0).is_here);
    }

    void removedStudent_isToldSo_andTheClassEnds()
    {
        RunningClass running;
        Browser ada(running), bob(running);
        QVERIFY(ada.join("Ada") && bob.join("Bob"));
        Page page(running, ada.cookie), bobs(running, bob.cookie);
        QVERIFY(page.hears("retry"));
        QVERIFY_RESULT(running.classroom().remove(1));
        QVERIFY(page.hears("event: gone"));
        const RawReply gone = ada.get("/");
        QCOMPARE(gone.status, 401);
        QVERIFY(gone.body.find("You are not in this class any more.") != std::string::npos);
        QVERIFY(gone.header("set-cookie").find("Max-Age=0") != std::string::npos);
        running.classroom().end();
        QVERIFY(bobs.hears("event: gone"));
        QCOMPARE(bob.post("/buy", "amount=1&key=a", as_json).status, 401);
    }

    void language_isThatOfTheBrowser_untilItIsChosen()
    {
        RunningClass running;
        Browser ada(running);
        QVERIFY(ada.get("/", "Accept-Language: de-DE,de;q=0.9\r\n").body.find("Der Klasse beitreten")
                != std::string::npos);
        QVERIFY(ada.get("/").body.find("Join the class") != std::string::npos);
        const RawReply chosen = ada.get("/?lang=de");
        QCOMPARE(chosen.status, 303);
        ada.cookie = chosen.header("set-cookie").substr(0, chosen.header("set-cookie").find(';'));
        QVERIFY(ada.get("/", "Accept-Language: en\r\n").body.find("<html lang=\"de\">") != std::string::npos);
    }

    void systemThatIsAway_isTold_andNothingIsBought()
    {
        RunningClass running;
        Browser ada(running);
        QVERIFY(ada.join("Ada"));
        running.is_up = false;
        const RawReply reply = ada.post("/buy", "amount=1&key=a", as_json);
        QCOMPARE(reply.status, 503);
        QVERIFY(reply.body.find("The order system does not answer.") != std::string::npos);
        running.is_up = true;
        QCOMPARE(ada.post("/buy", "amount=1&key=a", as_json).status, 200);
        QTRY_COMPARE(ada.ordersOf("paid"), 1);
    }

    void takenPort_anotherIsUsed()
    {
        RunningClass running;
        ClassroomServerOptions options;
        options.address = "127.0.0.1";
        options.port = running.server->port();
        ClassroomServer second(
            running.runtime, running.lab.journal(), [] { return nullptr; }, options);
        QVERIFY_RESULT(running.runtime.run(second.start()));
        QVERIFY(second.hasOtherPort());
        QVERIFY(second.port() > running.server->port());
        QVERIFY(second.classroom().code() != running.classroom().code());
        running.runtime.run(second.stop());
        options.ports_tried = 1;
        ClassroomServer third(
            running.runtime, running.lab.journal(), [] { return nullptr; }, options);
        const auto refused = running.runtime.run(third.start());
        QVERIFY(!refused && refused.error().code == ErrorCode::AlreadyExists);
        running.runtime.run(third.stop());
    }

    void address_isReadAsPeopleWriteIt()
    {
        const auto whole = parseClassroomAddress("192.168.1.20:9000");
        QVERIFY(whole && whole->address == "192.168.1.20" && whole->port == 9000);
        QVERIFY(parseClassroomAddress("192.168.1.20").value().port == 8090);
        QCOMPARE(parseClassroomAddress("auto:9000").value().address, std::string("auto"));
        for (const char* wrong : {"", "here", "auto:", "auto:x", "1.2.3.4:70000", "automatic"})
            QVERIFY2(!parseClassroomAddress(wrong), wrong);
    }

    void teacher_leadsTheClassOverTheApi()
    {
        RunningClass running;
        Browser ada(running), bob(running);
        QVERIFY(ada.join("Ada") && bob.join("Bob"));
        RawHttpClient teacher(running.api->port());
        const auto ask = [&](const std::string& method, const std::string& path, const std::string& body = {}) {
            return teacher.ask(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer teacher\r\n"
                               + (body.empty() ? "" : "Content-Type: application/json\r\n")
                               + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
        };
        QCOMPARE(teacher.ask("GET /classroom HTTP/1.1\r\nHost: 127.0.0.1\r\n" + ada.cookieLine() + "\r\n").status, 401);
        QCOMPARE(ask("POST", "/classroom/reveal").status, 409);
        QCOMPARE(ask("POST", "/classroom/question", R"({"ask":"What?","choices":["a"]})").status, 422);
        QCOMPARE(ask("POST", "/classroom/question", R"({"ask":"What?","choices":["a","b"],"right":"B"})").status, 200);
        QCOMPARE(ada.post("/vote", "choice=1", as_json).status, 200);
        QCOMPARE(ask("POST", "/classroom/votes", R"({"open":false})").status, 200);
        QCOMPARE(ask("POST", "/classroom/votes", R"({"open":false})").status, 409);
        QCOMPARE(ask("POST", "/classroom/votes", R"({"open":true})").status, 200);
        QCOMPARE(ask("POST", "/classroom/lock", R"({"locked":true})").status, 200);
        QCOMPARE(ada.post("/vote", "choice=1", as_json).status, 409);
        QCOMPARE(ada.post("/buy", "amount=1&key=a", as_json).status, 409);
        QCOMPARE(ask("POST", "/classroom/lock", R"({"locked":false})").status, 200);
        QCOMPARE(ask("POST", "/classroom/show", R"({"student":7})").status, 404);
        QCOMPARE(ask("POST", "/classroom/show", R"({"student":2})").status, 200);
        const boost::json::object state = ask("POST", "/classroom/reveal").json();
        QCOMPARE(toQString(boost::json::serialize(state.at("question").at("rounds"))), QStringLiteral("[[0,1],[0,0]]"));
        QCOMPARE(state.at("phase").as_string(), "revealed");
        QCOMPARE(state.at("shown").as_int64(), 2);
        QCOMPARE(state.at("code").as_string(), running.classroom().code());
        QVERIFY(ada.get("/").body.find("What happened: B: b") != std::string::npos);
        QCOMPARE(ask("DELETE", "/classroom/students/2").status, 200);
        QCOMPARE(ask("DELETE", "/classroom/students/2").status, 404);
        const RawReply csv = ask("GET", "/classroom/results?names=true");
        QCOMPARE(csv.header("content-type"), std::string("text/csv; charset=utf-8"));
        QVERIFY2(csv.body.find("\r\nAda,0,0,0,0,1,What?,1,B,yes\r\n") != std::string::npos, csv.body.c_str());
        QVERIFY(ask("GET", "/classroom/results").body.find("\r\nStudent 1,") != std::string::npos);
        running.has_class = false;
        QCOMPARE(ask("GET", "/classroom").status, 404);
    }

    void load_losesNothing()
    {
        RunningClass running;
        QVERIFY_RESULT(running.classroom().ask(question));
        ClassLoadOptions load;
        load.port = running.server->port();
        load.code = running.classroom().code();
        load.students = 40;
        load.length = 3s;
        load.pace = 400ms;
        load.patience = 100s;
        RealRuntime students(1);
        const auto report = students.run(runClassLoad(students, load));
        QVERIFY_RESULT(report);
        const QString text = toQString(report->toJson());
        QVERIFY2(report->students == 40 && report->bought > 0 && report->votes > 0 && report->returned >= 10,
                 qPrintable(text));
        QVERIFY2(report->lost() == 0 && report->stale == 0 && report->failed == 0 && report->refused == 0,
                 qPrintable(text));
        QCOMPARE(std::uint64_t(running.runtime.run(running.lab.store().counts()).value().orders), report->bought);
    }
};

ORDERLAB_TEST(tst_class_server, NoApplication, TestClassServer)
#include "tst_class_server.moc"
