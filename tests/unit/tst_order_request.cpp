#include "base/sha256.h"
#include "http/access_rules.h"
#include "http/http_client.h"
#include "http/order_requests.h"
#include "http/request_target.h"
#include "support/qt_text.h"
#include "support/test_program.h"

using namespace orderlab;
using orderlab::test::toQString;
using namespace std::chrono_literals;

namespace {

const TimePoint now = parseRfc3339("2026-03-01T12:00:00Z").value();

/// "400" or "422 amount,currency".
QString verdict(const Problem& problem)
{
    QStringList fields;
    for (const FieldError& error : problem.errors)
        fields += toQString(error.field);
    return (QString::number(problem.status) + ' ' + fields.join(',')).trimmed();
}

Parsed<NewOrder> newOrder(std::string_view body)
{
    HttpRequest request;
    request.body = body;
    return newOrderReader().read(request, {{}, now});
}

QByteArray orderOf(const QByteArray& user)
{
    return "{\"user_id\":\"" + user + "\",\"amount\":1}";
}

void good(const char* name, const QByteArray& body, const char* expected)
{
    QTest::newRow(name) << body << QString::fromUtf8(expected);
}

} // namespace

class TestOrderRequest : public QObject {
    Q_OBJECT

private slots:
    void body_good_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("expected");
        good("amount as a string", R"({"user_id":"ada","amount":"19.99","currency":"USD"})", "ada 19.99 USD");
        good("amount as a number", R"({"user_id":"ada","amount":19.99})", "ada 19.99 EUR");
        good("a number that no double holds", R"({"user_id":"ada","amount":0.29})", "ada 0.29 EUR");
        good("another one", R"({"user_id":"ada","amount":1.10})", "ada 1.10 EUR");
        good("whole number", R"({"user_id":"ada","amount":5})", "ada 5.00 EUR");
        good("one decimal", R"({"user_id":"ada","amount":"5.5"})", "ada 5.50 EUR");
        good("smallest", R"({"user_id":"ada","amount":0.01})", "ada 0.01 EUR");
        good("largest", R"({"user_id":"ada","amount":1000000.00})", "ada 1000000.00 EUR");
        good("members in another order", R"({"currency":"JPY","amount":"7","user_id":"x"})", "x 7.00 JPY");
        good("spaces everywhere", " \t\r\n{ \"user_id\" : \"ada\" ,\n\"amount\" : 1 } \n", "ada 1.00 EUR");
        good("escapes", R"({"user_id":"\u0061d\u0061","amount":1})", "ada 1.00 EUR");
        good("escaped member name", R"({"\u0075ser_id":"ada","amount":1})", "ada 1.00 EUR");
        good("letters of the world", R"({"user_id":"Zoë 李 🦊","amount":1})", "Zoë 李 🦊 1.00 EUR");
        good("64 characters of four bytes", orderOf(QByteArray("🦊").repeated(64)),
             QByteArray(QByteArray("🦊").repeated(64) + " 1.00 EUR").constData());
        good("created earlier", R"({"user_id":"ada","amount":1,"created_at":"1997-01-12T00:00:00Z"})",
             "ada 1.00 EUR 1997-01-12T00:00:00.000000Z");
        good("created this very moment elsewhere",
             R"({"user_id":"ada","amount":1,"created_at":"2026-03-01T13:00:00+01:00"})",
             "ada 1.00 EUR 2026-03-01T12:00:00.000000Z");
    }
    void body_good()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, expected);
        const auto parsed = newOrder({body.constData(), std::size_t(body.size())});
        QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().detail.c_str());
        const CreateOrder& order = parsed->order;
        std::string actual = order.request.user_id + ' ' + order.request.total.amountText() + ' '
                             + std::string(order.request.total.currency.code());
        if (order.created_at)
            actual += ' ' + toRfc3339(*order.created_at);
        QCOMPARE(toQString(actual), expected);
    }

    void body_bad_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("expected");
        const auto bad = [](const char* name, const QByteArray& body, const char* expected) {
            QTest::newRow(name) << body << QString(expected);
        };
        bad("empty", "", "400");
        bad("only spaces", "  ", "400");
        bad("cut off", R"({"user_id":"ada","amount":1)", "400");
        bad("no JSON", "user_id=ada&amount=1", "400");
        bad("single quotes", "{'user_id':'ada','amount':1}", "400");
        bad("trailing comma", R"({"user_id":"ada","amount":1,})", "400");
        bad("comment", R"({"user_id":"ada",/**/"amount":1})", "400");
        bad("NaN", R"({"user_id":"ada","amount":NaN})", "400");
        bad("infinity", R"({"user_id":"ada","amount":Infinity})", "400");
        bad("plus sign", R"({"user_id":"ada","amount":+1})", "400");
        bad("leading zero", R"({"user_id":"ada","amount":01})", "400");
        bad("no digit before the point", R"({"user_id":"ada","amount":.5})", "400");
        bad("no digit behind the point", R"({"user_id":"ada","amount":5.})", "400");
        bad("bytes behind", R"({"user_id":"ada","amount":1} x)", "400");
        bad("second document", R"({"user_id":"ada","amount":1}{})", "400");
        bad("NUL behind", QByteArray(R"({"user_id":"ada","amount":1})").append('\0'), "400");
        bad("byte order mark", "\xef\xbb\xbf{\"user_id\":\"ada\",\"amount\":1}", "400");
        bad("duplicate member", R"({"user_id":"ada","amount":1,"amount":2})", "400");
        bad("duplicate by escape", R"({"user_id":"ada","amount":1,"\u0061mount":2})", "400");
        bad("duplicate deeper", R"({"user_id":"ada","amount":1,"x":[{"a":1,"a":1}]})", "400");
        bad("invalid UTF-8", "{\"user_id\":\"\xff\",\"amount\":1}", "400");
        bad("overlong UTF-8", "{\"user_id\":\"\xc0\xaf\",\"amount\":1}", "400");
        bad("UTF-8 surrogate", "{\"user_id\":\"\xed\xa0\x80\",\"amount\":1}", "400");
        bad("lone surrogate escape", R"({"user_id":"\ud800","amount":1})", "400");
        bad("line break in a string", "{\"user_id\":\"a\nb\",\"amount\":1}", "400");
        bad("unknown escape", R"({"user_id":"\x41","amount":1})", "400");
        bad("17 levels", "{\"x\":" + QByteArray("[").repeated(16) + QByteArray("]").repeated(16) + "}", "400");
        bad("60,000 levels", QByteArray("[").repeated(60'000), "400");

        bad("array", "[]", "422");
        bad("string", R"("ada")", "422");
        bad("null", "null", "422");
        bad("nothing in it", "{}", "422 user_id,amount");
        bad("unknown member", R"({"user_id":"ada","amount":1,"color":"red"})", "422 color");
        bad("unknown member with content", R"({"user_id":"ada","amount":1,"color":{"r":[1,2]}})", "422 color");
        bad("other case", R"({"User_Id":"ada","amount":1})", "422 User_Id,user_id");
        bad("everything wrong", R"({"user_id":1,"amount":true,"currency":null,"created_at":[],"x":0})",
            "422 user_id,amount,currency,created_at,x");
        bad("user_id empty", R"({"user_id":"","amount":1})", "422 user_id");
        bad("user_id null", R"({"user_id":null,"amount":1})", "422 user_id");
        bad("user_id number", R"({"user_id":7,"amount":1})", "422 user_id");
        bad("user_id of 65", orderOf(QByteArray(65, 'a')), "422 user_id");
        bad("user_id with NUL", R"({"user_id":"a\u0000b","amount":1})", "422 user_id");
        bad("user_id with a line break", R"({"user_id":"a\nb","amount":1})", "422 user_id");
        bad("user_id that turns text around", R"({"user_id":"a\u202eb","amount":1})", "422 user_id");
        bad("amount missing", R"({"user_id":"ada"})", "422 amount");
        bad("amount null", R"({"user_id":"ada","amount":null})", "422 amount");
        bad("amount object", R"({"user_id":"ada","amount":{}})", "422 amount");
        bad("amount 0", R"({"user_id":"ada","amount":0})", "422 amount");
        bad("amount 0.00", R"({"user_id":"ada","amount":"0.00"})", "422 amount");
        bad("amount -0", R"({"user_id":"ada","amount":-0})", "422 amount");
        bad("amount negative", R"({"user_id":"ada","amount":-5})", "422 amount");
        bad("amount three decimals", R"({"user_id":"ada","amount":19.999})", "422 amount");
        bad("amount three decimals, one of no weight", R"({"user_id":"ada","amount":"19.990"})", "422 amount");
        bad("amount of 0.1+0.2 in doubles", R"({"user_id":"ada","amount":0.30000000000000004})", "422 amount");
        bad("amount exponent", R"({"user_id":"ada","amount":1e2})", "422 amount");
        bad("amount exponent in a string", R"({"user_id":"ada","amount":"1e2"})", "422 amount");
        bad("amount too large", R"({"user_id":"ada","amount":1000000.01})", "422 amount");
        bad("amount past 64 bits", R"({"user_id":"ada","amount":184467440737095516.17})", "422 amount");
        bad("amount of 400 digits", "{\"user_id\":\"ada\",\"amount\":" + QByteArray(400, '9') + "}", "422 amount");
        bad("amount empty", R"({"user_id":"ada","amount":""})", "422 amount");
        bad("amount in words", R"({"user_id":"ada","amount":"ten"})", "422 amount");
        bad("amount with a comma", R"({"user_id":"ada","amount":"19,99"})", "422 amount");
        bad("amount with a space", R"({"user_id":"ada","amount":" 1"})", "422 amount");
        bad("amount in other digits", R"({"user_id":"ada","amount":"١٢"})", "422 amount");
        bad("currency unknown", R"({"user_id":"ada","amount":1,"currency":"XXX"})", "422 currency");
        bad("currency in small letters", R"({"user_id":"ada","amount":1,"currency":"eur"})", "422 currency");
        bad("currency empty", R"({"user_id":"ada","amount":1,"currency":""})", "422 currency");
        bad("currency number", R"({"user_id":"ada","amount":1,"currency":978})", "422 currency");
        bad("created in the future", R"({"user_id":"ada","amount":1,"created_at":"2026-03-01T12:00:00.000001Z"})",
            "422 created_at");
        bad("created before 1970", R"({"user_id":"ada","amount":1,"created_at":"1969-12-31T23:59:59Z"})",
            "422 created_at");
        bad("created on a day that is none", R"({"user_id":"ada","amount":1,"created_at":"2025-02-29T00:00:00Z"})",
            "422 created_at");
        bad("created without a zone", R"({"user_id":"ada","amount":1,"created_at":"2025-02-01T00:00:00"})",
            "422 created_at");
    }
    void body_bad()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, expected);
        const auto parsed = newOrder({body.constData(), std::size_t(body.size())});
        QVERIFY(!parsed);
        QCOMPARE(verdict(parsed.error()), expected);
    }

    void body_longNamesAreCutBetweenCharacters()
    {
        const std::string name = "a" + QByteArray("é").repeated(100).toStdString();
        const auto parsed = newOrder("{\"user_id\":\"ada\",\"amount\":1,\"" + name + "\":1}");
        QCOMPARE(parsed.error().errors.front().field, name.substr(0, 63));
    }

    void body_manyNamesAreReadInTime()
    {
        std::string body = "{";
        for (int i = 0; body.size() < 64'000; ++i)
            body += '"' + std::to_string(i) + "\":0,";
        body += "\"1\":0}";
        const auto parsed = newOrder(body); // Comparing each name with each would be 30 million times.
        QCOMPARE(parsed.error().status, 400);
    }

    void fingerprint_followsWhatIsAskedNotHowItIsWritten()
    {
        const auto print = [](std::string_view body) { return fingerprintOf(newOrder(body).value().order); };
        const std::string first = print(R"({"user_id":"ada","amount":5})");
        QCOMPARE(first.size(), std::size_t(64));
        QCOMPARE(print(R"({ "currency":"EUR", "amount":"5.00", "user_id":"\u0061da" })"), first);
        QVERIFY(print(R"({"user_id":"ada","amount":5.01})") != first);
        QVERIFY(print(R"({"user_id":"adb","amount":5})") != first);
        QVERIFY(print(R"({"user_id":"ada","amount":5,"currency":"USD"})") != first);
        QVERIFY(print(R"({"user_id":"ada","amount":5,"created_at":"2025-01-01T00:00:00Z"})") != first);
    }

    void sha256_knownDigests()
    {
        QCOMPARE(toQString(sha256Hex("")), QString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        QCOMPARE(toQString(sha256Hex("abc")),
                 QString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    void query_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* target, const char* expected) {
            QTest::newRow(QByteArray(target).toPercentEncoding("/?=&%+#").constData())
                << QByteArray(target) << QString::fromUtf8(expected);
        };
        row("/orders", "limit 50");
        row("/orders?", "limit 50");
        row("/orders?status=paid&user_id=ada&limit=500&cursor=abc", "limit 500 paid ada abc");
        row("/orders?user_id=Zo%C3%AB+L%20M", "limit 50 Zoë L M");
        row("/orders?limit=1", "limit 1");
        row("/orders?limit=0", "422 limit");
        row("/orders?limit=501", "422 limit");
        row("/orders?limit=-1", "422 limit");
        row("/orders?limit=+5", "422 limit");
        row("/orders?limit=5x", "422 limit");
        row("/orders?limit=99999999999999999999", "422 limit");
        row("/orders?limit=", "422 limit");
        row("/orders?limit", "422 limit");
        row("/orders?limit=5&limit=5", "422 limit");
        row("/orders?status=open", "422 status");
        row("/orders?status=", "422 status");
        row("/orders?user_id=", "422 user_id");
        row("/orders?user_id=%ff", "422 user_id");
        row("/orders?user_id=a%00b", "422 user_id");
        row("/orders?cursor=", "422 cursor");
        row("/orders?page=2", "422 page");
        row("/orders?%ff=2", "422 (not UTF-8)");
        row("/orders?page=2&limit=0", "422 page,limit");
        row("/orders?user_id=%zz", "400");
        row("/orders?user_id=%4", "400");
        row("/orders?user_id=\xff", "400");
        row("/orders#x", "400");
        row("orders", "400");
    }
    void query()
    {
        QFETCH(QByteArray, target);
        QFETCH(QString, expected);
        const auto parsed_target = parseRequestTarget(target.toStdString());
        if (!parsed_target) {
            QCOMPARE(QString("400"), expected);
            return;
        }
        HttpRequest request;
        request.query = parsed_target->query;
        const auto parsed = orderQueryReader().read(request);
        QString actual;
        if (parsed) {
            actual = "limit " + QString::number(parsed->limit) + ' '
                     + (parsed->status ? toQString(name(*parsed->status)) : "") + ' ' + toQString(parsed->user_id) + ' '
                     + toQString(parsed->cursor);
            actual = actual.simplified();
        }
        QCOMPARE(parsed ? actual : verdict(parsed.error()), expected);
    }

    void target_segmentsAreDecodedAfterTheyAreSplit()
    {
        const auto target = parseRequestTarget("/orders/a%2Fb%20c+d/story").value();
        QCOMPARE(target.segments, (std::vector<std::string>{"orders", "a/b c+d", "story"}));
        const auto whole = parseRequestTarget("http://localhost:8080/orders?limit=1").value();
        QCOMPARE(whole.authority, std::string("localhost:8080"));
        QCOMPARE(whole.segments, std::vector<std::string>{"orders"});
        QVERIFY(!parseRequestTarget("https://localhost/"));
        QVERIFY(!parseRequestTarget("http://evil@localhost/"));
        QVERIFY(!parseRequestTarget("localhost:8080"));
        QVERIFY(!parseRequestTarget(""));
    }

    void idempotencyKey()
    {
        const auto parse = [](std::string_view value) {
            HttpRequest request;
            request.body = R"({"user_id":"ada","amount":1})";
            request.headers = {{"idempotency-key", value}};
            return newOrderReader().read(request, {{}, now});
        };
        QCOMPARE(parse("a b~").value().order.idempotency->key, std::string("a b~"));
        QCOMPARE(parse("a").value().order.idempotency->fingerprint, fingerprintOf(parse("b").value().order));
        QVERIFY(parse(std::string(IdempotencyKey::length_max, 'k')).has_value());
        for (const std::string& wrong :
             {std::string(), std::string(129, 'k'), std::string("caf\xc3\xa9"), std::string("a\tb")})
            QCOMPARE(verdict(parse(wrong).error()), QString("422 Idempotency-Key"));
        HttpRequest request;
        request.body = R"({"user_id":"ada","amount":1})";
        QVERIFY(!newOrderReader().read(request, {{}, now}).value().order.idempotency);
        request.headers = {{"Idempotency-Key", "a"}, {"Idempotency-Key", "a"}};
        QCOMPARE(verdict(newOrderReader().read(request, {{}, now}).error()), QString("422 Idempotency-Key"));
        request.body = R"({"amount":0,"user_id":"ada"})"; // All at once.
        QCOMPARE(verdict(newOrderReader().read(request, {{}, now}).error()), QString("422 Idempotency-Key,amount"));
    }

    void access_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("origin");
        QTest::addColumn<int>("expected");
        const auto row = [](const char* host, const char* origin, int expected) {
            QTest::newRow(qPrintable(QString("%1 from %2").arg(host, origin))) << host << origin << expected;
        };
        row("localhost:8080", "", 200);
        row("LOCALHOST", "", 200);
        row("localhost.", "", 200);
        row("127.0.0.1:9", "", 200);
        row("127.8.8.8", "", 200);
        row("[::1]:8080", "", 200);
        row("lab.example:443", "", 200);
        row("192.0.2.7:8080", "", 200); // The address that the connection came to.
        row("192.0.2.8:8080", "", 403);
        row("evil.example", "", 403);
        row("localhost.evil.example", "", 403);
        row("127.0.0.1.evil.example", "", 403);
        row("2130706433", "", 403);
        row("localhost:80x", "", 403);
        row("[::1", "", 403);
        row("", "", 403);
        row("localhost:8080", "http://localhost:8080", 200);
        row("localhost", "http://localhost:80", 200);
        row("lab.example", "https://lab.example", 200);
        row("localhost:8080", "http://localhost:3000", 403);
        row("localhost:8080", "http://127.0.0.1:8080", 403);
        row("localhost:8080", "http://evil.example", 403);
        row("localhost:8080", "null", 403);
        row("localhost:8080", "file://", 403);
    }
    void access()
    {
        QFETCH(QString, host);
        QFETCH(QString, origin);
        HttpOptions options;
        options.address = "0.0.0.0";
        options.token = "t";
        options.allowed_hosts = {"lab.example"};
        const std::string host_text = host.toStdString(), origin_text = origin.toStdString();
        HttpRequest request;
        request.local_address = "192.0.2.7";
        request.headers = {{"Host", host_text}};
        if (!origin.isEmpty())
            request.headers.emplace_back("Origin", origin_text);
        const auto refusal = AccessRules(options).checkOrigin(request, {});
        QTEST(refusal ? refusal->status : 200, "expected");
    }

    void listenAddress_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* given, const char* expected) { QTest::newRow(given) << given << expected; };
        row("127.0.0.1:8080", "127.0.0.1 8080");
        row("localhost:0", "127.0.0.1 0");
        row("[::1]:65535", "::1 65535");
        row("0.0.0.0:80", "0.0.0.0 80");
        row("127.0.0.1", "");
        row("127.0.0.1:", "");
        row("127.0.0.1:65536", "");
        row("127.0.0.1:-1", "");
        row(":8080", "");
        row("::1:8080", "");
        row("[127.0.0.1]:8080", "");
        row("example.org:8080", "");
    }
    void listenAddress()
    {
        QFETCH(QString, given);
        const auto parsed = parseListenAddress(given.toStdString());
        QTEST(parsed ? toQString(parsed->address) + ' ' + QString::number(parsed->port) : QString(), "expected");
    }

    void options_otherAddressesNeedAToken()
    {
        HttpOptions options;
        QVERIFY(options.validate());
        options.address = "0.0.0.0";
        QCOMPARE(options.validate().error().field, std::string("listen"));
        options.token = "secret";
        QVERIFY(options.validate());
        options.allowed_hosts = {"orders", "Shop_1.example", "192.0.2.1", "2001:db8::1"};
        QVERIFY(options.validate());
        for (const char* wrong :
             {"", "orders:8080", "http://orders", "a b", "*", ".example", "orders.", "[::1]", "ö"}) {
            options.allowed_hosts = {"orders", wrong};
            QVERIFY2(!options.validate() && options.validate().error().field == "allowed-host", wrong);
        }
        options.allowed_hosts.assign(65, "orders");
        QCOMPARE(options.validate().error().field, std::string("allowed-host"));
        options.allowed_hosts.clear();
        options.token = "two words";
        QCOMPARE(options.validate().error().field, std::string("ORDERLAB_API_TOKEN"));
    }

    void clientUrl()
    {
        const auto options = HttpClientOptions::fromUrl("http://[::1]:8080/lab/").value();
        QCOMPARE(options.host, std::string("::1"));
        QCOMPARE(options.port, std::uint16_t(8080));
        QCOMPARE(options.base_path, std::string("/lab"));
        QCOMPARE(HttpClientOptions::fromUrl("http://localhost").value().port, std::uint16_t(80));
        QCOMPARE(HttpClientOptions::fromUrl("https://localhost").value().port, std::uint16_t(443));
        for (const char* wrong : {"", "localhost:8080", "https://", "http://", "http://localhost:99999", "ftp://x"})
            QVERIFY2(!HttpClientOptions::fromUrl(wrong), wrong);
    }
};

ORDERLAB_TEST(tst_order_request, NoApplication, TestOrderRequest)
#include "tst_order_request.moc"
