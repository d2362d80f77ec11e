#include "lab/lab.h"
#include "lab/order_import.h"
#include "runtime/virtual_runtime.h"
#include "support/test_program.h"

#include <fstream>
#include <map>
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
    while (const auto item = reader.next()) {
        if (item->rejected)
            all += item->rejected->describe("f.csv") + '\n';
        else
            all += std::to_string(item->order->line) + ' ' + item->order->request.user_id + ' '
                + item->order->request.total.amountText() + ' ' + std::string(item->order->request.total.currency.code())
                + ' ' + toRfc3339(item->order->created_at).substr(0, 10) + '\n';
    }
    return all;
}

const std::string header = "user_id,amount,currency,created_at\n";

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
        row("byte order mark, other order of columns", "\xef\xbb\xbf" "created_at,user_id,amount\n1997-01-01T00:00:00Z,ada,1\n",
            "2 ada 1.00 EUR 1997-01-01\n");
        row("quotes", header + "\"Lovelace, \"\"Ada\"\"\",1,EUR,1997-01-01T00:00:00Z\n",
            "2 Lovelace, \"Ada\" 1.00 EUR 1997-01-01\n");
        row("blanks around fields", header + " ada ,1.50\r,\tEUR,1997-01-01T00:00:00Z \n", "2 ada 1.50 EUR 1997-01-01\n");
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
        row("not UTF-8", header + "a\xff" "da,1,EUR,1997-01-01T00:00:00Z\n", "f.csv:2: line: is not UTF-8\n");
        row("empty file", "", "header: the file is empty; its first line has to name the columns "
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

    void equalLines_areDifferentOrders_andTheSameFileAgainIsNot()
    {
        const std::string file = header + "ada,1,EUR,1997-01-01T00:00:00Z\nada,1,EUR,1997-01-01T00:00:00Z\n";
        const auto keys = [&] {
            std::istringstream in(file);
            OrderFileReader reader(in);
            std::vector<std::string> all;
            if (reader.readHeader()) {
                while (const auto item = reader.next())
                    all.push_back(item->order->idempotency.key);
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
        QVERIFY(runtime.run(lab.start()));
        for (const bool again : {false, true}) {
            std::ifstream in(ORDERLAB_SOURCE_DIR "/tests/data/cdnow-sample.csv");
            OrderFileReader reader(in);
            QVERIFY(reader.readHeader());
            const auto imported = runtime.run(importOrders(runtime, reader, importInto(lab.orders()), {}));
            QVERIFY(imported);
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
