#include "machine.h"
#include "ui/dialogs/brokers_dialog.h"
#include "ui/dialogs/faults_dialog.h"
#include "ui/dialogs/shortcuts_dialog.h"
#include "ui/palette/palette_items.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/create_orders_panel.h"
#include "ui/panels/failures_section.h"
#include "ui/panels/panel.h"
#include "ui/panels/story_panel.h"
#include "ui/panels/switch.h"
#include "ui/theme/motion.h"
#include "ui/timeline/timeline_panel.h"

#include <QAccessible>
#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QSet>
#include <QTableView>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

bool tellAStory(Machine& machine)
{
    machine.bridge().player().toEnd();
    auto* const orders = machine.child<QTableView>("ordersTable");
    if (!machine.waitFor([orders] { return orders->model()->rowCount() > 0; }))
        return false;
    orders->selectRow(0);
    return machine.waitFor([&machine] { return !machine.window.story().order().isNull(); });
}

QString nameOf(const QWidget* widget)
{
    return QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ') + widget->objectName();
}

/// What Tab comes to, or the arrows of a group: seen, enabled, and wanting the focus.
QList<QWidget*> stopsOf(QWidget& window)
{
    QList<QWidget*> stops;
    for (QWidget* widget : window.findChildren<QWidget*>()) {
        const bool is_part = widget->objectName().startsWith(QLatin1String("qt_")) || widget->focusProxy();
        if (!is_part && widget->window() == &window && widget->isVisible() && widget->isEnabled()
            && (widget->focusPolicy() & Qt::TabFocus) != 0 && !widget->visibleRegion().isEmpty())
            stops << widget;
    }
    return stops;
}

void collect(const QMenu* menu, QList<QAction*>& actions)
{
    for (QAction* action : menu->actions()) {
        if (action->menu())
            collect(action->menu(), actions);
        else if (!action->isSeparator())
            actions << action;
    }
}

/// The letter behind "&"; none: 0.
QChar mnemonicOf(const QString& text)
{
    const qsizetype at = text.indexOf(QLatin1Char('&'));
    return at >= 0 && at + 1 < text.size() ? text[at + 1].toLower() : QChar();
}

void checkMenu(const QMenu* menu, QStringList& problems)
{
    QMap<QChar, QString> known;
    for (QAction* action : menu->actions()) {
        if (action->isSeparator())
            continue;
        const QChar letter = mnemonicOf(action->text());
        if (!letter.isNull() && known.contains(letter))
            problems << QStringLiteral("%1: “%2” and “%3” have the same letter")
                            .arg(menu->title(), known[letter], action->text());
        known[letter] = action->text();
        if (action->menu())
            checkMenu(action->menu(), problems);
    }
}

} // namespace

class KeyboardTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void f6_goesThroughTheParts();
    void f6_comesBackToWhatHadTheFocus();
    void everyAction_isReached();
    void shortcuts_areUnique();
    void everyStop_hasNameRoleAndMark();
    void switches_areSpokenAsCheckBoxes();
    void switches_areOneStop();
    void dialogs_haveOneRuleForEnter();
    void shortcutsDialog_listsAllInGroups();
};

void KeyboardTest::f6_goesThroughTheParts()
{
    Machine machine;
    QVERIFY(tellAStory(machine));
    machine.window.canvas().view().setFocus();
    QStringList passed;
    const auto note = [&] {
        const QWidget* focus = machine.window.focusWidget();
        QVERIFY(focus);
        const std::pair<const char*, QWidget*> parts[] = {{"toolbar", machine.child<QWidget>("toolbar")},
                                                          {"left", &machine.window.createOrders()},
                                                          {"flow", &machine.window.canvas()},
                                                          {"story", machine.child<QWidget>("storyDock")},
                                                          {"tables", machine.child<QWidget>("ordersDock")},
                                                          {"timeline", &machine.window.timeline()}};
        for (const auto& [name, part] : parts) {
            if (part == focus || part->isAncestorOf(focus))
                passed << QLatin1String(name);
        }
    };
    for (int i = 0; i < 6; ++i) {
        QTest::keyClick(&machine.window, Qt::Key_F6);
        note();
    }
    QCOMPARE(passed.join(QLatin1Char(' ')), QStringLiteral("story tables timeline toolbar left flow"));
    passed.clear();
    for (int i = 0; i < 6; ++i) {
        QTest::keyClick(&machine.window, Qt::Key_F6, Qt::ShiftModifier);
        note();
    }
    QCOMPARE(passed.join(QLatin1Char(' ')), QStringLiteral("left toolbar timeline tables story flow"));
}

