#include "base/duration.h"
#include "ui/lessons/lesson_text_view.h"
#include "ui/lessons/step_view.h"
#include "ui/lessons/work_row.h"
#include "ui/panels/labels.h"
#include "ui/worlds/worlds.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace orderlab::ui {

namespace {

/// What people set: the first value of a list is offered, any other may be typed.
QStringList valuesOf(const QString& setting)
{
    static const QHash<QString, QStringList> known = {
        {QStringLiteral("retry-style"), {QStringLiteral("blocking"), QStringLiteral("topic")}},
        {QStringLiteral("max-attempts"), {QStringLiteral("3"), QStringLiteral("5"), QStringLiteral("10")}},
        {QStringLiteral("members"),
         {QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3"), QStringLiteral("6")}},
        {QStringLiteral("handler-timeout"), {QStringLiteral("500ms"), QStringLiteral("2s"), QStringLiteral("30s")}},
        {QStringLiteral("throttle"), {QStringLiteral("20"), QStringLiteral("50"), QStringLiteral("200")}},
        {QStringLiteral("crash"), {QStringLiteral("payment-1"), QStringLiteral("relay-1"), QStringLiteral("api")}},
        {QStringLiteral("fault"), {}},
    };
    static const QStringList on_off = {QStringLiteral("on"), QStringLiteral("off")};
    const auto found = known.find(setting);
    return found == known.end() ? on_off : *found;
}

class ModifyStep final : public StepView {
    Q_DECLARE_TR_FUNCTIONS(orderlab::ui::ModifyStep)
public:
    ModifyStep(LessonDesk& desk, LabBridge& bridge, QWidget* parent) : StepView(desk, bridge, parent)
    {
        const Lesson& lesson = *desk.lesson();
        addText(fromCore(lesson.modify->task));
        addSettings(*lesson.modify);
        addFree();
        addButtons();
        m_column->addWidget(new WorkRow(desk, LessonDesk::Work::Task, this));
        m_hint_box = addBox("taskHint", "hint");
        m_good = addBox("taskGood", "good");
        m_bad = addBox("taskBad", "bad");
        m_world = new QPushButton(tr("See the first world that fails"), this);
        m_world->setObjectName(QStringLiteral("failingWorld"));
        m_world->setProperty("link", true);
        m_column->addWidget(m_world, 0, Qt::AlignLeft);
        QObject::connect(m_world, &QPushButton::clicked, this, [this] {
            if (m_desk.taskGrade())
                Q_EMIT linkWanted(fromCore(m_desk.taskGrade()->moment));
        });
        restore();
        refresh();
    }

    void refresh() override
    {
        const bool is_busy = m_desk.work() != LessonDesk::Work::None;
        m_try->setEnabled(!is_busy);
        m_take->setEnabled(!is_busy && !changesOfWindow().isEmpty());
        const auto& grade = m_desk.taskGrade();
        showBox(m_good, {});
        showBox(m_bad, m_problem.isEmpty() ? m_desk.workProblem() : m_problem);
        m_world->setVisible(grade && !grade->moment.empty() && !grade->isRight());
        if (is_busy || !m_problem.isEmpty())
            return;
        if (!grade) {
            const LessonRecord record = m_desk.record();
            if (record.is_task_right)
                showBox(m_good, tr("✓ You have solved this before, in all %1 worlds.").arg(record.worlds));
            return;
        }
        if (grade->isRight()) {
            showBox(m_good, m_desk.lesson()->isDrill() ? tr("✓ It is repaired.")
                                                       : tr("✓ Solved in all %1 worlds.").arg(grade->worlds));
            return;
        }
        QStringList lines;
        if (grade->worlds > 1)
            lines << tr("✗ Solved in %1 of %2 worlds. The first that fails is seed %3.")
                         .arg(grade->solved)
                         .arg(grade->worlds)
                         .arg(grade->first_failing);
        else if (grade->worlds == 1)
            lines << tr("✗ It is not repaired.");
        if (!grade->what_failed.empty())
            lines << fromCore(grade->what_failed);
        if (!grade->refutation.empty())
            lines << fromCore(grade->refutation);
        showBox(m_bad, lines.join(QLatin1Char('\n')));
    }

private:
    void addSettings(const ModifyTask& task)
    {
        auto* grid = new QGridLayout;
        grid->setHorizontalSpacing(10);
        grid->setVerticalSpacing(4);
        grid->setColumnStretch(1, 1);
        int row = 0;
        for (const std::string& allowed : task.allow) {
            const QString name = fromCore(allowed);
            auto* box = new QComboBox(this);
            box->setObjectName(QStringLiteral("set-") + name);
            box->setAccessibleName(name);
            box->setEditable(true);
            box->setInsertPolicy(QComboBox::NoInsert);
            box->addItem(QString());
            box->addItems(valuesOf(name));
            box->lineEdit()->setPlaceholderText(tr("as it is"));
            box->lineEdit()->setMaxLength(200);
            box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
            auto* label = mutedLabel(name, this);
            label->setBuddy(box);
            grid->addWidget(label, row, 0);
            grid->addWidget(box, row, 1);
            m_settings.emplace_back(name, box);
            ++row;
        }
        m_column->addLayout(grid);
    }

    void addFree()
    {
        m_free = new QLineEdit(this);
        m_free->setObjectName(QStringLiteral("freeChanges"));
        m_free->setMaxLength(1'000);
        m_free->setAccessibleName(tr("Changes in writing"));
        m_free->setPlaceholderText(m_desk.lesson()->isDrill() ? tr("or in writing: throttle=200; members=3")
                                                              : tr("or in writing: inbox=on; 0.9s,members=3"));
        m_column->addWidget(m_free);
    }

    void addButtons()
    {
        const bool is_drill = m_desk.lesson()->isDrill();
        auto* row = new QHBoxLayout;
        m_try = new QPushButton(
            is_drill ? tr("Repair it now") : tr("Try it in %1 worlds").arg(m_desk.lesson()->modify->worlds), this);
        m_try->setObjectName(QStringLiteral("tryChanges"));
        m_try->setProperty("primary", true);
        row->addWidget(m_try);
        row->addStretch(1);
        m_column->addLayout(row);
        row = new QHBoxLayout; // Narrow panels have no room for all three.
        m_take = new QPushButton(tr("Take over the window's changes"), this);
        m_take->setObjectName(QStringLiteral("takeChanges"));
        m_take->setProperty("link", true);
        m_take->setToolTip(tr("What you have changed in the simulated world that the window shows"));
        m_take->setVisible(!is_drill);
        row->addWidget(m_take);
        row->addStretch(1);
        auto* hint = new QPushButton(tr("Hint"), this);
        hint->setObjectName(QStringLiteral("askForHint"));
        hint->setProperty("link", true);
        hint->setVisible(!m_desk.lesson()->modify->hint.empty());
        row->addWidget(hint);
        m_column->addLayout(row);
        QObject::connect(m_try, &QPushButton::clicked, this, [this] { tryIt(); });
        QObject::connect(m_take, &QPushButton::clicked, this,
                         [this] { m_free->setText(changesOfWindow().join(QStringLiteral("; "))); });
        QObject::connect(hint, &QPushButton::clicked, this,
                         [this] { showBox(m_hint_box, fromCore(m_desk.lesson()->modify->hint)); });
    }

    /// What was done in the shown world after what the lesson does there.
    QStringList changesOfWindow() const
    {
        QStringList texts;
        const Worlds* const worlds = m_bridge.worlds();
        const Lesson& lesson = *m_desk.lesson();
        if (!worlds || worlds->shown().scenario.name != lesson.world.name)
            return texts;
        const auto& all = worlds->shown().scenario.changes;
        for (std::size_t i = lesson.world.changes.size(); i < all.size(); ++i)
            texts << fromCore(exactDurationText(all[i].at)) + QLatin1Char(',') + fromCore(toString(all[i].setting));
        return texts;
    }

    QStringList chosen() const
    {
        QStringList changes;
        for (const auto& [name, box] : m_settings) {
            if (const QString value = box->currentText().trimmed(); !value.isEmpty())
                changes << name + QLatin1Char('=') + value;
        }
        for (const QString& one : m_free->text().split(QLatin1Char(';'), Qt::SkipEmptyParts)) {
            if (const QString change = one.trimmed(); !change.isEmpty())
                changes << change;
        }
        return changes;
    }

    void tryIt()
    {
        QStringList changes = chosen();
        m_problem.clear();
        if (changes.isEmpty()) {
            m_problem = tr("Nothing is changed yet: choose a value above.");
            refresh();
            return;
        }
        Duration now{0};
        if (m_desk.lesson()->isDrill()) { // What is repaired is repaired now.
            now = m_bridge.worlds() ? std::max(m_bridge.worlds()->now(), m_desk.lesson()->drill->alert_at) : now;
            now = std::max(now, m_desk.record().diagnosed_at.value_or(now));
            for (QString& change : changes) {
                if (change.indexOf(QLatin1Char(',')) < 0
                    || change.indexOf(QLatin1Char(',')) > change.indexOf(QLatin1Char('=')))
                    change.prepend(fromCore(exactDurationText(now)) + QLatin1Char(','));
            }
        }
        m_problem = m_desk.tryChanges(changes);
        if (m_problem.isEmpty() && m_desk.lesson()->isDrill())
            m_desk.noteRepair(now);
        refresh();
    }

    void restore()
    {
        QStringList written;
        for (const QString& change : m_desk.record().changes) {
            const QString name = change.section(QLatin1Char('='), 0, 0);
            const auto found =
                std::find_if(m_settings.begin(), m_settings.end(), [&](const auto& one) { return one.first == name; });
            if (found == m_settings.end())
                written << change;
            else
                found->second->setCurrentText(change.section(QLatin1Char('='), 1));
        }
        m_free->setText(written.join(QStringLiteral("; ")));
    }

    std::vector<std::pair<QString, QComboBox*>> m_settings;
    QLineEdit* m_free = nullptr;
    QPushButton* m_try = nullptr;
    QPushButton* m_take = nullptr;
    QPushButton* m_world = nullptr;
    QLabel* m_hint_box = nullptr;
    QLabel* m_good = nullptr;
    QLabel* m_bad = nullptr;
    QString m_problem;
};

} // namespace

StepView* makeModifyStep(LessonDesk& desk, LabBridge& bridge, QWidget* parent)
{
    return new ModifyStep(desk, bridge, parent);
}

} // namespace orderlab::ui
