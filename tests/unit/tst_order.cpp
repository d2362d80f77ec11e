#include "domain/order.h"
#include "support/test_program.h"

#include <set>

using namespace orderlab;

class TestOrder : public QObject {
    Q_OBJECT

private slots:
    void transition_followsTheTable_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        QTest::addColumn<bool>("is_legal");
        const std::set<std::pair<int, int>> legal{{0, 1}, {0, 2}, {0, 3}}; // created to paid, failed, canceled
        for (int from = 0; from < 4; ++from) {
            for (int to = 0; to < 4; ++to) {
                const auto row = std::string(name(OrderStatus(from))).append(" to ").append(name(OrderStatus(to)));
                QTest::newRow(row.c_str()) << from << to << legal.contains({from, to});
            }
        }
    }
    void transition_followsTheTable()
    {
        QFETCH(int, from);
        QFETCH(int, to);
        QFETCH(bool, is_legal);
        Order order;
        order.status = OrderStatus(from);
        order.version = 7;
        order.updated_at = fromMicros(1);
        const Order before = order;
        const auto result = order.transitionTo(OrderStatus(to), fromMicros(2));
        QCOMPARE(bool(result), is_legal);
        if (is_legal) {
            QCOMPARE(order.status, OrderStatus(to));
            QCOMPARE(order.version, 8);
            QCOMPARE(toMicros(order.updated_at), 2);
        } else {
            QCOMPARE(result.error().code, ErrorCode::IllegalTransition);
            QCOMPARE(result.error().retry, Retry::Never);
            QVERIFY(order == before);
        }
    }

    void status_hasItsNameBothWays()
    {
        for (OrderStatus status : {OrderStatus::Created, OrderStatus::Paid, OrderStatus::Failed, OrderStatus::Canceled})
            QCOMPARE(orderStatusOf(name(status)).value(), status);
        for (const char* text : {"", "PAID", "paid ", "shipped", "cancelled"})
            QCOMPARE(orderStatusOf(text).error().field, std::string("status"));
        QVERIFY(!isFinal(OrderStatus::Created));
        QVERIFY(isFinal(OrderStatus::Paid) && isFinal(OrderStatus::Failed) && isFinal(OrderStatus::Canceled));
    }

    void request_isValidated_data()
    {
        QTest::addColumn<QByteArray>("user_id");
        QTest::addColumn<qlonglong>("amount_minor");
        QTest::addColumn<QByteArray>("field"); // to blame; "": valid
        const auto user = [](const char* what, const QByteArray& id, bool is_good) {
            QTest::newRow(what) << id << 1999ll << QByteArray(is_good ? "" : "user_id");
        };
        const auto amount = [](const char* what, qlonglong minor, bool is_good) {
            QTest::newRow(what) << QByteArray("ada") << minor << QByteArray(is_good ? "" : "amount");
        };
        user("a name", "ada", true);
        user("one character", "a", true);
        user("64 characters", QByteArray(64, 'a'), true);
        user("64 characters of four bytes", QByteArray("\xf0\x9f\x98\x80").repeated(64), true);
        user("spaces and punctuation", "O'Brien; DROP TABLE orders;--", true);
        user("markup is only text", "<script>alert(1)</script>", true);
        user("empty", "", false);
        user("65 characters", QByteArray(65, 'a'), false);
        user("65 characters of two bytes", QByteArray("\xc3\xa9").repeated(65), false);
        user("a megabyte", QByteArray(1 << 20, 'a'), false);
        user("line end", "ada\n", false);
        user("carriage return and header", "ada\r\nX-Admin: 1", false);
        user("zero byte", QByteArray("ada\0", 4), false);
        user("terminal escape", "\x1b]0;x\x07", false);
        user("right-to-left override", "ada\xe2\x80\xaegnp", false);
        user("byte order mark",
             "\xef\xbb\xbf"
             "ada",
             false);
        user("not UTF-8", "caf\xe9", false);
        user("overlong zero", "\xc0\x80", false);
        user("surrogate", "\xed\xa0\x80", false);
        amount("a cent", 1, true);
        amount("a million", 100'000'000, true);
        amount("nothing", 0, false);
        amount("negative", -1, false);
        amount("a cent above a million", 100'000'001, false);
        amount("the largest number", INT64_MAX, false);
        amount("the smallest number", INT64_MIN, false);
    }
    void request_isValidated()
    {
        QFETCH(QByteArray, user_id);
        QFETCH(qlonglong, amount_minor);
        QFETCH(QByteArray, field);
        const auto result = OrderRequest{user_id.toStdString(), Money{amount_minor, {}}}.validate();
        QCOMPARE(QByteArray::fromStdString(result ? std::string() : result.error().field), field);
        if (!result)
            QCOMPARE(result.error().code, ErrorCode::InvalidArgument);
    }
};

ORDERLAB_TEST(tst_order, NoApplication, TestOrder)
#include "tst_order.moc"