void KeyboardTest::f6_comesBackToWhatHadTheFocus()
{
    Machine machine;
    auto* amount = machine.child<QWidget>("amountEdit");
    amount->setFocus();
    QTest::keyClick(&machine.window, Qt::Key_F6);
    QVERIFY(machine.window.canvas().view().hasFocus());
    QTest::keyClick(&machine.window, Qt::Key_F6, Qt::ShiftModifier);
    QCOMPARE(machine.window.focusWidget(), amount);
}

/// By a key, by the letters of the menus, from the menu of what has the focus, or by name in the palette.
void KeyboardTest::everyAction_isReached()
{
    Machine machine;
    QStringList problems;
    QList<QAction*> reached;
    for (QAction* top : machine.window.findChild<QMenuBar*>()->actions()) {
        if (mnemonicOf(top->text()).isNull())
            problems << QStringLiteral("the menu “%1” has no letter").arg(top->text());
        if (top->menu()) {
            checkMenu(top->menu(), problems);
            collect(top->menu(), reached);
        }
    }
    for (QWidget* widget : machine.window.findChildren<QWidget*>()) {
        if (widget->contextMenuPolicy() == Qt::ActionsContextMenu && widget->focusPolicy() != Qt::NoFocus)
            reached << widget->actions();
    }
    int known = 0;
    for (QAction* action : machine.window.findChildren<QAction*>()) {
        QString text = action->text();
        text.remove(QLatin1Char('&'));
        if (text.isEmpty() || action->isSeparator() || action->menu())
            continue;
        ++known;
        const bool has_key = !action->shortcut().isEmpty();
        const auto items = paletteItems(machine.window, text);
        const bool is_in_palette =
            std::any_of(items.begin(), items.end(), [&](const PaletteItem& item) { return item.title == text; });
        if (!has_key && !reached.contains(action) && !is_in_palette)
            problems << QStringLiteral("“%1” is not reached").arg(text);
    }
    QVERIFY2(known > 60, qPrintable(QString::number(known)));
    QVERIFY2(problems.isEmpty(), qPrintable(problems.join(QLatin1Char('\n'))));
}

void KeyboardTest::shortcuts_areUnique()
{
    Machine machine;
    QMap<QString, QString> known;
    QStringList twice;
    for (const QAction* action : machine.window.actions()) {
        for (const QKeySequence& keys : action->shortcuts()) {
            const QString name = keys.toString();
            if (known.contains(name))
                twice << QStringLiteral("%1: “%2” and “%3”").arg(name, known[name], action->text());
            known[name] = action->text();
        }
    }
    QVERIFY(known.size() > 40);
    QVERIFY2(twice.isEmpty(), qPrintable(twice.join(QLatin1Char('\n'))));
}

void KeyboardTest::everyStop_hasNameRoleAndMark()
{
    Machine machine;
    Motion::instance().setReduced(true); // What moves would look like a mark.
    QVERIFY(tellAStory(machine));
    QStringList problems;
    QSet<QWidget*> seen;
    const QStringList panels = MainWindow::panelNames();
    for (const QString& panel : panels) {
        QVERIFY(machine.window.showPanel(panel));
        QCoreApplication::processEvents();
        for (QWidget* stop : stopsOf(machine.window)) {
            if (seen.contains(stop))
                continue;
            seen.insert(stop);
            QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(stop);
            if (!spoken || spoken->text(QAccessible::Name).trimmed().isEmpty())
                problems << nameOf(stop) + QStringLiteral(" has no name");
            else if (spoken->role() == QAccessible::NoRole || spoken->role() == QAccessible::Client)
                problems << nameOf(stop) + QStringLiteral(" has no role");
            if (machine.window.focusWidget())
                machine.window.focusWidget()->clearFocus();
            const QRect around = QRect(stop->mapTo(&machine.window, QPoint()), stop->size()).adjusted(-3, -3, 3, 3);
            const QImage without = machine.window.grab(around).toImage();
            stop->setFocus(Qt::TabFocusReason);
            const QImage with = machine.window.grab(around).toImage();
            if (stop->hasFocus() && without == with)
                problems << nameOf(stop) + QStringLiteral(" does not show that it has the focus");
        }
    }
    Motion::instance().setReduced(false);
    QVERIFY2(seen.size() > 50, qPrintable(QString::number(seen.size())));
    QVERIFY2(problems.isEmpty(), qPrintable(problems.join(QLatin1Char('\n'))));
}

