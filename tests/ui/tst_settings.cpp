#include "app/option_settings.h"
#include "machine.h"
#include "remembering.h"
#include "ui/palette/command_palette.h"
#include "ui/settings/settings_dialog.h"
#include "ui/settings/window_settings.h"
#include "ui/status/status_line.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QStatusBar>
#include <QTimer>
#include <QTreeWidget>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

std::shared_ptr<const LabSettings> optionsOf(std::vector<const char*> arguments = {})
{
    arguments.insert(arguments.begin(), "orderlab");
    return std::make_shared<OptionSettings>(int(arguments.size()), arguments.data());
}

WindowOptions withSystem(std::vector<const char*> arguments = {"--store", "memory"})
{
    WindowOptions options = Remembering::options();
    options.engine = Engine{};
    options.system = optionsOf(std::move(arguments));
    return options;
}

/// The dialog over a window, opened with Ctrl+,
struct Opened {
    explicit Opened(Desktop& desktop, const QString& search = {}) : desktop(desktop)
    {
        desktop.window.openSettings(search);
        dialog = desktop.window.findChild<SettingsDialog*>();
        if (!dialog)
            qFatal("no settings");
    }
    template <typename T>
    T* find(const char* name)
    {
        T* found = dialog->findChild<T*>(QLatin1String(name));
        if (!found)
            qFatal("no child %s", name);
        return found;
    }
    /// As a person does.
    void type(const char* setting, const QString& text)
    {
        auto* field = find<QLineEdit>(setting);
        field->setText(text);
        Q_EMIT field->editingFinished();
    }
    void choose(const char* setting, const QString& value)
    {
        auto* box = find<QComboBox>(setting);
        box->setCurrentIndex(box->findData(value));
        Q_EMIT box->activated(box->currentIndex());
    }
    Desktop& desktop;
    QPointer<SettingsDialog> dialog;
};

} // namespace

