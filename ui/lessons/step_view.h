#pragma once
#include "ui/bridge/lab_bridge.h"
#include "ui/lessons/lesson_desk.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace orderlab::ui {

class LessonTextView;

/// What one step of the lesson shows, between the lesson's title and the buttons that lead on. It lives as long as the
/// step. GUI thread.
class StepView : public QWidget {
    Q_OBJECT
public:
    StepView(LessonDesk& desk, LabBridge& bridge, QWidget* parent);
    /// The desk has changed.
    virtual void refresh() {}

Q_SIGNALS:
    /// A person wants to see the lesson's world in the window.
    void runWanted();
    /// And to be at the moment of the lesson at once.
    void stopWanted();
    /// Of the shown run, since its start.
    void timeWanted(orderlab::Duration at);
    /// A link of the lesson's text, or of an answer.
    void linkWanted(const QString& link);

protected:
    LessonTextView* addText(const QString& markdown);
    QLabel* addHeading(const QString& text);
    /// A framed text: `kind` is "good", "bad" or "hint"; hidden while it has no text.
    QLabel* addBox(const char* object, const char* kind);
    static void showBox(QLabel* box, const QString& text);

    LessonDesk& m_desk;
    LabBridge& m_bridge;
    QVBoxLayout* m_column;
};

/// Of the step at which the desk is.
StepView* makeStepView(LessonDesk& desk, LabBridge& bridge, QWidget* parent);

StepView* makeTextStep(LessonDesk& desk, LabBridge& bridge, QWidget* parent);
StepView* makePredictStep(LessonDesk& desk, LabBridge& bridge, QWidget* parent);
StepView* makeRunStep(LessonDesk& desk, LabBridge& bridge, QWidget* parent);
StepView* makePuzzleStep(LessonDesk& desk, LabBridge& bridge, QWidget* parent);
StepView* makeModifyStep(LessonDesk& desk, LabBridge& bridge, QWidget* parent);
StepView* makeMakeStep(LessonDesk& desk, LabBridge& bridge, QWidget* parent);

} // namespace orderlab::ui
