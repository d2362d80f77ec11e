#include "ui/lessons/lesson_text_view.h"
#include "ui/lessons/step_view.h"
#include "ui/lessons/work_row.h"
#include "ui/panels/labels.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace orderlab::ui {

namespace {

QString secondsText(Duration time)
{
    return QObject::tr("%1 s").arg(double(time.count()) / 1e6, 0, 'f', 3);
}

/// What is told, what happened, and why.
class TextStep final : public StepView {
    Q_DECLARE_TR_FUNCTIONS(orderlab::ui::TextStep)
public:
    TextStep(LessonDesk& desk, LabBridge& bridge, QWidget* parent) : StepView(desk, bridge, parent)
    {
        const Lesson& lesson = *desk.lesson();
        if (desk.step() == LessonStep::Told) {
            if (lesson.drill) {
                QLabel* alert = addBox("alert", "bad");
                showBox(alert, fromCore(lesson.drill->alert));
            }
            addText(fromCore(lesson.told));
            QLabel* goal = addBox("goal", "hint");
            showBox(goal, fromCore(lesson.goal));
            return;
        }
        m_text = addText({});
        if (desk.step() == LessonStep::Why)
            m_text->setObjectName(QStringLiteral("whyText"));
        refresh();
    }

    void refresh() override
    {
        showCounts();
        if (!m_text || m_is_filled)
            return;
        if (!m_desk.played()) {
            m_text->setText(m_desk.workProblem().isEmpty() ? tr("The run is being made…") : m_desk.workProblem());
            return;
        }
        m_is_filled = true;
        const Lesson& lesson = *m_desk.lesson();
        if (m_desk.step() == LessonStep::What) {
            m_text->setText(m_desk.filledText(lesson.what_happened));
            return;
        }
        for (const PredictionGrade& grade : m_desk.predictionGrades())
            addAnswer(grade);
        if (lesson.drill)
            addClock();
        else
            addCounts();
        m_column->removeWidget(m_text);
        m_column->addWidget(m_text); // First what one believed, then why it is not so.
        m_text->setText(m_desk.filledText(lesson.why));
    }

private:
    void addAnswer(const PredictionGrade& grade)
    {
        addHeading(fromCore(grade.ask));
        QLabel* box = addBox("answer", grade.isRight() ? "good" : "bad");
        const auto choice = [&](std::size_t index) {
            return tr("%1 (%2)", "the letter of a choice, and its text")
                .arg(QLatin1Char(letterOf(index)))
                .arg(fromCore(grade.choices[index]));
        };
        QString text;
        if (!grade.chosen)
            text = tr("You did not answer. In your run it is %1.").arg(choice(grade.right));
        else if (grade.isRight())
            text = tr("✓ You were right: %1.").arg(choice(grade.right));
        else
            text = tr("✗ You said %1. In your run it is %2.\n%3")
                       .arg(choice(*grade.chosen), choice(grade.right), fromCore(grade.refutation));
        if (grade.confidence)
            text += QLatin1Char('\n') + tr("You were %1 % sure.").arg(*grade.confidence);
        showBox(box, text);
    }

    /// One run is one world: whether it is so in others is another question.
    void addCounts()
    {
        m_count = new QPushButton(tr("In how many worlds is each true?"), this);
        m_count->setObjectName(QStringLiteral("countChoices"));
        m_count->setProperty("link", true);
        m_column->addWidget(m_count, 0, Qt::AlignLeft);
        m_column->addWidget(new WorkRow(m_desk, LessonDesk::Work::Counting, this));
        m_counts = addBox("choiceCounts", "hint");
        QObject::connect(m_count, &QPushButton::clicked, this, [this] { m_desk.countChoices(); });
        showCounts();
    }

    void showCounts()
    {
        if (!m_count)
            return;
        const auto& counts = m_desk.counts();
        m_count->setVisible(!counts && m_desk.work() == LessonDesk::Work::None);
        if (!counts) {
            showBox(m_counts, m_desk.work() == LessonDesk::Work::None ? m_desk.workProblem() : QString());
            return;
        }
        QStringList lines;
        auto next = counts->is_true.begin();
        for (const Prediction& prediction : m_desk.lesson()->predictions) {
            lines << fromCore(prediction.ask);
            for (std::size_t i = 0; i < prediction.choices.size(); ++i)
                lines << tr("%1 is true in %2 of %3 worlds.")
                             .arg(QLatin1Char(letterOf(i)))
                             .arg(*next++)
                             .arg(counts->worlds);
        }
        showBox(m_counts, lines.join(QLatin1Char('\n')));
    }

    /// On the clock of the run.
    void addClock()
    {
        const Drill& drill = *m_desk.lesson()->drill;
        const LessonRecord record = m_desk.record();
        const auto began = m_desk.played()->find(*drill.began);
        QStringList lines;
        if (!began.empty())
            lines << tr("The trouble began at %1.").arg(secondsText(m_desk.played()->timeOf(began.front())));
        lines << tr("The alert came at %1.").arg(secondsText(drill.alert_at));
        if (record.diagnosed_at)
            lines << tr("You knew %1 after the alert.").arg(secondsText(*record.diagnosed_at - drill.alert_at));
        if (record.repaired_at)
            lines
                << tr("You had repaired it %1 after the alert.").arg(secondsText(*record.repaired_at - drill.alert_at));
        QLabel* box = addBox("drillClock", "hint");
        showBox(box, lines.join(QLatin1Char('\n')));
    }

    LessonTextView* m_text = nullptr;
    QPushButton* m_count = nullptr;
    QLabel* m_counts = nullptr;
    bool m_is_filled = false;
};

} // namespace

StepView* makeTextStep(LessonDesk& desk, LabBridge& bridge, QWidget* parent)
{
    return new TextStep(desk, bridge, parent);
}

} // namespace orderlab::ui