void KeyboardTest::switches_areSpokenAsCheckBoxes()
{
    Machine machine;
    auto* control = machine.window.findChild<Switch*>(QStringLiteral("keep-inbox"));
    QVERIFY(control);
    QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(control);
    QCOMPARE(spoken->role(), QAccessible::CheckBox);
    QVERIFY(spoken->state().checked);
}

void KeyboardTest::switches_areOneStop()
{
    Machine machine;
    machine.window.createOrders().failures().focusFirst();
    auto* const first = machine.window.focusWidget();
    QVERIFY(qobject_cast<Switch*>(first));
    QTest::keyClick(first, Qt::Key_Down);
    auto* const second = machine.window.focusWidget();
    QVERIFY(qobject_cast<Switch*>(second) && second != first);
    QTest::keyClick(second, Qt::Key_Right);
    QVERIFY(qobject_cast<QPushButton*>(machine.window.focusWidget())); // How much of it.
    QTest::keyClick(machine.window.focusWidget(), Qt::Key_End);
    auto* const last = machine.window.focusWidget();
    QTest::keyClick(last, Qt::Key_Tab);
    QCOMPARE(machine.window.focusWidget(), machine.child<QWidget>("moreFailures"));
    QTest::keyClick(machine.window.focusWidget(), Qt::Key_Backtab);
    QCOMPARE(machine.window.focusWidget(), last); // Where one was.
}

/// The blue button is what Enter presses; what destroys something never is.
void KeyboardTest::dialogs_haveOneRuleForEnter()
{
    Machine machine;
    FaultsDialog faults(machine.bridge(), &machine.window);
    BrokersDialog brokers(QString(), QStringLiteral("orders"), &machine.window);
    ShortcutsDialog shortcuts(machine.window.actions(), &machine.window);
    for (QDialog* dialog : std::initializer_list<QDialog*>{&faults, &brokers, &shortcuts}) {
        dialog->show();
        QVERIFY(QTest::qWaitForWindowExposed(dialog));
        for (const QPushButton* button : dialog->findChildren<QPushButton*>()) {
            if (button->property("primary").toBool())
                QVERIFY2(button->isDefault(), qPrintable(nameOf(dialog) + button->text()));
        }
        QTest::keyClick(dialog, Qt::Key_Escape);
        QVERIFY2(!dialog->isVisible(), qPrintable(nameOf(dialog)));
    }
}

void KeyboardTest::shortcutsDialog_listsAllInGroups()
{
    Machine machine;
    ShortcutsDialog dialog(machine.window.actions(), &machine.window);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    QVERIFY(keepPicture(dialog.grab(), QStringLiteral("shortcuts")));
    QStringList texts;
    for (const QLabel* label : dialog.findChildren<QLabel*>())
        texts << label->text();
    for (const char* group : {"FILE", "VIEW", "ENGINE", "TIME", "EVENT FLOW"})
        QVERIFY2(texts.contains(QLatin1String(group)), group);
    QStringList missing;
    for (const QAction* action : machine.window.actions()) {
        QString text = action->text();
        if (!action->shortcut().isEmpty() && !texts.contains(text.remove(QLatin1Char('&'))))
            missing << text;
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1String(", "))));
}

ORDERLAB_TEST(tst_keyboard, QApplication, KeyboardTest)
#include "tst_keyboard.moc"
