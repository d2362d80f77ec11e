#include "ui/dialogs/shortcuts_dialog.h"

#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QMenu>
#include <QScreen>
#include <QScrollArea>

namespace orderlab::ui {

namespace {

struct Keys {
    QString what;
    QString keys;
};
struct Group {
    QString title;
    QList<Keys> rows;
};

constexpr int columns = 2;

QString plain(QString text)
{
    return text.remove(QLatin1Char('&'));
}

QString keysOf(const QAction& action)
{
    QStringList all;
    for (const QKeySequence& keys : action.shortcuts())
        all << keys.toString(QKeySequence::NativeText);
    return all.join(QStringLiteral(", "));
}

/// By the menus of the window, in their order; what is in a menu's own menus is with it.
QList<Group> groupsOf(const QList<QAction*>& actions)
{
    QList<Group> groups;
    for (const QAction* action : actions) {
        if (action->shortcut().isEmpty())
            continue;
        const QMenu* menu = nullptr;
        for (QObject* object : action->associatedObjects()) {
            if (auto* one = qobject_cast<QMenu*>(object))
                menu = one;
        }
        while (menu && qobject_cast<QMenu*>(menu->parentWidget()))
            menu = static_cast<QMenu*>(menu->parentWidget());
        const QString title = menu ? plain(menu->title()) : ShortcutsDialog::tr("Window");
        if (groups.isEmpty() || groups.back().title != title)
            groups << Group{title, {}};
        groups.back().rows << Keys{plain(action->text()), keysOf(*action)};
    }
    return groups;
}

/// Keys that are no entries of a menu: they work where the focus is.
QList<Group> groupsOfViews()
{
    return {{ShortcutsDialog::tr("Event flow"),
             {{ShortcutsDialog::tr("From node to node"), ShortcutsDialog::tr("arrow keys")},
              {ShortcutsDialog::tr("Open a node, let go"), ShortcutsDialog::tr("Enter, Escape")},
              {ShortcutsDialog::tr("Larger, smaller, fit"), ShortcutsDialog::tr("+, −, 0, Ctrl+wheel")}}},
            {ShortcutsDialog::tr("Timeline"),
             {{ShortcutsDialog::tr("One entry back or forward"), ShortcutsDialog::tr("←, →")},
              {ShortcutsDialog::tr("To the start, to the end"), ShortcutsDialog::tr("Home, End")},
              {ShortcutsDialog::tr("Larger, smaller, fit"), ShortcutsDialog::tr("+, −, 0")},
              {ShortcutsDialog::tr("Play or pause"), ShortcutsDialog::tr("Space")}}},
            {ShortcutsDialog::tr("Tables and lists"),
             {{ShortcutsDialog::tr("To the moment of a row"), ShortcutsDialog::tr("Enter, G")},
              {ShortcutsDialog::tr("Copy a row"), ShortcutsDialog::tr("Ctrl+C")}}},
            {ShortcutsDialog::tr("Failures and guarantees"),
             {{ShortcutsDialog::tr("From switch to switch"), ShortcutsDialog::tr("↑, ↓")},
              {ShortcutsDialog::tr("To the amount and back"), ShortcutsDialog::tr("→, ←")}}}};
}

QWidget* makeGroup(const Group& group, QWidget* parent)
{
    auto* box = new QWidget(parent);
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(20);
    grid->setVerticalSpacing(5);
    grid->setColumnStretch(0, 1);
    grid->addWidget(headingLabel(group.title, box), 0, 0, 1, 2);
    for (const Keys& row : group.rows) {
        const int at = grid->rowCount();
        auto* keys = new QLabel(row.keys, box);
        keys->setFont(Theme::monoFont(12, QFont::Medium));
        grid->addWidget(new QLabel(row.what, box), at, 0);
        grid->addWidget(keys, at, 1);
    }
    return box;
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const QList<QAction*>& actions, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 18, 14, 14);
    column->setSpacing(14);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(windowTitle());
    auto* body = new QWidget(scroll);
    auto* sides = new QHBoxLayout(body);
    sides->setContentsMargins(0, 0, 10, 0);
    sides->setSpacing(40);
    const QList<Group> groups = groupsOf(actions) + groupsOfViews();
    qsizetype rows = 0;
    for (const Group& group : groups)
        rows += group.rows.size() + 2;
    QVBoxLayout* side = nullptr;
    qsizetype filled = 0;
    int made = 0;
    for (const Group& group : groups) {
        if (!side || (made < columns && filled >= rows * made / columns)) {
            side = new QVBoxLayout;
            side->setSpacing(16);
            sides->addLayout(side, 1);
            ++made;
        }
        side->addWidget(makeGroup(group, body));
        filled += group.rows.size() + 2;
    }
    for (int i = 0; i < sides->count(); ++i)
        static_cast<QVBoxLayout*>(sides->itemAt(i)->layout())->addStretch(1);
    scroll->setWidget(body);
    column->addWidget(scroll);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    // As large as all of it, where the screen has room for that.
    const QSize room = parent ? parent->size() : screen()->availableSize();
    resize((body->sizeHint() + QSize(60, 90)).boundedTo(room * 0.95));
}

} // namespace orderlab::ui
