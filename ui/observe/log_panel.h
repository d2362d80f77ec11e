#pragma once
#include "ui/observe/log_model.h"
#include "ui/panels/panel.h"

#include <QTimer>

class QComboBox;
class QLabel;
class QLineEdit;

namespace orderlab::ui {

class ContentOrEmpty;
class FittedTable;

/// The log of the run, by level and text, with the moment in it: what is to come is dim. A click opens the order's
/// story, and moves the moment unless it follows; a double click or Enter always moves it. Reads only while it is seen.
/// GUI thread.
class LogPanel final : public Panel {
    Q_OBJECT
public:
    explicit LogPanel(LabBridge& bridge, QWidget* parent = nullptr);

    /// Only lines with this text.
    void filter(const QString& text);
    QLineEdit* findField() override { return m_text; }

protected:
    void seenChanged() override { refresh(); }

private:
    QWidget* makeBar();
    FittedTable* makeTable();
    void planRefresh();
    void refresh();
    void applyFilter();
    void showState();
    void goTo(const QModelIndex& index);
    void tellStory(const QModelIndex& index);
    void openMenu(const QPoint& at);

    LabBridge& m_bridge;
    LogModel m_model;
    QComboBox* m_level = nullptr;
    QLineEdit* m_text = nullptr;
    QLabel* m_count = nullptr;
    FittedTable* m_table = nullptr;
    ContentOrEmpty* m_content = nullptr;
    QTimer m_due;
};

} // namespace orderlab::ui
