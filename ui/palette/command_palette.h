#pragma once
#include "ui/palette/palette_items.h"

#include <QDialog>

class QLineEdit;
class QTreeWidget;

namespace orderlab::ui {

/// One line to get anywhere: type a part of a name, choose with the arrow keys, Enter. GUI thread.
class CommandPalette final : public QDialog {
    Q_OBJECT
public:
    explicit CommandPalette(MainWindow& window);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void fill();
    void run();

    MainWindow& m_window;
    QLineEdit* m_text;
    QTreeWidget* m_list;
    std::vector<PaletteItem> m_items;
};

} // namespace orderlab::ui
