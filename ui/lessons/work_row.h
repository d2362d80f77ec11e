#pragma once
#include "ui/lessons/lesson_desk.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace orderlab::ui {

/// How far a grading of many worlds is, and a button that ends it; hidden while none of its kind runs. GUI thread.
class WorkRow final : public QWidget {
    Q_OBJECT
public:
    WorkRow(LessonDesk& desk, LessonDesk::Work kind, QWidget* parent);

private:
    void refresh();

    LessonDesk& m_desk;
    const LessonDesk::Work m_kind;
    QProgressBar* m_bar;
    QLabel* m_count;
    QPushButton* m_cancel;
};

} // namespace orderlab::ui
