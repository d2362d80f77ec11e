#pragma once
#include "ui/bridge/lab_bridge.h"

#include <QUndoStack>

#include <functional>
#include <span>

class QAction;

namespace orderlab::ui {

class Panel;

/// What a person has done in the window and may take back. In a real system these are switches, failures, the flow,
/// members and what the window shows. In the simulated engine they are in one row with the changes of the world that is
/// shown (Worlds::history()). GUI thread.
class UndoDesk final : public QObject {
    Q_OBJECT
public:
    static constexpr int steps_max = 200; ///< The oldest go.

    UndoDesk(LabBridge& bridge, QObject* parent);

    /// Something that was done just now.
    void did(const QString& text, std::function<void()> undo, std::function<void()> redo);
    /// Notes from now on what a person does with these: shows and hides them, filters them.
    void watch(std::span<Panel* const> panels);

    QAction* makeUndoAction(QObject* parent);
    QAction* makeRedoAction(QObject* parent);

private:
    QUndoStack& stack();
    void watchSystem();
    std::vector<Fault> faultsOn() const;
    void noteFaults();
    void noteGuarantees();
    void noteFlow(double before, double after);
    void takeFaults();
    void takeFlow();
    /// Has those that are only in `from` off, and those that are only in `to` on.
    void changeFaults(const std::vector<Fault>& from, const std::vector<Fault>& to);
    void run(const std::function<void()>& step);

    template <typename T>
    struct Edit {
        T before, after;
    };
    LabBridge& m_bridge;
    QUndoStack* m_own = nullptr;     ///< Null in the simulated engine.
    std::vector<Fault> m_faults;     ///< As they were last.
    bool m_has_other_faults = false; ///< A gesture changes them that may not be over.
    Guarantees m_guarantees;
    QList<std::pair<QString, std::size_t>> m_asked_members; ///< By a step; they come later.
    std::optional<Edit<double>> m_flow;
    bool m_is_at_work = false; ///< What is done now is no doing of a person.
};

} // namespace orderlab::ui
