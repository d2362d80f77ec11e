#include "ui/undo/undo_desk.h"

#include "ui/bridge/lab_commands.h"
#include "ui/models/fault_presets.h"
#include "ui/models/fault_texts.h"
#include "ui/models/format.h"
#include "ui/panels/panel.h"
#include "ui/worlds/worlds.h"

#include <QAction>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QTimer>

#include <algorithm>
#include <memory>

namespace orderlab::ui {

namespace {

constexpr int gesture_looks_ms = 100; ///< Between looks whether a slider is still dragged.

/// Has been done already when it comes.
class Step final : public QUndoCommand {
public:
    Step(const QString& text, std::function<void()> undo, std::function<void()> redo)
        : QUndoCommand(text), m_undo(std::move(undo)), m_redo(std::move(redo))
    {}
    void undo() override { m_undo(); }
    void redo() override
    {
        if (!std::exchange(m_is_first, false))
            m_redo();
    }

private:
    std::function<void()> m_undo, m_redo;
    bool m_is_first = true;
};

bool has(const std::vector<Fault>& faults, const Fault& fault)
{
    return std::find(faults.begin(), faults.end(), fault) != faults.end();
}

bool isBounded(const Fault& fault)
{
    return fault.count != Fault::count_unlimited || fault.length != Duration::max();
}

QString faultName(const Fault& fault)
{
    for (const FaultPreset& preset : faultPresets()) {
        if (preset.matches(fault))
            return preset.title;
    }
    return QString::fromStdString(fault.toString());
}

} // namespace

UndoDesk::UndoDesk(LabBridge& bridge, QObject* parent) : QObject(parent), m_bridge(bridge)
{
    if (bridge.worlds())
        return; // What is done there is a change of the world.
    m_own = new QUndoStack(this);
    m_own->setUndoLimit(steps_max);
    watchSystem();
}

QUndoStack& UndoDesk::stack()
{
    return m_own ? *m_own : m_bridge.worlds()->history();
}

QAction* UndoDesk::makeUndoAction(QObject* parent)
{
    auto* const action = new QAction(parent);
    action->setShortcut(QKeySequence::Undo);
    // A language may need more between the two than a blank, so the action is not the stack's own.
    const auto follow = [action](auto& steps) {
        using Steps = std::remove_reference_t<decltype(steps)>;
        const auto show = [action](const QString& step) {
            action->setText(step.isEmpty() ? tr("&Undo") : tr("&Undo %1").arg(step));
        };
        connect(&steps, &Steps::undoTextChanged, action, show);
        connect(&steps, &Steps::canUndoChanged, action, &QAction::setEnabled);
        connect(action, &QAction::triggered, &steps, &Steps::undo);
        show(steps.undoText());
        action->setEnabled(steps.canUndo());
    };
    if (m_own)
        follow(*m_own);
    else
        follow(m_bridge.worlds()->histories());
    return action;
}

QAction* UndoDesk::makeRedoAction(QObject* parent)
{
    auto* const action = new QAction(parent);
    action->setShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+Z")));
    const auto follow = [action](auto& steps) {
        using Steps = std::remove_reference_t<decltype(steps)>;
        const auto show = [action](const QString& step) {
            action->setText(step.isEmpty() ? tr("&Redo") : tr("&Redo %1").arg(step));
        };
        connect(&steps, &Steps::redoTextChanged, action, show);
        connect(&steps, &Steps::canRedoChanged, action, &QAction::setEnabled);
        connect(action, &QAction::triggered, &steps, &Steps::redo);
        show(steps.redoText());
        action->setEnabled(steps.canRedo());
    };
    if (m_own)
        follow(*m_own);
    else
        follow(m_bridge.worlds()->histories());
    return action;
}

void UndoDesk::run(const std::function<void()>& step)
{
    m_is_at_work = true;
    step();
    m_is_at_work = false;
}

void UndoDesk::did(const QString& text, std::function<void()> undo, std::function<void()> redo)
{
    if (m_is_at_work)
        return;
    // A change of the world that may still be refused is taken back as the latest step.
    if (!m_own && !m_bridge.worlds()->shown().outcome)
        return;
    stack().push(new Step(
        text, [this, undo = std::move(undo)] { run(undo); }, [this, redo = std::move(redo)] { run(redo); }));
}

std::vector<Fault> UndoDesk::faultsOn() const
{
    std::vector<Fault> faults;
    for (const FaultDesk::Item& item : m_bridge.faults().items())
        faults.push_back(item.fault);
    return faults;
}

void UndoDesk::watchSystem()
{
    m_faults = faultsOn();
    m_guarantees = m_bridge.faults().guarantees();
    connect(&m_bridge.faults(), &FaultControl::faultsChanged, this, &UndoDesk::noteFaults);
    connect(&m_bridge.faults(), &FaultControl::guaranteesChanged, this, &UndoDesk::noteGuarantees);
    auto* const commands = qobject_cast<LabCommands*>(&m_bridge.commands());
    if (!commands)
        return;
    connect(commands, &LabCommands::flowSet, this, &UndoDesk::noteFlow);
    connect(commands, &LabCommands::scaled, this,
            [this, commands](const QString& group, std::size_t before, std::size_t after) {
                if (m_asked_members.removeOne({group, after}))
                    return; // Of a step that was taken back or done again.
                const auto scale = [this, commands, group](std::size_t members) {
                    m_asked_members.append({group, members});
                    commands->scale(group, members);
                };
                did(
                    tr("members of %1: %2").arg(group).arg(after), [scale, before] { scale(before); },
                    [scale, after] { scale(after); });
            });
}

/// A gesture may be several edits: another amount is one off and one on.
void UndoDesk::noteFaults()
{
    if (m_is_at_work)
        m_faults = faultsOn();
    else if (!std::exchange(m_has_other_faults, true))
        QTimer::singleShot(0, this, &UndoDesk::takeFaults);
}

/// One with a bound (once, for 10 s) that goes has ended by itself, unless something else shows a person's hand.
void UndoDesk::takeFaults()
{
    m_has_other_faults = false;
    const std::vector<Fault> before = std::exchange(m_faults, faultsOn()), after = m_faults;
    QStringList on, off;
    bool is_by_person = false;
    for (const Fault& fault : after) {
        if (!has(before, fault))
            on << faultName(fault);
    }
    for (const Fault& fault : before) {
        if (has(after, fault))
            continue;
        off << faultName(fault);
        is_by_person = is_by_person || !isBounded(fault);
    }
    if (on.isEmpty() && !is_by_person)
        return;
    const QString text = on.size() == 1                    ? tr("failure “%1”").arg(on.front())
                         : on.isEmpty() && off.size() == 1 ? tr("no failure “%1”").arg(off.front())
                         : on.isEmpty()                    ? tr("no failures")
                                                           : tr("failures");
    did(
        text, [this, before, after] { changeFaults(after, before); },
        [this, before, after] { changeFaults(before, after); });
}

void UndoDesk::changeFaults(const std::vector<Fault>& from, const std::vector<Fault>& to)
{
    FaultControl& faults = m_bridge.faults();
    for (const Fault& fault : from) {
        const auto& items = faults.items();
        const auto on = std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.fault == fault; });
        if (!has(to, fault) && on != items.end())
            faults.remove(on->id);
    }
    for (const Fault& fault : to) {
        if (!has(from, fault))
            (void)faults.add(fault); // It was on before.
    }
}

