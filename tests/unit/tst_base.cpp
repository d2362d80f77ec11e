#include "base/base64.h"
#include "base/time.h"
#include "base/utf8.h"
#include "base/uuid.h"
#include "support/test_program.h"

#include <unordered_set>

using namespace orderlab;

class TestBase : public QObject {
    Q_OBJECT

private slots:
    /// RFC 4648, section 10, and what is no text.
    void base64_isTheStandardOne()
    {
        const std::pair<std::string, std::string> all[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"},
                                                           {std::string("\x00\xff\xfb", 3), "AP/7"}};
        for (const auto& [bytes, text] : all)
            QCOMPARE(toBase64(bytes), text);
    }

    void rfc3339_reads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("utc"); // "": refused
        const auto good = [](const char* what, const char* text, const char* utc) {
            QTest::newRow(what) << QByteArray(text) << QByteArray(utc);
        };
        const auto bad = [&](const char* what, const char* text) { good(what, text, ""); };
        good("whole seconds", "2026-01-31T12:00:00Z", "2026-01-31T12:00:00.000000Z");
        good("microseconds", "2026-01-31T12:00:00.000001Z", "2026-01-31T12:00:00.000001Z");
        good("a tenth", "2026-01-31T12:00:00.5Z", "2026-01-31T12:00:00.500000Z");
        good("nanoseconds are cut", "2026-01-31T12:00:00.123456999Z", "2026-01-31T12:00:00.123456Z");
        good("small letters", "2026-01-31t12:00:00z", "2026-01-31T12:00:00.000000Z");
        good("a space", "2026-01-31 12:00:00Z", "2026-01-31T12:00:00.000000Z");
        good("east", "2026-01-31T12:00:00+05:30", "2026-01-31T06:30:00.000000Z");
        good("west over midnight", "2026-01-31T23:30:00-01:00", "2026-02-01T00:30:00.000000Z");
        good("unknown local offset", "2026-01-31T12:00:00-00:00", "2026-01-31T12:00:00.000000Z");
        good("leap day", "2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000000Z");
        good("leap second", "2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000000Z");
        good("before 1970", "1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z");
        good("year 0", "0000-01-01T00:00:00Z", "0000-01-01T00:00:00.000000Z");
        good("year 9999", "9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z");
        bad("before year 0 by the offset", "0000-01-01T00:00:00+00:01");
        bad("after year 9999 by the offset", "9999-12-31T23:59:59-00:01");
        bad("after year 9999 by a leap second", "9999-12-31T23:59:60Z");
        bad("empty", "");
        bad("only a date", "2026-01-31");
        bad("no zone", "2026-01-31T12:00:00");
        bad("no seconds", "2026-01-31T12:00Z");
        bad("month 13", "2026-13-01T00:00:00Z");
        bad("month 0", "2026-00-01T00:00:00Z");
        bad("30th of February", "2026-02-30T00:00:00Z");
        bad("no leap day", "2025-02-29T00:00:00Z");
        bad("hour 24", "2026-01-31T24:00:00Z");
        bad("minute 60", "2026-01-31T12:60:00Z");
        bad("second 61", "2026-01-31T12:00:61Z");
        bad("no digits after the point", "2026-01-31T12:00:00.Z");
        bad("comma", "2026-01-31T12:00:00,5Z");
        bad("offset without a colon", "2026-01-31T12:00:00+0530");
        bad("offset of 24 hours", "2026-01-31T12:00:00+24:00");
        bad("offset of 60 minutes", "2026-01-31T12:00:00+00:60");
        bad("something behind", "2026-01-31T12:00:00Z ");
        bad("something before", " 2026-01-31T12:00:00Z");
        bad("signs", "+026-01-31T12:00:00Z");
        bad("a letter among digits", "2026-01-31T12:0o:00Z");
        bad("slashes", "2026/01/31T12:00:00Z");
        bad("a five digit year", "12026-01-31T12:00:00Z");
    }
    void rfc3339_reads()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, utc);
        const auto time = parseRfc3339(text.toStdString());
        QCOMPARE(QByteArray::fromStdString(time ? toRfc3339(*time) : std::string()), utc);
        if (!time) {
            QCOMPARE(time.error().code, ErrorCode::InvalidArgument);
            QCOMPARE(time.error().retry, Retry::Never);
        } else {
            QCOMPARE(parseRfc3339(toRfc3339(*time)).value(), *time);
        }
    }

    void micros_goBothWays()
    {
        QCOMPARE(toRfc3339(fromMicros(0)), std::string("1970-01-01T00:00:00.000000Z"));
        QCOMPARE(toRfc3339(fromMicros(-1)), std::string("1969-12-31T23:59:59.999999Z"));
        QCOMPARE(toMicros(*parseRfc3339("2026-01-01T00:00:00Z")), 1'767'225'600'000'000);
    }

    void uuid_reads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("is_good");
        QTest::newRow("version 7") << QByteArray("018f3c1e-7c1b-7000-8000-0123456789ab") << true;
        QTest::newRow("capitals") << QByteArray("018F3C1E-7C1B-7000-8000-0123456789AB") << true;
        QTest::newRow("null") << QByteArray("00000000-0000-0000-0000-000000000000") << true;
        QTest::newRow("all ones") << QByteArray("ffffffff-ffff-ffff-ffff-ffffffffffff") << true;
        QTest::newRow("empty") << QByteArray("") << false;
        QTest::newRow("one too short") << QByteArray("018f3c1e-7c1b-7000-8000-0123456789a") << false;
        QTest::newRow("one too long") << QByteArray("018f3c1e-7c1b-7000-8000-0123456789abc") << false;
        QTest::newRow("braces") << QByteArray("{18f3c1e-7c1b-7000-8000-0123456789ab}") << false;
        QTest::newRow("no dashes") << QByteArray("018f3c1e7c1b70008000000000000123456789") << false;
        QTest::newRow("a dash too early") << QByteArray("018f3c1-e7c1b-7000-8000-0123456789ab") << false;
        QTest::newRow("a dash too many") << QByteArray("018f3c1e-7c1b-7000-8000-0123456-89ab") << false;
        QTest::newRow("not hexadecimal") << QByteArray("018f3c1g-7c1b-7000-8000-0123456789ab") << false;
        QTest::newRow("a zero byte") << QByteArray("018f3c1e-7c1b-7000-8000-0123456789a\0", 36) << false;
    }
    void uuid_reads()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, is_good);
        const auto id = Uuid::parse(std::string_view(text.constData(), std::size_t(text.size())));
        QCOMPARE(bool(id), is_good);
        if (id)
            QCOMPARE(QByteArray::fromStdString(id->toString()), text.toLower());
        else
            QCOMPARE(id.error().code, ErrorCode::InvalidArgument);
    }

    void uuid_version7HasTimeVersionAndVariant()
    {
        const Uuid id = Uuid::version7(0x0123456789abull, ~0ull, ~0ull);
        QCOMPARE(id.toString(), std::string("01234567-89ab-7fff-bfff-ffffffffffff"));
        QCOMPARE(Uuid::version7(0, 0, 0).toString(), std::string("00000000-0000-7000-8000-000000000000"));
        QVERIFY(Uuid::version7(1, ~0ull, ~0ull) < Uuid::version7(2, 0, 0)); // in order of time
        QVERIFY(Uuid().isNull() && !id.isNull());
    }

    void uuid_hashSpreadsIdsOfOneMillisecond()
    {
        std::unordered_set<std::uint64_t> low_bits;
        for (std::uint64_t i = 0; i < 4'096; ++i)
            low_bits.insert(hashValue(Uuid::version7(1, i * 0x9e3779b97f4a7c15ull, i)) % 65'536);
        QVERIFY2(low_bits.size() > 3'800, qPrintable(QString("only %1 of 4096").arg(low_bits.size()))); // chance: 3968
    }

    void characterLength_isThatOfTheFirst()
    {
        const std::pair<std::string_view, std::size_t> lengths[] = {{"", 0},
                                                                    {"a", 1},
                                                                    {"\x7f", 1},
                                                                    {"\xc3\xa9t\xc3\xa9", 2},
                                                                    {"\xe2\x82\xac", 3},
                                                                    {"\xf0\x9f\x98\x80x", 4},
                                                                    {"\x80", 0},
                                                                    {"\xc3", 0},
                                                                    {"\xc0\xaf", 0},
                                                                    {"\xed\xa0\x80", 0},
                                                                    {"\xf5\x80\x80\x80", 0}};
        for (const auto& [text, length] : lengths)
            QCOMPARE(characterLength(text), length);
    }

    void printableLength_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("length"); // -1: refused
        QTest::addColumn<bool>("is_utf8");
        const auto row = [](const char* what, const QByteArray& text, int length, bool is_utf8 = true) {
            QTest::newRow(what) << text << length << is_utf8;
        };
        row("empty", "", 0);
        row("ASCII", "ada", 3);
        row("two bytes a character", "\xc3\xa9\xc3\xa9", 2);
        row("three bytes", "\xe2\x82\xac", 1);
        row("four bytes", "\xf0\x9f\x98\x80", 1);
        row("a combining mark counts", "e\xcc\x81", 2);
        row("the last code point that is one", "\xf4\x8f\xbf\xbd", 1);
        row("zero byte", QByteArray("a\0b", 3), -1);
        row("tab", "a\tb", -1);
        row("line end", "a\n", -1);
        row("escape", "\x1b[31m", -1);
        row("DEL", "\x7f", -1);
        row("C1 control", "\xc2\x85", -1);
        row("no-break space is printable", "\xc2\xa0", 1);
        row("line separator", "\xe2\x80\xa8", -1);
        row("right-to-left override", "\xe2\x80\xae", -1);
        row("isolate", "\xe2\x81\xa6", -1);
        row("byte order mark",
            "\xef\xbb\xbf"
            "a",
            -1);
        row("noncharacter U+FFFE", "\xef\xbf\xbe", -1);
        row("noncharacter U+FDD0", "\xef\xb7\x90", -1);
        row("noncharacter U+10FFFF", "\xf4\x8f\xbf\xbf", -1);
        row("lone continuation", "\x80", -1, false);
        row("cut in a character", "\xe2\x82", -1, false);
        row("cut, then ASCII",
            "\xe2\x82"
            "a",
            -1, false);
        row("overlong slash", "\xc0\xaf", -1, false);
        row("overlong in three bytes", "\xe0\x80\xaf", -1, false);
        row("overlong in four bytes", "\xf0\x80\x80\xaf", -1, false);
        row("surrogate", "\xed\xa0\x80", -1, false);
        row("above U+10FFFF", "\xf4\x90\x80\x80", -1, false);
        row("five bytes", "\xf8\x88\x80\x80\x80", -1, false);
        row("0xff", "\xff", -1, false);
        row("Latin-1", "caf\xe9", -1, false);
    }
    void printableLength()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, length);
        QFETCH(bool, is_utf8);
        const std::string_view view(text.constData(), std::size_t(text.size()));
        const auto found = orderlab::printableLength(view);
        QCOMPARE(found ? int(*found) : -1, length);
        QCOMPARE(isUtf8(view), is_utf8);
    }
};

ORDERLAB_TEST(tst_base, NoApplication, TestBase)
#include "tst_base.moc"
