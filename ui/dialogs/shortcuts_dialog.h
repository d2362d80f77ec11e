#pragma once
#include <QDialog>
#include <QList>

class QAction;

namespace orderlab::ui {

/// Every keyboard shortcut, read from the actions themselves so that it cannot be out of date.
class ShortcutsDialog final : public QDialog {
    Q_OBJECT
public:
    explicit ShortcutsDialog(const QList<QAction*>& actions, QWidget* parent = nullptr);
};

} // namespace orderlab::ui
