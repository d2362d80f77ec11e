#include "lab/lab.h"
#include "lab/order_import.h"
#include "runtime/virtual_runtime.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <fstream>
#include <map>
#include <random>
#include <sstream>

using namespace orderlab;

namespace {

/// What a file is read as, a line an order or a rejection.
std::string readAll(const std::string& text)
{
    std::istringstream in(text);
    OrderFileReader reader(in);
    if (const auto header = reader.readHeader(); !header)
        return "header: " + header.error().message;
    std::string all;
    for (auto next = reader.next(); next && *next; next = reader.next()) {
        const auto& item = *next;
        if (item->rejected)
            all += item->rejected->describe("f.csv") + '\n';
        else
            all += std::to_string(item->order->line) + ' ' + item->order->request.user_id + ' '
                   + item->order->request.total.amountText() + ' '
                   + std::string(item->order->request.total.currency.code()) + ' '
                   + toRfc3339(item->order->created_at).substr(0, 10) + '\n';
    }
    return all;
}

const std::string header = "user_id,amount,currency,created_at\n";

std::string goodLine(int number)
{
    return "u" + std::to_string(number) + ",1.00,EUR,2020-01-31T12:00:00Z\n";
}

/// A stream that has a few bytes at a time, as a pipe.
class Trickle final : public std::streambuf {
public:
    Trickle(std::string_view text, std::mt19937& random) : m_text(text), m_random(random) {}

private:
    int_type underflow() override
    {
        if (m_text.empty())
            return traits_type::eof();
        const std::size_t size = std::min<std::size_t>(m_text.size(), 1 + m_random() % 9);
        m_block.assign(m_text.substr(0, size));
        m_text.remove_prefix(size);
        setg(m_block.data(), m_block.data(), m_block.data() + size);
        return traits_type::to_int_type(m_block[0]);
    }
    std::string_view m_text;
    std::mt19937& m_random;
    std::string m_block;
};

/// What an import of `text` makes of it.
struct Outcome {
    std::uint64_t orders = 0, rejected = 0;
    std::string rejects; ///< What the sink was given.
    std::string all;     ///< Every byte of header, orders and rejected records, in the order of the file.
    std::string problem;
};

Outcome outcomeOf(std::istream& in)
{
    Outcome outcome;
    OrderFileReader reader(in);
    if (const auto read = reader.readHeader(); !read) {
        outcome.problem = read.error().message;
        return outcome;
    }
    const auto kept = reader.keepRejects([&](std::string_view bytes) -> Result<void> {
        outcome.rejects += bytes;
        outcome.all += bytes;
        return {};
    });
    auto item = reader.next();
    for (; kept && item && *item; item = reader.next()) {
        ++((*item)->order ? outcome.orders : outcome.rejected);
        if ((*item)->order)
            outcome.all += (*item)->order->raw;
    }
    if (!item)
        outcome.problem = item.error().message;
    return outcome;
}

Outcome outcomeOf(const std::string& text)
{
    std::istringstream in(text);
    return outcomeOf(in);
}

/// Lines of blanks are no records: they are in neither.
std::string withoutBlankLines(const std::string& text)
{
    std::string kept;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
        const std::string line = text.substr(begin, end - begin);
        if (line.find_first_not_of(" \t\r\n") != std::string::npos)
            kept += line;
        begin = end;
    }
    return kept;
}

} // namespace

