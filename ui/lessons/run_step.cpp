#include "runtime/virtual_runtime.h"
#include "ui/lessons/lesson_text_view.h"
#include "ui/lessons/step_view.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"
#include "ui/worlds/worlds.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace orderlab::ui {

namespace {

/// The lesson's world in the window. Of a drill: with a clock, and "I know".
class RunStep final : public StepView {
    Q_DECLARE_TR_FUNCTIONS(orderlab::ui::RunStep)
public:
    RunStep(LessonDesk& desk, LabBridge& bridge, QWidget* parent) : StepView(desk, bridge, parent)
    {
        const Lesson& lesson = *desk.lesson();
        if (lesson.drill) {
            QLabel* alert = addBox("alert", "bad");
            showBox(alert, fromCore(lesson.drill->alert));
        }
        QString intro = lesson.drill ? tr("The system runs, and the clock with it. Look at the tabs below: the event "
                                          "flow, the stories and the timeline are closed to you, as they are on call.")
                                     : tr("The world of this lesson opens in the window and stops where it becomes "
                                          "interesting.");
        addText(intro + (lesson.look.empty() ? QString() : QStringLiteral("\n\n") + fromCore(lesson.look)));
        if (lesson.drill)
            addClock();
        auto* row = new QHBoxLayout;
        m_run = new QPushButton(this);
        m_run->setObjectName(QStringLiteral("runLesson"));
        m_run->setProperty("primary", true);
        m_other = new QPushButton(lesson.drill ? tr("I know") : tr("To the moment at once"), this);
        m_other->setObjectName(lesson.drill ? QStringLiteral("iKnow") : QStringLiteral("toTheMoment"));
        row->addWidget(m_run);
        row->addWidget(m_other);
        row->addStretch(1);
        m_column->addLayout(row);
        m_note = mutedLabel({}, this);
        m_note->setObjectName(QStringLiteral("runNote"));
        m_note->setWordWrap(true);
        m_column->addWidget(m_note);
        QObject::connect(m_run, &QPushButton::clicked, this, &StepView::runWanted);
        QObject::connect(m_other, &QPushButton::clicked, this, [this] { pressOther(); });
        QObject::connect(&m_bridge, &LabBridge::ticked, this, [this] { showState(); });
        showState();
    }
    void refresh() override { showState(); }

private:
    bool isRun() const
    {
        const Worlds* const worlds = m_bridge.worlds();
        const Lesson& lesson = *m_desk.lesson();
        // Its own changes come first, whatever a person did after them.
        return worlds && worlds->shown().seed == lesson.seed && worlds->shown().scenario.name == lesson.world.name
               && worlds->shown().scenario.changes.size() >= lesson.world.changes.size();
    }

    void addClock()
    {
        m_clock = new QLabel(this);
        m_clock->setObjectName(QStringLiteral("drillTime"));
        m_clock->setFont(Theme::monoFont(20, QFont::DemiBold));
        m_clock->setAccessibleName(tr("Since the alert"));
        m_column->addWidget(m_clock);
    }

    Duration now() const { return m_bridge.worlds() ? m_bridge.worlds()->now() : Duration{0}; }

    void pressOther()
    {
        if (!m_desk.lesson()->drill) {
            Q_EMIT stopWanted();
            return;
        }
        m_desk.noteDiagnosis(now());
        m_desk.next();
    }

    void showState()
    {
        const Lesson& lesson = *m_desk.lesson();
        const bool is_run = isRun();
        m_run->setText(is_run ? tr("Run it again") : lesson.drill ? tr("Begin") : tr("Run it"));
        if (lesson.drill) {
            const LessonRecord record = m_desk.record();
            const Duration since = record.diagnosed_at.value_or(now()) - lesson.drill->alert_at;
            const double seconds = double(since.count()) / 1e6;
            m_clock->setText(!is_run && !record.diagnosed_at ? tr("–.– s")
                             : seconds < 0                   ? tr("all quiet")
                                                             : tr("%1 s").arg(seconds, 0, 'f', 1));
            m_other->setEnabled(is_run && seconds >= 0 && !record.diagnosed_at);
            m_run->setEnabled(!record.diagnosed_at);
            m_note->setText(record.diagnosed_at ? tr("You have said that you know. Go on to the diagnosis.")
                            : !is_run           ? QString()
                            : seconds < 0       ? tr("Nobody has called yet.")
                                                : tr("The clock runs from the alert to your diagnosis."));
            return;
        }
        m_other->setEnabled(is_run && m_desk.stopEntry().has_value());
        const auto stop = m_desk.stopEntry();
        const bool is_there = is_run && stop && m_bridge.frames().index() > *stop;
        m_note->setText(!is_run    ? QString()
                        : is_there ? tr("This is the moment. Look around; then go on.")
                                   : tr("It runs, and stops at the moment of the lesson."));
    }

    QPushButton* m_run = nullptr;
    QPushButton* m_other = nullptr;
    QLabel* m_note = nullptr;
    QLabel* m_clock = nullptr;
};

} // namespace

StepView* makeRunStep(LessonDesk& desk, LabBridge& bridge, QWidget* parent)
{
    return new RunStep(desk, bridge, parent);
}

} // namespace orderlab::ui
