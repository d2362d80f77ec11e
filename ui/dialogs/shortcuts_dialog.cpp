#include "ui/dialogs/shortcuts_dialog.h"

#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>

namespace orderlab::ui {

ShortcutsDialog::ShortcutsDialog(const QList<QAction*>& actions, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(QStringLiteral("Keyboard shortcuts"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 16);
    column->setSpacing(14);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(28);
    grid->setVerticalSpacing(7);
    const auto add = [&](const QString& what, const QString& keys) {
        const int row = grid->rowCount();
        auto* text = new QLabel(keys, this);
        text->setFont(Theme::monoFont(12, QFont::Medium));
        grid->addWidget(new QLabel(what, this), row, 0);
        grid->addWidget(text, row, 1);
    };
    for (const QAction* action : actions) {
        if (!action->shortcut().isEmpty()) {
            QString what = action->text();
            add(what.remove(QLatin1Char('&')), action->shortcut().toString(QKeySequence::NativeText));
        }
    }
    add(QStringLiteral("Event flow: from node to node"), QStringLiteral("arrow keys"));
    add(QStringLiteral("Event flow: open a node"), QStringLiteral("Enter"));
    add(QStringLiteral("Event flow: zoom"), QStringLiteral("Ctrl+wheel"));
    column->addLayout(grid);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

} // namespace orderlab::ui
