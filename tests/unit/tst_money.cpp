#include "base/money.h"
#include "support/test_program.h"

using namespace orderlab;

class TestMoney : public QObject {
    Q_OBJECT

private slots:
    void parse_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qlonglong>("minor"); // -1: refused
        QTest::newRow("two decimals") << QByteArray("19.99") << 1999ll;
        QTest::newRow("one decimal") << QByteArray("19.9") << 1990ll;
        QTest::newRow("whole") << QByteArray("19") << 1900ll;
        QTest::newRow("zero") << QByteArray("0.00") << 0ll;
        QTest::newRow("largest that fits") << QByteArray("92233720368547758.07") << 9223372036854775807ll;
        QTest::newRow("one too large") << QByteArray("92233720368547758.08") << -1ll;
        QTest::newRow("far too large") << QByteArray("99999999999999999999") << -1ll;
        QTest::newRow("three decimals") << QByteArray("1.999") << -1ll;
        QTest::newRow("sign") << QByteArray("-1.00") << -1ll;
        QTest::newRow("no digits") << QByteArray("") << -1ll;
        QTest::newRow("only a point") << QByteArray(".") << -1ll;
        QTest::newRow("nothing after the point") << QByteArray("1.") << -1ll;
        QTest::newRow("two points") << QByteArray("1.2.3") << -1ll;
        QTest::newRow("exponent") << QByteArray("1e3") << -1ll;
        QTest::newRow("space") << QByteArray(" 1") << -1ll;
    }
    void parse()
    {
        QFETCH(QByteArray, text);
        QFETCH(qlonglong, minor);
        const auto money = Money::parse(text.toStdString(), Currency{});
        QCOMPARE(money ? money->amount_minor : -1, minor);
    }

    void amountText_showsTwoDecimals()
    {
        QCOMPARE((Money{5, {}}.amountText()), std::string("0.05"));
        QCOMPARE((Money{-1999, {}}.amountText()), std::string("-19.99"));
        QCOMPARE((Money{INT64_MIN, {}}.amountText()), std::string("-92233720368547758.08"));
    }

    void plus_refusesOverflowAndMixedCurrencies()
    {
        const Currency usd = *Currency::parse("USD");
        QCOMPARE((Money{1, {}}.plus({2, {}})->amount_minor), 3);
        QCOMPARE((Money{INT64_MAX, {}}.plus({1, {}}).error().code), ErrorCode::Exhausted);
        QCOMPARE((Money{1, {}}.plus({1, usd}).error().code), ErrorCode::InvalidArgument);
    }

    void currency_onlyActiveCodes()
    {
        QVERIFY(Currency::parse("USD"));
        for (const char* code : {"", "EU", "EURO", "eur", "XXX", "R A", "DEM"})
            QVERIFY2(!Currency::parse(code), code);
    }
};

ORDERLAB_TEST(tst_money, NoApplication, TestMoney)
#include "tst_money.moc"