class TestSettings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// It is read before the first window of the next start. Cancel takes it back as well.
    void language_isKeptForTheNextStart()
    {
        Remembering remembering;
        const auto keeps = [] { return WindowMemory(true).language(); };
        QCOMPARE(keeps(), Language::System);
        Desktop desktop({}, withSystem());
        Opened settings(desktop, QStringLiteral("language"));
        settings.choose("edit-language", QStringLiteral("de"));
        QCOMPARE(keeps(), Language::German);
        settings.find<QPushButton>("settingsCancel")->click();
        QTRY_COMPARE(keeps(), Language::System);
    }
    /// The window lists what the options are; nothing is listed twice.
    void optionSettings_areTheOptions()
    {
        const auto settings = optionsOf({"--store", "memory", "--theme", "dark", "a-world"});
        const auto all = settings->all({{"max-attempts", "7"}});
        QVERIFY(all.size() > 20);
        const auto find = [&](const char* name) {
            const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
            return found == all.end() ? LabSetting{} : *found;
        };
        QCOMPARE(find("max-attempts").value, std::string("7"));
        QCOMPARE(find("max-attempts").usual, std::string("5"));
        QVERIFY(find("max-attempts").fixed_by.empty() && find("max-attempts").applies_at_once);
        QCOMPARE(find("store").fixed_by, std::string("the command line"));
        QCOMPARE(find("bus").choices, (std::vector<std::string>{"memory", "kafka"}));
        QVERIFY(!find("partitions").applies_at_once);
        QVERIFY(find("config").name.empty() && find("kafka-property").name.empty());
        const auto config = settings->configWith({{"max-attempts", "7"}, {"keep-inbox", "3d"}, {"store", "postgres"}});
        QVERIFY(config);
        QCOMPARE(config->policies.retry.max_attempts, 7);
        QCOMPARE(config->keep.inbox, Duration(std::chrono::hours{72}));
        QCOMPARE(config->store, StoreKind::Memory); // The command line wins.
    }
    void optionSettings_refuseWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("complaint");
        QTest::newRow("too many") << QByteArray("partitions") << QByteArray("65") << QStringLiteral("64");
        QTest::newRow("no number") << QByteArray("max-attempts") << QByteArray("many") << QStringLiteral("many");
        QTest::newRow("no span") << QByteArray("keep-inbox") << QByteArray("7") << QStringLiteral("7d");
        QTest::newRow("no choice") << QByteArray("bus") << QByteArray("tram") << QStringLiteral("tram");
        QTest::newRow("no such setting") << QByteArray("shine") << QByteArray("1") << QStringLiteral("no such");
        QTest::newRow("a password") << QByteArray("postgres") << QByteArray("postgresql://me:secret@host/db")
                                    << QStringLiteral("ORDERLAB_POSTGRES");
        QTest::newRow("much") << QByteArray("topic-prefix") << QByteArray(2'000, 'x') << QStringLiteral("1000 bytes");
    }
    void optionSettings_refuseWhatIsWrong()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(QString, complaint);
        const auto config = optionsOf()->configWith({{name.toStdString(), value.toStdString()}});
        QVERIFY(!config);
        QCOMPARE(config.error().field, name.toStdString());
        const QString message = QString::fromStdString(config.error().message);
        QVERIFY2(message.contains(complaint), qPrintable(message));
        QVERIFY(!message.contains(QLatin1String("secret")));
    }
    void theme_appliesAtOnceAndCancelTakesItBack()
    {
        Remembering remembering;
        Desktop desktop({}, withSystem());
        QVERIFY(desktop.start());
        {
            Opened settings(desktop);
            settings.choose("edit-theme", QStringLiteral("light"));
            QCOMPARE(Theme::instance().current(), ThemeName::Light);
            settings.find<QAbstractButton>("edit-status-bar")->click();
            QVERIFY(!desktop.window.statusBar()->isVisible());
            settings.find<QPushButton>("settingsCancel")->click();
        }
        QCOMPARE(Theme::instance().current(), ThemeName::Dark);
        QVERIFY(desktop.window.statusBar()->isVisible());
        {
            Opened settings(desktop);
            settings.choose("edit-theme", QStringLiteral("light"));
            settings.find<QPushButton>("settingsDone")->click();
        }
        QCOMPARE(Theme::instance().current(), ThemeName::Light);
        QCOMPARE(WindowMemory(true).theme(), ThemeName::Light);
        for (QAction* action : desktop.window.actions()) {
            if (action->shortcut() == QKeySequence(QKeySequence::Undo))
                action->trigger();
        }
        QCOMPARE(Theme::instance().current(), ThemeName::Dark);
        desktop.window.setTheme(ThemeName::Dark);
    }
    void policies_applyWhileItRuns()
    {
        Remembering remembering;
        Desktop desktop({}, withSystem());
        QVERIFY(desktop.start());
        {
            Opened settings(desktop);
            settings.type("edit-max-attempts", QStringLiteral("1"));
            QVERIFY(!settings.find<QPushButton>("settingsStartAgain")->isVisibleTo(settings.dialog));
            settings.find<QPushButton>("settingsDone")->click();
        }
        // With one attempt, who needs three ends in dead letters.
        QVERIFY(desktop.bridge().commands().createOrder(QStringLiteral("user-flaky"), QStringLiteral("1"),
                                                        QStringLiteral("EUR")));
        QVERIFY(desktop.waitForFinal(1));
        QCOMPARE(desktop.totals().dead_lettered, std::int64_t(1));
        QCOMPARE(WindowMemory(true).systemValues(), (LabSettings::Values{{"max-attempts", "1"}}));
    }
    void whatNeedsANewStart_saysSoAndStarts()
    {
        Remembering remembering;
        Desktop desktop({}, withSystem());
        QVERIFY(desktop.start());
        QCOMPARE(desktop.bridge().commands().partitions(), 3);
        {
            Opened settings(desktop);
            settings.type("edit-partitions", QStringLiteral("65"));
            auto* problem = settings.find<QLabel>("problem-partitions");
            QVERIFY2(problem->isVisibleTo(settings.dialog) && problem->text().contains(QLatin1String("64")),
                     qPrintable(problem->text()));
            settings.find<QPushButton>("settingsDone")->click();
            QVERIFY(settings.dialog && settings.dialog->isVisible()); // What is wrong is mended first.
            settings.type("edit-partitions", QStringLiteral("5"));
            QVERIFY(!problem->isVisibleTo(settings.dialog));
            auto* waiting = settings.find<QLabel>("settingsWaiting");
            QVERIFY2(waiting->text().contains(QLatin1String("Partitions")), qPrintable(waiting->text()));
            QVERIFY(keepPicture(settings.dialog->grab(), QStringLiteral("settings-waiting")));
            settings.find<QPushButton>("settingsStartAgain")->click();
        }
        QVERIFY(desktop.waitFor(
            [&] { return desktop.bridge().session().isRunning() && desktop.bridge().commands().partitions() == 5; }));
        QVERIFY(desktop.window.settings().waiting().isEmpty());
    }
    void whatIsFixed_saysByWhat()
    {
        Remembering remembering;
        Desktop desktop({}, withSystem());
        Opened settings(desktop);
        auto* store = settings.find<QComboBox>("edit-store");
        QVERIFY(!store->isEnabled());
        QVERIFY2(store->toolTip().contains(QLatin1String("the command line")), qPrintable(store->toolTip()));
    }
    void search_findsAndSaysWhenNothingFits()
    {
        Remembering remembering;
        for (const ThemeName theme : {ThemeName::Dark, ThemeName::Light, ThemeName::Contrast}) {
            Desktop desktop({}, withSystem(), {1'280, 720});
            desktop.window.setTheme(theme);
            Opened settings(desktop);
            QVERIFY(keepPicture(settings.dialog->grab(), QStringLiteral("settings-") + name(theme)));
            settings.find<QLineEdit>("settingsFind")->setText(QStringLiteral("outbox keep"));
            QVERIFY(settings.find<QWidget>("setting-keep-outbox")->isVisibleTo(settings.dialog));
            QVERIFY(!settings.find<QWidget>("setting-theme")->isVisibleTo(settings.dialog));
            settings.find<QLineEdit>("settingsFind")->setText(QStringLiteral("no such thing"));
            QVERIFY(!settings.find<QWidget>("setting-keep-outbox")->isVisibleTo(settings.dialog));
            QVERIFY(keepPicture(settings.dialog->grab(), QStringLiteral("settings-nothing-") + name(theme)));
        }
        Theme::instance().set(ThemeName::Dark);
    }
    void palette_findsASetting()
    {
        Remembering remembering;
        Desktop desktop({}, withSystem());
        desktop.window.openPalette();
        auto* palette = desktop.window.findChild<CommandPalette*>();
        palette->findChild<QLineEdit*>(QStringLiteral("paletteText"))->setText(QStringLiteral("max attempts"));
        auto* list = palette->findChild<QTreeWidget*>(QStringLiteral("paletteList"));
        QCOMPARE(list->topLevelItem(0)->text(0), QStringLiteral("Setting: Max attempts"));
        QTest::keyClick(palette->findChild<QLineEdit*>(QStringLiteral("paletteText")), Qt::Key_Return);
        QVERIFY(desktop.waitFor([&] { return desktop.window.findChild<SettingsDialog*>() != nullptr; }));
        auto* dialog = desktop.window.findChild<SettingsDialog*>();
        QVERIFY(dialog->findChild<QWidget*>(QStringLiteral("setting-max-attempts"))->isVisibleTo(dialog));
        QVERIFY(!dialog->findChild<QWidget*>(QStringLiteral("setting-theme"))->isVisibleTo(dialog));
    }
    void forget_asksFirst()
    {
        Remembering remembering;
        WindowMemory(true).keepStatements({QStringLiteral("SELECT 1")});
        Desktop desktop({}, withSystem());
        Opened settings(desktop, QStringLiteral("SELECT"));
        const auto answer = [&](const char* button) {
            QTimer::singleShot(0, settings.dialog, [button] {
                auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
                QVERIFY(box);
                QCOMPARE(box->defaultButton()->text(), QStringLiteral("Keep it"));
                for (QAbstractButton* one : box->buttons()) {
                    if (one->text() == QLatin1String(button))
                        one->click();
                }
            });
            settings.find<QPushButton>("edit-forget-selects")->click();
        };
        answer("Keep it");
        QCOMPARE(WindowMemory(true).statements().size(), qsizetype(1));
        answer("Forget");
        QVERIFY(WindowMemory(true).statements().isEmpty());
        QVERIFY(!settings.find<QPushButton>("edit-forget-selects")->isEnabled());
    }
    void aBrokenFile_isSetAsideAndTold()
    {
        Remembering remembering;
        WindowMemory(true).keepTheme(ThemeName::Light);
        const QString file = WindowMemory::file();
        QFile broken(file);
        QVERIFY(broken.open(QIODevice::WriteOnly));
        QVERIFY(broken.write("[unclosed\nthis is no settings file\n\x01\x02\n") > 0);
        broken.close();
        WindowOptions options = withSystem();
        options.theme.reset();
        Desktop desktop({}, options);
        QVERIFY(desktop.start());
        QVERIFY2(desktop.window.status().notices().front().contains(file + QStringLiteral(".broken")),
                 qPrintable(desktop.window.status().text()));
        QFile aside(file + QStringLiteral(".broken"));
        QVERIFY(aside.open(QIODevice::ReadOnly) && aside.readAll().contains("no settings file"));
        desktop.window.setTheme(ThemeName::Contrast);
        QCOMPARE(WindowMemory(true).theme(), ThemeName::Contrast); // It remembers again.
        Theme::instance().set(ThemeName::Dark);
    }
};

ORDERLAB_TEST(tst_settings, QApplication, TestSettings)
#include "tst_settings.moc"
