#include "../integration/child_program.h"
#include "support/test_program.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>

/// The pictures of docs/user-guide.md. Above each stands the command that makes it. They are made anew in
/// build/…/pictures, where a person can look at them; `cp` puts them into docs/pictures.
class TestUserGuide : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void picture_isMadeByItsCommand_data();
    void picture_isMadeByItsCommand();
    void everyPicture_isOnThePage();

private:
    static QString page();
    static QSize sizeIn(const QStringList& arguments);
};

QString TestUserGuide::page()
{
    QFile file(QStringLiteral(ORDERLAB_SOURCE_DIR "/docs/user-guide.md"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QSize TestUserGuide::sizeIn(const QStringList& arguments)
{
    const QStringList size = arguments.value(arguments.indexOf(QStringLiteral("--size")) + 1).split(QLatin1Char('x'));
    return {size.value(0).toInt(), size.value(1).toInt()};
}

void TestUserGuide::picture_isMadeByItsCommand_data()
{
    QTest::addColumn<QStringList>("arguments");
    static const QRegularExpression picture(
        QStringLiteral("<!-- orderlab (.+) -->\\n!\\[[^\\]]+\\]\\(pictures/([a-z-]+)\\.png\\)"));
    auto found = picture.globalMatch(page());
    while (found.hasNext()) {
        const auto match = found.next();
        QTest::newRow(qPrintable(match.captured(2))) << match.captured(1).split(QLatin1Char(' '));
    }
}

void TestUserGuide::picture_isMadeByItsCommand()
{
    QFETCH(QStringList, arguments);
    const QString name = QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png");
    const QDir made(QStringLiteral(ORDERLAB_BIN_DIR "/../pictures"));
    QVERIFY(made.mkpath(QStringLiteral(".")));
    QFile::remove(made.filePath(name));
    const QTemporaryDir data;
    QVERIFY(QDir::setCurrent(QStringLiteral(ORDERLAB_SOURCE_DIR))); // The commands name files from there.
    const orderlab::test::Ended ended = orderlab::test::runDesktop(
        arguments + QStringList{"--store", "memory", "--data-dir", data.path(), "--screenshot", made.filePath(name)});
    QVERIFY2(ended.exit_code == 0, ended.describe());

    const QImage picture(made.filePath(name));
    QCOMPARE(picture.size(), sizeIn(arguments));
    QSet<QRgb> colours;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x)
            colours.insert(picture.pixel(x, y));
    }
    QVERIFY2(colours.size() > 100, qPrintable(QString::number(colours.size()))); // Something is on it.
    const QImage shown(QStringLiteral(ORDERLAB_SOURCE_DIR "/docs/pictures/") + name);
    QCOMPARE(shown.size(), picture.size()); // The page's own.
}

void TestUserGuide::everyPicture_isOnThePage()
{
    const QStringList pictures =
        QDir(QStringLiteral(ORDERLAB_SOURCE_DIR "/docs/pictures")).entryList({QStringLiteral("*.png")}, QDir::Files);
    QVERIFY(pictures.size() >= 5);
    const QString text = page();
    for (const QString& picture : pictures)
        QVERIFY2(text.contains(QStringLiteral("-->\n!["))
                     && text.contains(QStringLiteral("(pictures/%1)").arg(picture)),
                 qPrintable(picture));
    QCOMPARE(text.count(QStringLiteral("(pictures/")), text.count(QStringLiteral("<!-- orderlab ")));
    QCOMPARE(int(pictures.size()), int(text.count(QStringLiteral("(pictures/"))));
}

ORDERLAB_TEST(tst_user_guide, QCoreApplication, TestUserGuide)
#include "tst_user_guide.moc"