class TestOrderImport : public QObject {
    Q_OBJECT

private slots:
    void read_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("read");
        const auto row = [](const char* name, const std::string& file, const std::string& read) {
            QTest::newRow(name) << QByteArray::fromStdString(file) << QByteArray::fromStdString(read);
        };
        row("an order", header + "ada,19.99,USD,1997-01-01T00:00:00Z\n", "2 ada 19.99 USD 1997-01-01\n");
        row("no line break at the end", header + "ada,1,EUR,1997-01-01T00:00:00Z", "2 ada 1.00 EUR 1997-01-01\n");
        row("Windows line ends", "user_id,amount,created_at\r\nada,1,1997-01-01T00:00:00Z\r\n",
            "2 ada 1.00 EUR 1997-01-01\n");
        row("byte order mark, other order of columns",
            "\xef\xbb\xbf"
            "created_at,user_id,amount\n1997-01-01T00:00:00Z,ada,1\n",
            "2 ada 1.00 EUR 1997-01-01\n");
        row("quotes", header + "\"Lovelace, \"\"Ada\"\"\",1,EUR,1997-01-01T00:00:00Z\n",
            "2 Lovelace, \"Ada\" 1.00 EUR 1997-01-01\n");
        row("blanks around fields", header + " ada ,1.50\r,\tEUR,1997-01-01T00:00:00Z \n",
            "2 ada 1.50 EUR 1997-01-01\n");
        row("empty lines are skipped", header + "\nada,1,EUR,1997-01-01T00:00:00Z\n\n", "3 ada 1.00 EUR 1997-01-01\n");
        row("a bad line stops nothing", header + "ada,0,EUR,1997-01-01T00:00:00Z\nbob,1,EUR,1997-01-01T00:00:00Z\n",
            "f.csv:2: amount: must be above 0\n3 bob 1.00 EUR 1997-01-01\n");
        row("bad amount", header + "ada,1.999,EUR,1997-01-01T00:00:00Z\n",
            "f.csv:2: amount: must be a decimal number with at most two decimals, such as 19.99\n");
        row("bad currency", header + "ada,1,XXX,1997-01-01T00:00:00Z\n",
            "f.csv:2: currency: must be an ISO 4217 code in capitals, such as EUR\n");
        row("no user", header + ",1,EUR,1997-01-01T00:00:00Z\n",
            "f.csv:2: user_id: must have 1 to 64 printable characters\n");
        row("bad time", header + "ada,1,EUR,yesterday\n",
            "f.csv:2: created_at: expected a time such as 2026-01-31T12:00:00Z (RFC 3339)\n");
        row("too few fields", header + "ada,1\n", "f.csv:2: line: has 2 fields; expected 4\n");
        row("quote in the middle", header + "a\"da,1,EUR,1997-01-01T00:00:00Z\n",
            "f.csv:2: line: a quote is in the wrong place\n");
        row("quote that does not end", header + "\"ada,1,EUR,1997-01-01T00:00:00Z\n",
            "f.csv:2: line: a quoted field does not end\n");
        row("not UTF-8",
            header
                + "a\xff"
                  "da,1,EUR,1997-01-01T00:00:00Z\n",
            "f.csv:2: line: is not UTF-8\n");
        const auto good = [](int number) {
            return std::to_string(number) + " u" + std::to_string(number) + " 1.00 EUR 2020-01-31\n";
        };
        row("a line break in quotes", header + "\"line\none\",0.00,EUR,2026-01-31T12:00:00Z\n" + goodLine(4),
            "f.csv:2: user_id: must have 1 to 64 printable characters (the record ends in line 3)\n" + good(4));
        row("a quoted record may say what looks like an order",
            header + "\"says\n" + goodLine(3) + "\",1.00,EUR,2026-01-31T12:00:00Z\n" + goodLine(5),
            "f.csv:2: user_id: must have 1 to 64 printable characters (the record ends in line 4)\n" + good(5));
        row("a quote that does not end swallows nothing", header + "\"ada,1.00,EUR,x\n" + goodLine(3) + goodLine(4),
            "f.csv:2: line: a quoted field does not end\n" + good(3) + good(4));
        row("a quote that ends lines later, wrongly", header + "\"ada,1\n" + goodLine(3) + "b\"ob,1\n" + goodLine(5),
            "f.csv:2: line: a quoted field does not end\n" + good(3) + "f.csv:4: line: a quote is in the wrong place\n"
                + good(5));
        row("a quote that ends lines later, with too few fields",
            header + "ada,\"1\n" + goodLine(3) + "bob\",1\n" + goodLine(5),
            "f.csv:2: line: a quoted field does not end\n" + good(3) + "f.csv:4: line: a quote is in the wrong place\n"
                + good(5));
        row("a quote behind a quoted field", header + "\"ada\"x,1,EUR,2026-01-31T12:00:00Z\n" + goodLine(3),
            "f.csv:2: line: a quote is in the wrong place\n" + good(3));
        row("a quote in the last line", header + goodLine(2) + "\"ada,1.00,EUR,2026-01-31T12:00:00Z\n\n",
            good(2) + "f.csv:3: line: a quoted field does not end\n");
        row("an empty quoted field is a record", header + "\"\"\n", "f.csv:2: line: has 1 fields; expected 4\n");
        row("a NUL byte", header + std::string("a\0da", 5) + ",1.00,EUR,2026-01-31T12:00:00Z\n" + goodLine(3),
            "f.csv:2: user_id: must have 1 to 64 printable characters\n" + good(3));
        row("many fields", header + std::string(1'000, ',') + '\n', "f.csv:2: line: has 1001 fields; expected 4\n");
        row("a long customer", header + std::string(2'500, 'x') + ",1.00,EUR,2026-01-31T12:00:00Z\n" + goodLine(3),
            "f.csv:2: user_id: must have 1 to 64 printable characters\n" + good(3));
        row("a long line", header + std::string(10'000'000, '"') + '\n' + goodLine(3),
            "f.csv:2: line: is longer than 1048576 bytes\n" + good(3));
        row("before 1970", header + "ada,1,EUR,1969-12-31T23:59:59Z\n",
            "f.csv:2: created_at: must not be before 1970\n");
        row("mark and quotes in the header",
            "\xef\xbb\xbf\"user_id\",\"amount\",\"created_at\"\nada,1,1997-01-01T00:00:00Z\n",
            "2 ada 1.00 EUR 1997-01-01\n");
        row("UTF-16", "\xff\xfeu", "header: the file is UTF-16; save it as CSV in UTF-8");
        row("header with an open quote", "user_id,amount,\"created_at\n" + goodLine(2),
            "header: line 1 a quoted field does not end; it has to name the columns "
            "user_id,amount,currency,created_at");
        row("empty file", "",
            "header: the file is empty; its first line has to name the columns "
            "user_id,amount,currency,created_at");
        row("no header", "ada,1,EUR,1997-01-01T00:00:00Z\n",
            "header: line 1 has no column user_id; it has to name the columns user_id,amount,currency,created_at");
        row("unknown column", "user_id,amount,created_at,color\n", "header: line 1 names an unknown column color");
        row("column twice", "user_id,amount,created_at,amount\n", "header: line 1 names the column amount twice");
    }
    void read()
    {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, read);
        QCOMPARE(QByteArray::fromStdString(readAll(file.toStdString())), read);
    }

    void rejects_areTheBytesOfTheFile_data()
    {
        QTest::addColumn<QByteArray>("rejected"); // with its line end
        const auto row = [](const char* name, const std::string& bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes);
        };
        row("a line", "ada,0,EUR,2026-01-31T12:00:00Z\n");
        row("blanks and Windows line end", " ada ,0, EUR,2026-01-31T12:00:00Z \r\n");
        row("a line break in quotes", "\"line\r\n\none\",0.00,EUR,2026-01-31T12:00:00Z\n");
        row("a quote in the middle", "e\"ve,1.00,EUR,2026-01-31T12:00:00Z\n");
        row("a quote that does not end", "\"ada,1.00,EUR,2026-01-31T12:00:00Z\n");
        row("2,500 characters", std::string(2'500, 'x') + ",1.00,EUR,2026-01-31T12:00:00Z\n");
        row("10 MB", std::string(10'000'000, 'x') + ",1.00,EUR,2026-01-31T12:00:00Z\n");
        row("2 MB in quotes, in many lines", [] {
            std::string lines = "\"a\n";
            while (lines.size() < 2'000'000)
                lines += "not an order\n";
            return lines + "z\",1.00,EUR,2026-01-31T12:00:00Z\n";
        }());
        row("NUL and bytes that are no UTF-8", std::string("\0\xff,0,EUR\n", 9));
    }
    void rejects_areTheBytesOfTheFile()
    {
        QFETCH(QByteArray, rejected);
        const std::string bytes = rejected.toStdString();
        const Outcome outcome = outcomeOf(header + goodLine(1) + bytes + goodLine(2));
        QCOMPARE(outcome.problem, std::string());
        QCOMPARE(outcome.orders, 2u);
        QCOMPARE(qsizetype(outcome.rejects.size()), qsizetype((header + bytes).size()));
        QVERIFY(outcome.rejects == header + bytes);

        const std::string open_end = bytes.substr(0, bytes.size() - 1);
        QVERIFY2(outcomeOf(header + goodLine(1) + open_end).rejects == header + open_end, "without a last line end");
    }

    /// One stray quote in a file of 5,001 lines once swallowed 1,851 of them.
    void strayQuotes_costTheirLinesOnly()
    {
        for (unsigned seed = 1; seed <= 40; ++seed) {
            std::mt19937 random(seed);
            std::string file = header, rejects = header;
            std::uint64_t broken = 0;
            for (int i = 0; i < 5'000; ++i) {
                const bool is_broken = random() % (seed * 50) == 0;
                const std::string line = (is_broken ? "\"" : "") + goodLine(i);
                file += line;
                rejects += is_broken ? line : "";
                broken += is_broken;
            }
            const Outcome outcome = outcomeOf(file);
            QVERIFY2(outcome.rejected == broken && outcome.orders == 5'000 - broken, qPrintable(QString::number(seed)));
            QCOMPARE(outcome.rejects, rejects);
        }
    }

    /// Files of pieces that CSV stumbles over: every byte is in an order, in a rejected record, or in a blank line.
    void randomFiles_loseNoByte()
    {
        const std::vector<std::string> pieces = {"\"",
                                                 "\"",
                                                 "\"\"",
                                                 ",",
                                                 ",",
                                                 "\n",
                                                 "\n",
                                                 "\r\n",
                                                 "\r",
                                                 " ",
                                                 "a",
                                                 "1.00",
                                                 "EUR",
                                                 std::string(1, '\0'),
                                                 "\xff",
                                                 "\xef\xbb\xbf",
                                                 "\n\n",
                                                 goodLine(7),
                                                 goodLine(8),
                                                 "ada,1,EUR,2026-01-31T12:00:00Z\r\n",
                                                 "\"line\nbreak\",0,EUR,x\n"};
        for (unsigned seed = 1; seed <= 3'000; ++seed) {
            std::mt19937 random(seed);
            std::string file = header;
            for (auto count = random() % 60; count > 0; --count)
                file += pieces[random() % pieces.size()];
            Trickle trickle(file, random);
            std::istream in(&trickle);
            const Outcome outcome = outcomeOf(in);
            const std::string where = "seed " + std::to_string(seed) + ": " + outcome.problem;
            QVERIFY2(outcome.problem.empty(), where.c_str());
            if (withoutBlankLines(outcome.all) != withoutBlankLines(file))
                QCOMPARE(QByteArray::fromStdString(withoutBlankLines(outcome.all)).prepend(where.c_str()),
                         QByteArray::fromStdString(withoutBlankLines(file)).prepend(where.c_str()));
            const Outcome whole = outcomeOf(file);
            QVERIFY2(whole.all == outcome.all && whole.orders == outcome.orders, where.c_str());
            const Outcome again = outcomeOf(outcome.rejects); // What was rejected is no order the second time either.
            QVERIFY2(again.orders == 0 || outcome.orders > 0, where.c_str());
        }
    }

    void aStreamThatFails_isNoEndOfTheFile()
    {
        class Failing final : public std::streambuf {
            int_type underflow() override
            {
                if (m_given)
                    throw std::runtime_error("I/O error");
                m_given = true;
                setg(m_text.data(), m_text.data(), m_text.data() + m_text.size());
                return traits_type::to_int_type(m_text[0]);
            }
            std::string m_text = header + goodLine(1) + "u2,1.00,EUR,2026-01";
            bool m_given = false;
        } failing;
        std::istream in(&failing);
        const Outcome outcome = outcomeOf(in);
        QCOMPARE(outcome.problem, std::string("the file cannot be read on"));
        QCOMPARE(outcome.orders, 1u);
        QCOMPARE(outcome.rejected, 0u);
    }

    /// Who creates the orders refuses some: those are rejected as well, and stop nothing.
    void whatTheTargetRefuses_isRejected()
    {
        VirtualRuntime runtime(1);
        std::string file = header;
        for (int i = 0; i < 100; ++i)
            file += goodLine(i);
        file += "late,1.00,EUR,9999-01-01T00:00:00Z"; // no line end, and others may come behind it
        std::istringstream in(file);
        OrderFileReader reader(in);
        QVERIFY(reader.readHeader());
        std::string rejects;
        QVERIFY(reader.keepRejects([&](std::string_view bytes) -> Result<void> {
            rejects += bytes;
            return {};
        }));
        const MakeImportTarget target = [&runtime]() -> ImportTarget {
            return [&runtime](ImportLine line) { return refuseSevenths(runtime, std::move(line)); };
        };
        ImportProgress told;
        ImportOptions options;
        options.on_progress = [&](const ImportProgress& progress) { told = progress; };
        const auto imported = runtime.run(importOrders(runtime, reader, target, options));
        QVERIFY_RESULT(imported);
        QCOMPARE(imported->imported, 85u);
        QCOMPARE(imported->rejected, 16u);
        QCOMPARE(told.rejected, 16u);
        QStringList lines = QString::fromStdString(rejects).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 17);
        QVERIFY(lines.contains(QStringLiteral("late,1.00,EUR,9999-01-01T00:00:00Z")));
        QVERIFY(lines.contains(QStringLiteral("u98,1.00,EUR,2020-01-31T12:00:00Z")));
    }

    void aSinkThatFails_endsTheImport()
    {
        VirtualRuntime runtime(1);
        std::istringstream in(header + "ada,0,EUR,x\n" + goodLine(1));
        OrderFileReader reader(in);
        QVERIFY(reader.readHeader());
        int calls = 0;
        QVERIFY(reader.keepRejects([&](std::string_view) -> Result<void> {
            if (++calls > 1)
                return Error{ErrorCode::Exhausted, Retry::Never, "the disk is full", {}};
            return {};
        }));
        const MakeImportTarget target = [&runtime]() -> ImportTarget {
            return [&runtime](ImportLine line) { return refuseSevenths(runtime, std::move(line)); };
        };
        const auto imported = runtime.run(importOrders(runtime, reader, target, {}));
        QVERIFY(!imported);
        QCOMPARE(imported.error().message, std::string("the disk is full"));
    }

    void equalLines_areDifferentOrders_andTheSameFileAgainIsNot()
    {
        const std::string file = header + "ada,1,EUR,1997-01-01T00:00:00Z\nada,1,EUR,1997-01-01T00:00:00Z\n";
        const auto keys = [&] {
            std::istringstream in(file);
            OrderFileReader reader(in);
            std::vector<std::string> all;
            if (reader.readHeader()) {
                for (auto item = reader.next(); item && *item; item = reader.next())
                    all.push_back((*item)->order->idempotency.key);
            }
            return all;
        };
        QCOMPARE(keys().size(), std::size_t(2));
        QVERIFY(keys()[0] != keys()[1]);
        QCOMPARE(keys(), keys());
    }

    /// 6,919 real purchases, eight of them with amount 0.
    void sample_importsOnce_andSumsPerCustomerAreThoseOfTheFile()
    {
        VirtualRuntime runtime(1);
        LabConfig config;
        config.gateway.latency = Duration{0};
        Lab lab(runtime, config);
        QVERIFY_RESULT(runtime.run(lab.start()));
        for (const bool again : {false, true}) {
            std::ifstream in(ORDERLAB_SOURCE_DIR "/tests/data/cdnow-sample.csv");
            OrderFileReader reader(in);
            QVERIFY(reader.readHeader());
            const auto imported = runtime.run(importOrders(runtime, reader, importInto(lab.orders()), {}));
            QVERIFY_RESULT(imported);
            QCOMPARE(imported->imported, again ? 0u : 6'911u);
            QCOMPARE(imported->already_there, again ? 6'911u : 0u);
            QCOMPARE(imported->rejected, 8u);
        }
        runtime.run([](Lab& system) -> Task<void> {
            while ((co_await system.store().counts())->created > 0)
                co_await system.runtime().sleep(std::chrono::milliseconds{10});
        }(lab));
        QCOMPARE(sumsOfStore(runtime, lab), sumsOfFile());
        runtime.run(lab.stop());
    }

private:
    static Task<Result<CreatedOrder>> refuseSevenths(Runtime& runtime, ImportLine line)
    {
        co_await runtime.sleep(std::chrono::milliseconds{runtime.randomBelow(20)});
        if (std::stoi(line.request.user_id.substr(1)) % 7 == 0)
            co_return invalidArgument("user_id", "is not wanted");
        co_return CreatedOrder{};
    }

    using Sums = std::map<std::string, std::int64_t>;

    /// Read with other means than the code under test.
    static Sums sumsOfFile()
    {
        Sums sums;
        std::ifstream in(ORDERLAB_SOURCE_DIR "/tests/data/cdnow-sample.csv");
        std::string line;
        std::getline(in, line);
        while (std::getline(in, line)) {
            const QStringList fields = QString::fromStdString(line).split(QLatin1Char(','));
            const qint64 minor = qRound64(fields[1].trimmed().toDouble() * 100);
            if (minor > 0)
                sums[fields[0].toStdString()] += minor;
        }
        return sums;
    }

    static Sums sumsOfStore(Runtime& runtime, Lab& lab)
    {
        Sums sums;
        OrderQuery query;
        query.limit = 500;
        do {
            const OrderPage page = runtime.run(lab.orders().list(query)).value();
            for (const Order& order : page.orders) {
                if (order.status == OrderStatus::Paid)
                    sums[order.user_id] += order.total.amount_minor;
            }
            query.cursor = page.next_cursor;
        } while (!query.cursor.empty());
        return sums;
    }
};

ORDERLAB_TEST(tst_order_import, NoApplication, TestOrderImport)
#include "tst_order_import.moc"
