#include "desktop.h"
#include "simulation/moment_line.h"
#include "simulation/shipped_scenarios.h"
#include "support/scratch_folder.h"
#include "support/verify_result.h"
#include "ui/dialogs/moment_dialog.h"
#include "ui/window_files.h"
#include "ui/worlds/worlds.h"

#include <QClipboard>
#include <QDir>
#include <QLabel>
#include <QPlainTextEdit>

#ifdef ORDERLAB_HAS_ZXING
#include <ZXing/ReadBarcode.h>
#endif

using namespace orderlab;
using namespace orderlab::ui;

namespace {

#ifdef ORDERLAB_HAS_ZXING
[[maybe_unused]] QString toText(const std::wstring& text) // Of version 1.
{
    return QString::fromStdWString(text);
}
[[maybe_unused]] QString toText(const std::string& text)
{
    return QString::fromStdString(text);
}
#endif

/// What a reader that is not ours makes of a picture.
QString decoded(const QImage& picture)
{
#ifdef ORDERLAB_HAS_ZXING
    const QImage grey = picture.convertToFormat(QImage::Format_Grayscale8);
    const auto result = ZXing::ReadBarcode(
        {grey.constBits(), grey.width(), grey.height(), ZXing::ImageFormat::Lum, int(grey.bytesPerLine())});
    return result.isValid() && result.format() == ZXing::BarcodeFormat::QRCode ? toText(result.text())
                                                                               : QStringLiteral("(no QR code)");
#else
    Q_UNUSED(picture)
    return QStringLiteral("(libzxing-dev was missing when this was built)");
#endif
}

} // namespace

class TestMomentDialog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void code_isReadByOthers_data()
    {
        QTest::addColumn<int>("bytes");
        for (const int bytes : {1, 24, 25, 200, 500, int(QrCode::bytes_max)})
            QTest::addRow("%d bytes", bytes) << bytes;
    }
    void code_isReadByOthers()
    {
        QFETCH(int, bytes);
        QString text = QStringLiteral("orderlab:double-charge?seed=5&change=0.9s,payment-key=on&sha=0123abcd");
        while (text.size() < bytes)
            text += text;
        text.truncate(bytes);
        const auto code = QrCode::of(text);
        QVERIFY_RESULT(code);
        for (const int pixels : {2, 3, 8})
            QCOMPARE(decoded(code->image(pixels)), text);
    }
    void tooMuch_isRefusedWithBothNumbers()
    {
        const auto code = QrCode::of(QString(QrCode::bytes_max + 1, QLatin1Char('x')));
        QVERIFY(!code);
        QCOMPARE(code.error().code, ErrorCode::Exhausted);
        QVERIFY2(code.error().message.find("998 bytes") != std::string::npos
                     && code.error().message.find("at most 997") != std::string::npos,
                 code.error().message.c_str());
        QVERIFY(!QrCode::of(QString(QrCode::bytes_max / 2 + 1, QChar(0xe9)))); // Bytes, not characters.
    }
    void moment_isShownCopiedAndSaved_data()
    {
        QTest::addColumn<ThemeName>("theme");
        QTest::newRow("dark") << ThemeName::Dark;
        QTest::newRow("light") << ThemeName::Light;
    }
    void moment_isShownCopiedAndSaved()
    {
        QFETCH(ThemeName, theme);
        WindowOptions options = Desktop::forgetful();
        options.theme = theme;
        options.engine = simulatedEngine();
        Desktop desktop({}, options, {1'280, 720});
        QVERIFY(desktop.waitFor([&] { return desktop.bridge().frames().isWhole(); }));
        desktop.bridge().player().setPlaying(false);
        desktop.bridge().frames().goTo(100);
        const QString line = QString::fromStdString(desktop.bridge().worlds()->line({}).value());
        desktop.window.files().showMoment();
        auto* dialog = desktop.child<MomentDialog>("momentDialog");
        QVERIFY(QTest::qWaitForWindowExposed(dialog));
        QCOMPARE(desktop.child<QPlainTextEdit>("momentLine")->toPlainText(), line);
        QCOMPARE(decoded(dialog->grab().toImage()), line); // As it is on the screen.
        desktop.click("copyMoment");
        QCOMPARE(QApplication::clipboard()->text(), line);
        const test::ScratchFolder folder;
        const QString file = QString::fromStdString((folder.path() / "moment.png").string());
        QCOMPARE(dialog->savePng(file), QString());
        QCOMPARE(decoded(QImage(file)), line);
        QVERIFY(dialog->savePng(QStringLiteral("/nowhere/moment.png")).contains(QLatin1String("/nowhere/moment.png")));
        QVERIFY(!desktop.child<QAbstractButton>("saveMomentScenario")->isVisible());
        QVERIFY(dialog->width() <= 1'280 && dialog->height() <= 720);
        const QDir pictures(QStringLiteral(ORDERLAB_BIN_DIR "/../pictures"));
        QVERIFY(pictures.mkpath(QStringLiteral(".")));
        QVERIFY(dialog->grab().save(
            pictures.filePath(QStringLiteral("moment-%1.png").arg(QLatin1String(QTest::currentDataTag())))));
    }
    void tooLongALine_isOfferedAsAFile()
    {
        Scenario scenario = parseScenario(findShippedScenario("double-charge")->text, "").value();
        scenario.seed = 5;
        for (int i = 0; i < 40; ++i)
            scenario.changes.push_back(
                {Duration{i * 1'000}, PlaceOrder{"a customer with a long name " + std::to_string(i)}});
        MomentLine line = MomentLine::of(scenario, 5);
        const test::ScratchFolder folder;
        const QString file = QString::fromStdString((folder.path() / "s.json").string());
        for (const auto& text : {Result<std::string>(std::string(1'500, 'x')), line.print()}) {
            MomentDialog dialog(text, scenario, nullptr);
            QVERIFY(!dialog.code());
            const auto* note = dialog.findChild<QLabel*>(QStringLiteral("momentNote"));
            QVERIFY2(note->text().contains(QLatin1String("no QR code")), qPrintable(note->text()));
            QVERIFY(!dialog.findChild<QAbstractButton*>(QStringLiteral("saveMomentScenario"))->isHidden());
            QCOMPARE(dialog.saveScenario(file), QString());
            QFile saved(file);
            QVERIFY(saved.open(QIODevice::ReadOnly));
            const auto read = parseScenario(saved.readAll().toStdString(), "saved");
            QVERIFY_RESULT(read);
            QCOMPARE(*read, scenario);
        }
    }
};

ORDERLAB_TEST(tst_moment_dialog, QApplication, TestMomentDialog)
#include "tst_moment_dialog.moc"
