#pragma once
#include "ui/lessons/lesson_desk.h"

#include <QWidget>

namespace orderlab::ui {

/// The steps of the lesson, with the one at which it is. A click goes to one that may be seen. GUI thread.
class StepBar final : public QWidget {
    Q_OBJECT
public:
    StepBar(LessonDesk& desk, QWidget* parent);
    QSize sizeHint() const override;
    /// Of the n-th step.
    QRect segment(int index) const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    int at(const QPoint& point) const;

    LessonDesk& m_desk;
};

} // namespace orderlab::ui