void UndoDesk::noteGuarantees()
{
    const Guarantees after = m_bridge.faults().guarantees(), before = std::exchange(m_guarantees, after);
    QStringList texts;
    for (const GuaranteeText& text : guaranteeTexts()) {
        if (before[text.guarantee] != after[text.guarantee])
            texts << (after[text.guarantee] ? tr("%1 on") : tr("%1 off")).arg(text.title);
    }
    if (texts.isEmpty())
        return;
    FaultControl& faults = m_bridge.faults();
    did(
        texts.size() == 1 ? texts.front() : tr("guarantees"), [&faults, before] { faults.setGuarantees(before); },
        [&faults, after] { faults.setGuarantees(after); });
}

/// A slider that is dragged passes many rates.
void UndoDesk::noteFlow(double before, double after)
{
    if (m_is_at_work)
        return;
    if (m_flow) {
        m_flow->after = after;
        return;
    }
    m_flow = {before, after};
    takeFlow();
}

void UndoDesk::takeFlow()
{
    if (QGuiApplication::mouseButtons() != Qt::NoButton) {
        QTimer::singleShot(gesture_looks_ms, this, &UndoDesk::takeFlow);
        return;
    }
    const auto [before, after] = *std::exchange(m_flow, std::nullopt);
    if (before == after)
        return;
    SystemCommands& commands = m_bridge.commands();
    did(
        tr("steady flow %1").arg(rateText(after)), [&commands, before = before] { commands.setSteadyFlow(before); },
        [&commands, after = after] { commands.setSteadyFlow(after); });
}

void UndoDesk::watch(std::span<Panel* const> panels)
{
    for (Panel* const panel : panels) {
        connect(panel->toggleViewAction(), &QAction::triggered, this, [this, panel](bool shown) {
            const QString title = panel->windowTitle();
            did(
                shown ? tr("show %1").arg(title) : tr("hide %1").arg(title),
                [panel, shown] { panel->setVisible(!shown); }, [panel, shown] { panel->setVisible(shown); });
        });
        if (QLineEdit* const field = panel->findField()) {
            auto before = std::make_shared<QString>(field->text());
            connect(field, &QLineEdit::editingFinished, this, [this, field, panel, before] {
                const QString was = std::exchange(*before, field->text()), is = *before;
                if (was == is)
                    return;
                const auto put = [field, before](const QString& text) {
                    *before = text;
                    field->setText(text);
                };
                did(
                    tr("filter of %1").arg(panel->windowTitle()), [put, was] { put(was); }, [put, is] { put(is); });
            });
        }
        for (QComboBox* const box : panel->findChildren<QComboBox*>()) {
            if (!box->objectName().endsWith(QLatin1String("Filter")))
                continue;
            auto before = std::make_shared<int>(box->currentIndex());
            connect(box, &QComboBox::activated, this, [this, box, panel, before](int is) {
                const int was = std::exchange(*before, is);
                if (was == is)
                    return;
                const auto put = [box, before](int index) {
                    *before = index;
                    box->setCurrentIndex(index);
                };
                did(
                    tr("filter of %1").arg(panel->windowTitle()), [put, was] { put(was); }, [put, is] { put(is); });
            });
        }
    }
}

} // namespace orderlab::ui
