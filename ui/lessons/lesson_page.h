#pragma once
#include "ui/lessons/step_view.h"

class QLabel;
class QPushButton;
class QScrollArea;

namespace orderlab::ui {

class StepBar;

/// The lesson that is played: its title, its steps, the one at which it is, and the ways on and back. GUI thread.
class LessonPage final : public QWidget {
    Q_OBJECT
public:
    LessonPage(LessonDesk& desk, LabBridge& bridge, QWidget* parent);

    /// Null where no lesson is open.
    StepView* view() { return m_view; }
    /// The size of the text, in device-independent pixels.
    void setTextSize(int pixels);

Q_SIGNALS:
    void runWanted();
    void stopWanted();
    void linkWanted(const QString& link);
    void handoutWanted();

private:
    void makeHead(QVBoxLayout* column);
    void makeFoot(QVBoxLayout* column);
    void showStep();
    void refresh();

    LessonDesk& m_desk;
    LabBridge& m_bridge;
    QLabel* m_number = nullptr;
    QLabel* m_title = nullptr;
    QScrollArea* m_scroll = nullptr;
    StepView* m_view = nullptr;
    QPushButton* m_back = nullptr;
    QPushButton* m_next = nullptr;
    QLabel* m_why_not = nullptr;
    QString m_shown; ///< Lesson and step.
    int m_text_size = 13;
};

} // namespace orderlab::ui
