#include "machine.h"
#include "support/scratch_folder.h"
#include "ui/export/export_actions.h"
#include "ui/export/picture_export.h"
#include "ui/export/table_export.h"
#include "ui/palette/palette_items.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/orders_panel.h"

#include <QAbstractItemView>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QStandardItemModel>
#include <QTreeWidget>

#include <sys/stat.h>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

QByteArray contents(const std::filesystem::path& file)
{
    QFile in(QString::fromStdString(file.string()));
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

int fits(const char* title)
{
    return fitness(QLatin1String(title), QStringLiteral("fork"));
}

} // namespace

class TestPaletteAndExport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fitness_likesWhatIsNear()
    {
        QVERIFY(fits("Fork here…") > fits("Go to forks"));
        QVERIFY(fits("Go to forks") > fits("pitchfork"));
        QVERIFY(fits("pitchfork") > fits("for all keys"));
        QVERIFY(fits("for all keys") > 0);
        QCOMPARE(fits("Orders"), 0);
        QVERIFY(fitness(QStringLiteral("Orders"), QString()) > 0);
    }
    void palette_goesToAnything_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("kind");
        QTest::newRow("an action") << QStringLiteral("point of no") << QStringLiteral("action");
        QTest::newRow("a panel") << QStringLiteral("dead letters") << QStringLiteral("action");
        QTest::newRow("a scenario") << QStringLiteral("poison") << QStringLiteral("scenario");
        QTest::newRow("a group") << QStringLiteral("payment") << QStringLiteral("group");
        QTest::newRow("a time") << QStringLiteral("0.5 s") << QStringLiteral("moment");
        QTest::newRow("an entry") << QStringLiteral("entry 120") << QStringLiteral("moment");
        QTest::newRow("anything else") << QStringLiteral("kind=gateway-charged") << QStringLiteral("find");
    }
    void palette_goesToAnything()
    {
        QFETCH(QString, text);
        QFETCH(QString, kind);
        Machine machine;
        const std::vector<PaletteItem> items = paletteItems(machine.window, text);
        QVERIFY(!items.empty() && items.size() <= palette_items_max + 1);
        QCOMPARE(items.front().kind, kind);
    }
    void palette_runsWhatIsChosen()
    {
        Machine machine;
        machine.press(Qt::Key_Home);
        QTest::keyClick(&machine.window, Qt::Key_K, Qt::ControlModifier);
        QVERIFY(machine.waitFor([&] { return machine.window.findChild<QDialog*>(QStringLiteral("commandPalette")); }));
        auto* text = machine.child<QLineEdit>("paletteText");
        auto* list = machine.child<QTreeWidget>("paletteList");
        QVERIFY(list->topLevelItemCount() > 10);
        QVERIFY(keepPicture(text->window()->grab(), QStringLiteral("palette")));
        QTest::keyClicks(text, QStringLiteral("entry 120"));
        QTest::keyClick(text, Qt::Key_Down);
        QCOMPARE(list->indexOfTopLevelItem(list->currentItem()), 1);
        QTest::keyClick(text, Qt::Key_Up);
        QTest::keyClick(text, Qt::Key_Return);
        QVERIFY(machine.waitFor([&] { return machine.frames().index() == 120; }));
        QVERIFY(machine.waitFor([&] { return !machine.window.findChild<QDialog*>(QStringLiteral("commandPalette")); }));
    }
    /// And does not take away what is there.
    void palette_goesToPanels()
    {
        Machine machine;
        for (const char* panel : {"charts", "log", "orders"}) {
            const std::vector<PaletteItem> items = paletteItems(machine.window, QLatin1String(panel));
            items.front().run();
            auto* dock = machine.child<Panel>((std::string(panel) + "Dock").c_str());
            QVERIFY2(machine.waitFor([&] { return dock->isSeen(); }), panel);
        }
    }
    void palette_findsOrders()
    {
        Machine machine;
        machine.press(Qt::Key_End);
        const OrderId order = machine.frames().world().orders().front().id;
        const std::vector<PaletteItem> items = paletteItems(machine.window, QString::fromStdString(order.toString()));
        QCOMPARE(items.front().kind, QStringLiteral("order"));
        items.front().run();
        QCOMPARE(machine.line().order(), order);
    }
    void findKey_goesToThePanelInFront()
    {
        Machine machine;
        const std::pair<const char*, const char*> fields[] = {
            {"orders", "customerFilter"},
            {"log", "logText"},
            {"seeds", "findField"}}; // Seeds have none: entries, then.
        for (const auto& [panel, field] : fields) {
            QVERIFY(machine.window.showPanel(QLatin1String(panel)));
            QCoreApplication::processEvents();
            machine.window.focusFindField();
            QCOMPARE(machine.window.focusWidget()->objectName(), QLatin1String(field));
        }
    }
    void table_isWrittenSoThatSpreadsheetsRunNothing()
    {
        QStandardItemModel model(0, 2);
        model.setHorizontalHeaderLabels({QStringLiteral("Name"), QStringLiteral("Value")});
        const std::pair<const char*, const char*> cells[] = {
            {"plain", "-5"}, {"=1+1", "+x"}, {"a \"b\", c", "two\nlines"}, {"@sum", "-a"}};
        for (const auto& [name, value] : cells)
            model.appendRow({new QStandardItem(QLatin1String(name)), new QStandardItem(QLatin1String(value))});
        model.item(0)->appendRow({new QStandardItem(QStringLiteral("child")), new QStandardItem(QStringLiteral("1"))});
        QCOMPARE(tableText(model, TableFormat::Csv), QByteArray("Name,Value\r\nplain,-5\r\nchild,1\r\n'=1+1,'+x\r\n"
                                                                "\"a \"\"b\"\", c\",\"two\nlines\"\r\n'@sum,'-a\r\n"));
        const QJsonArray rows = QJsonDocument::fromJson(tableText(model, TableFormat::Json)).array();
        QCOMPARE(rows.size(), qsizetype(5));
        QCOMPARE(rows[2].toObject()[QStringLiteral("Name")].toString(), QStringLiteral("=1+1"));
        const test::ScratchFolder folder;
        const auto file = folder.path() / "table.csv";
        QCOMPARE(exportTable(model, QString::fromStdString(file.string())), QString());
        QCOMPARE(contents(file), tableText(model, TableFormat::Csv));
        // A folder that is not there: told, and nothing is left.
        const auto nowhere = folder.path() / "none" / "table.csv";
        QVERIFY(
            exportTable(model, QString::fromStdString(nowhere.string())).contains(QLatin1String("cannot be written")));
        QVERIFY(!std::filesystem::exists(nowhere));
        // What is no file stays what it is.
        const auto pipe = folder.path() / "pipe.csv";
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        QVERIFY(exportTable(model, QString::fromStdString(pipe.string())).contains(QLatin1String("no regular file")));
        QVERIFY(std::filesystem::is_fifo(pipe));
        QVERIFY(exportTable(model, QString::fromStdString(folder.path().string()))
                    .contains(QLatin1String("cannot be written")));
    }
    /// A name is a name: in German a noun is not lower-case.
    void proposedFile_hasTheTablesName()
    {
        QCOMPARE(exportFileName(QStringLiteral("Dead letters")), QStringLiteral("Dead letters.csv"));
        QCOMPARE(exportFileName(QStringLiteral("Events/s")), QStringLiteral("Events-s.csv"));
    }
    void everyTable_canBeExported()
    {
        Machine machine;
        machine.press(Qt::Key_End);
        for (const char* panel : {"orders", "groups", "log", "worlds"}) {
            QVERIFY(machine.window.showPanel(QLatin1String(panel)));
            const QAbstractItemView* view = nullptr;
            QVERIFY2(machine.waitFor([&] {
                view = meantTable(machine.window);
                return view && view->model()->rowCount() > 0;
            }),
                     panel);
            QVERIFY2(tableText(*view->model(), TableFormat::Csv).count('\n') > 1, panel);
        }
    }
    void picture_isWritten_data()
    {
        QTest::addColumn<QString>("ending");
        QTest::addColumn<QByteArray>("begin");
        QTest::newRow("png") << QStringLiteral("png") << QByteArray("\x89PNG");
        QTest::newRow("svg") << QStringLiteral("svg") << QByteArray("<?xml");
        QTest::newRow("pdf") << QStringLiteral("pdf") << QByteArray("%PDF");
    }
    void picture_isWritten()
    {
        QFETCH(QString, ending);
        QFETCH(QByteArray, begin);
        Machine machine;
        machine.press(Qt::Key_End);
        EventFlowView& flow = machine.window.canvas().view();
        const test::ScratchFolder folder;
        const auto file = folder.path() / ("flow." + ending.toStdString());
        QCOMPARE(exportPicture(flow, QString::fromStdString(file.string())), QString());
        const QByteArray bytes = contents(file);
        QVERIFY(bytes.startsWith(begin));
        QVERIFY(bytes.size() > 5'000);
        if (ending == QLatin1String("svg")) // Words, not a picture of words.
            QVERIFY(bytes.contains("EVENT BUS"));
        if (ending == QLatin1String("png"))
            QCOMPARE(QImage::fromData(bytes).size(), flow.size() * 2);
        QVERIFY(exportPicture(flow, QStringLiteral("flow.bmp")).contains(QLatin1String(".png")));
    }
};

ORDERLAB_TEST(tst_palette_and_export, QApplication, TestPaletteAndExport)
#include "tst_palette_and_export.moc"
