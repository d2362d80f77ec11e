#pragma once
#include "ui/panels/panel.h"

class QStackedWidget;
class QToolButton;

namespace orderlab::ui {

class RowsView;
class SelectView;

/// The tables of the system that is shown: their rows at the moment, and what a person asks of them. GUI thread.
class DatabasePanel final : public Panel {
    Q_OBJECT
public:
    explicit DatabasePanel(LabBridge& bridge, QWidget* parent = nullptr);

    RowsView& rows() { return *m_rows; }
    SelectView& select() { return *m_select; }

public Q_SLOTS:
    void showRows() { showView(false); }
    void showSelect() { showView(true); }

protected:
    void seenChanged() override { showSeen(); }

private:
    void showSeen();
    QWidget* makeBar(QWidget* parent);
    void showView(bool is_select);
    void showState();

    LabBridge& m_bridge;
    QToolButton* m_rows_button = nullptr;
    QToolButton* m_select_button = nullptr;
    QStackedWidget* m_views = nullptr;
    RowsView* m_rows = nullptr;
    SelectView* m_select = nullptr;
    ContentOrEmpty* m_content = nullptr;
};

} // namespace orderlab::ui
