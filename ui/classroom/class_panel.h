#pragma once
#include "ui/classroom/class_students_model.h"
#include "ui/panels/panel.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QStackedWidget;

namespace orderlab::ui {

class ClassDesk;
class FittedTable;
class VoteChart;

/// The teacher's view of a class: where it is held and how to join, who is in it, the question and how it was voted on.
/// GUI thread.
class ClassPanel final : public Panel {
    Q_OBJECT
public:
    explicit ClassPanel(LabBridge& bridge, QWidget* parent = nullptr);

    ClassStudentsModel& model() { return m_model; }

public Q_SLOTS:
    void startClass();
    /// Empty: written; else what went wrong.
    QString saveResults(const QString& file, bool with_names) const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeBar();
    QWidget* makeStart(QWidget* parent);
    QWidget* makeClass(QWidget* parent);
    QWidget* makeJoin(QWidget* parent);
    QWidget* makeVotes(QWidget* parent);
    QWidget* makeStudents(QWidget* parent);
    QPushButton* button(QWidget* parent, const char* object, const QString& text, const QString& tip);
    void showState();
    void showClass();
    void askQuestion();
    void showCode();
    void askForResults();
    void removeStudent();
    void showStudent();
    void endClass();
    int selectedRow() const;
    bool isSure(const QString& title, const QString& question, const QString& yes);
    /// A call of the class: what went wrong is told.
    void act(const Result<void>& done);

    LabBridge& m_bridge;
    ClassDesk& m_desk;
    ClassStudentsModel m_model;
    OrderId m_shown_order; ///< Which the class looks at.
    ContentOrEmpty* m_content = nullptr;
    QStackedWidget* m_pages = nullptr;
    QLabel* m_state = nullptr;
    // Where it is to be held.
    QComboBox* m_address = nullptr;
    QSpinBox* m_port = nullptr;
    QPushButton* m_start = nullptr;
    QLabel* m_start_note = nullptr;
    // The class.
    QLabel* m_picture = nullptr;
    QLabel* m_url = nullptr;
    QLabel* m_code = nullptr;
    QLabel* m_question = nullptr;
    VoteChart* m_chart = nullptr;
    FittedTable* m_table = nullptr;
    QPushButton *m_ask = nullptr, *m_round = nullptr, *m_reveal = nullptr, *m_lock = nullptr, *m_remove = nullptr,
                *m_show = nullptr, *m_save = nullptr, *m_large = nullptr, *m_end = nullptr;
};

} // namespace orderlab::ui
