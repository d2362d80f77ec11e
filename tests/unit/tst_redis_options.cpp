#include "redis/redis_connection.h"
#include "redis/redis_options.h"
#include "support/qt_text.h"
#include "support/test_program.h"
#include "support/verify_result.h"

using namespace orderlab;

class TestRedisOptions : public QObject {
    Q_OBJECT

private slots:
    void url_isRead_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("password");
        QTest::addColumn<int>("database");
        const auto row = [](const char* url, const char* where, const char* user, const char* password, int database) {
            QTest::newRow(url) << QString(url) << QString(where) << QString(user) << QString(password) << database;
        };
        row("redis://localhost", "localhost:6379", "", "", 0);
        row("redis://localhost:7000/3", "localhost:7000", "", "", 3);
        row("redis://:s%20%40cret@db.example.org/", "db.example.org:6379", "", "s @cret", 0);
        row("redis://ada:secret@[::1]:6380/15", "[::1]:6380", "ada", "secret", 15);
        row("unix:///run/redis/redis.sock", "/run/redis/redis.sock", "", "", 0);
        row("unix://:secret@/run/a%20b.sock?db=2", "/run/a b.sock", "", "secret", 2);
    }
    void url_isRead()
    {
        QFETCH(QString, url);
        const auto options = RedisOptions::fromUrl(url.toStdString());
        QVERIFY_RESULT(options);
        QTEST(test::toQString(options->where()), "where");
        QTEST(test::toQString(options->user), "user");
        QTEST(test::toQString(options->password), "password");
        QTEST(options->database, "database");
    }

    void url_thatIsNoneIsRefused_data()
    {
        QTest::addColumn<QString>("says");
        for (const char* url : {"", "localhost", "localhost:6379", "http://localhost", "redis://h#x"})
            QTest::newRow(url) << "must be redis://";
        QTest::newRow("rediss://localhost") << "TLS";
        QTest::newRow("redis://") << "must have a host";
        QTest::newRow("redis:localhost") << "must have a host";
        QTest::newRow("redis://h?db=1") << "must have a host";
        for (const char* url : {"redis://h:0", "redis://h:65536", "redis://h:99999999999999999999", "redis://h:"})
            QTest::newRow(url) << "must have a port";
        for (const char* url : {"redis://h/x", "redis://h/-1", "redis://h/10000", "redis://h/1/2", "unix:///s?db=x"})
            QTest::newRow(url) << "names a database";
        QTest::newRow("redis://ada@h") << "without a password";
        for (const char* url : {"unix://", "unix:///", "unix://host/path"})
            QTest::newRow(url) << "must have the path";
        QTest::newRow("unix:///s?x=1") << "?db=NUMBER";
        QTest::newRow(("unix:///" + std::string(107, 'x')).c_str()) << "at most 107 bytes";
    }
    void url_thatIsNoneIsRefused()
    {
        QFETCH(QString, says);
        const auto options = RedisOptions::fromUrl(QTest::currentDataTag());
        QVERIFY(!options);
        QCOMPARE(options.error().field, std::string("redis"));
        QVERIFY2(options.error().message.find(says.toStdString()) != std::string::npos,
                 options.error().message.c_str());
    }

    void url_thatIsRefusedTellsNoPassword()
    {
        for (const char* url : {"http://:secret@h", "redis://:secret@h:0", "redis://:secret@h/x", "rediss://:secret@h",
                                "redis://:secret@@h:1:2", "unix://:secret@h/p"}) {
            const auto options = RedisOptions::fromUrl(url);
            QVERIFY2(!options, url);
            QVERIFY2(options.error().message.find("secret") == std::string::npos, options.error().message.c_str());
        }
    }

    /// What a server says goes into logs.
    void words_areOneShortPrintableLine()
    {
        QCOMPARE(redisWords("NOAUTH a\x1b[31m\xc3\xa4\r\nforged"), std::string("NOAUTH a?[31m??"));
        QCOMPARE(redisWords(std::string(10'000, 'x')).size(), std::size_t(200));
    }
};

ORDERLAB_TEST(tst_redis_options, NoApplication, TestRedisOptions)
#include "tst_redis_options.moc"
