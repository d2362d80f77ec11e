// A data race in a test, on purpose: it has to be reported in spite of the suppressions for Qt Test's own threads.
#include <QTest>

#include <thread>

class CanaryTest : public QObject {
    Q_OBJECT

private slots:
    void race()
    {
        int shared = 0;
        const auto count = [&shared] {
            for (int i = 0; i < 10'000; ++i)
                shared = shared + 1;
        };
        std::thread other(count);
        count();
        other.join();
        QVERIFY(shared > 0);
    }
};

QTEST_APPLESS_MAIN(CanaryTest)
#include "canary_test.moc"
