#pragma once
#include "ui/bridge/lab_bridge.h"
#include "ui/bridge/table_desk.h"
#include "ui/database/selected_model.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace orderlab::ui {

class SqlEdit;

/// A SELECT that a person writes, what it gave, and how the database runs it. GUI thread.
class SelectView final : public QWidget {
    Q_OBJECT
public:
    static constexpr int history_max = 30; ///< Statements, the latest first.

    SelectView(LabBridge& bridge, QWidget* parent);

    const SelectedModel& model() const { return m_model; }
    bool isRunning() const { return m_is_running; }
    const QStringList& history() const { return m_history; }
    void setHistory(const QStringList& statements);

public Q_SLOTS:
    void run();
    void plan();
    void cancel();

Q_SIGNALS:
    void historyChanged(const QStringList& statements);

private:
    QWidget* makeInput(QWidget* parent);
    QWidget* makeOutput(QWidget* parent);
    template <typename Answer>
    void ask(Result<Answer> (Tables::*question)(const std::string&), void (SelectView::*show)(const Answer&));
    void showSelected(const Selected& selected);
    void showPlan(const SelectPlan& plan);
    void showProblem(const SqlProblem& problem);
    void showState();
    void remember(const QString& statement);
    void fillHistory();

    LabBridge& m_bridge;
    TableDesk& m_desk;
    SelectedModel m_model;
    QStringList m_history;
    bool m_is_running = false;
    QString m_moment; ///< Of what was asked.
    SqlEdit* m_edit = nullptr;
    QPushButton* m_run = nullptr;
    QPushButton* m_plan = nullptr;
    QPushButton* m_cancel = nullptr;
    QToolButton* m_past = nullptr;
    QLabel* m_message = nullptr;
    QStackedWidget* m_output = nullptr;
    QTableView* m_rows = nullptr;
    QPlainTextEdit* m_plan_text = nullptr;
};

} // namespace orderlab::ui
