#include "ui/lessons/lesson_text_view.h"
#include "ui/lessons/step_view.h"
#include "ui/lessons/work_row.h"
#include "ui/models/fault_texts.h"
#include "ui/panels/labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace orderlab::ui {

namespace {

/// A worker of one's own takes the place of a group.
class MakeStep final : public StepView {
    Q_DECLARE_TR_FUNCTIONS(orderlab::ui::MakeStep)
public:
    MakeStep(LessonDesk& desk, LabBridge& bridge, QWidget* parent) : StepView(desk, bridge, parent)
    {
        const MakeTask& task = *desk.lesson()->make;
        addText(fromCore(task.task) + QStringLiteral("\n\n")
                + tr("A frame for it, in a language that you know: `orderlabd worker new python %1`. "
                     "[How workers speak](orderlab-doc:own-worker.md)")
                      .arg(fromCore(task.group)));
        addHeading(tr("Command that starts it"));
        m_command = new QLineEdit(desk.record().worker, this);
        m_command->setObjectName(QStringLiteral("workerCommand"));
        m_command->setAccessibleName(tr("Command that starts your worker"));
        m_command->setPlaceholderText(tr("python3 my_%1.py").arg(fromCore(task.group)));
        m_command->setMaxLength(int(LessonRecord::command_max));
        m_column->addWidget(m_command);
        auto* row = new QHBoxLayout;
        m_try = new QPushButton(tr("Put it through the worlds"), this);
        m_try->setObjectName(QStringLiteral("tryWorker"));
        m_try->setProperty("primary", true);
        row->addWidget(m_try);
        row->addStretch(1);
        m_column->addLayout(row);
        QLabel* note =
            mutedLabel(tr("The program is started on this machine, with your rights. You may leave this step "
                          "out."),
                       this);
        note->setWordWrap(true);
        m_column->addWidget(note);
        m_column->addWidget(new WorkRow(desk, LessonDesk::Work::Worker, this));
        m_good = addBox("workerGood", "good");
        m_bad = addBox("workerBad", "bad");
        m_world = new QPushButton(tr("See the first world that fails"), this);
        m_world->setObjectName(QStringLiteral("workerWorld"));
        m_world->setProperty("link", true);
        m_column->addWidget(m_world, 0, Qt::AlignLeft);
        QObject::connect(m_world, &QPushButton::clicked, this, [this] { Q_EMIT linkWanted(m_moment); });
        QObject::connect(m_command, &QLineEdit::textChanged, this, [this] { refresh(); });
        const auto tryIt = [this] {
            if (m_try->isEnabled())
                m_desk.tryWorker(m_command->text().trimmed());
        };
        QObject::connect(m_try, &QPushButton::clicked, this, tryIt);
        QObject::connect(m_command, &QLineEdit::returnPressed, this, tryIt);
        refresh();
    }

    void refresh() override
    {
        const bool is_busy = m_desk.work() != LessonDesk::Work::None;
        m_try->setEnabled(!is_busy && !m_command->text().trimmed().isEmpty());
        m_moment.clear();
        showBox(m_good, {});
        showBox(m_bad, is_busy ? QString() : m_desk.workProblem());
        if (const auto& grade = m_desk.makeGrade(); grade && !is_busy)
            show(*grade);
        m_world->setVisible(!m_moment.isEmpty());
    }

private:
    void show(const MakeGrade& grade)
    {
        if (grade.isRight()) {
            showBox(m_good, tr("✓ Every promise holds in all %1 worlds.").arg(grade.trial.worlds));
            return;
        }
        QStringList lines;
        for (const PromiseVerdict& promise : grade.trial.promises) {
            if (promise.broken == 0)
                continue;
            lines << tr("✗ %1: holds in %2 of %3 worlds. Seed %4: %5")
                         .arg(invariantTitle(promise.name))
                         .arg(grade.trial.worlds - promise.broken)
                         .arg(grade.trial.worlds)
                         .arg(promise.first_seed)
                         .arg(fromCore(promise.explanation));
            if (m_moment.isEmpty() && promise.moment) {
                if (const auto line = promise.moment->print())
                    m_moment = fromCore(*line);
            }
        }
        if (grade.trial.difference)
            lines
                << tr("✗ With seed %1 it answers otherwise when it is asked again: it depends on chance, or on a clock "
                      "of its own.")
                       .arg(grade.trial.difference_seed);
        showBox(m_bad, lines.join(QLatin1Char('\n')));
    }

    QLineEdit* m_command = nullptr;
    QPushButton* m_try = nullptr;
    QPushButton* m_world = nullptr;
    QLabel* m_good = nullptr;
    QLabel* m_bad = nullptr;
    QString m_moment;
};

} // namespace

StepView* makeMakeStep(LessonDesk& desk, LabBridge& bridge, QWidget* parent)
{
    return new MakeStep(desk, bridge, parent);
}

} // namespace orderlab::ui
