#pragma once
#include "classroom/classroom_server.h"
#include "ui/bridge/session.h"

#include <QObject>
#include <QTimer>

namespace orderlab::ui {

struct LabCore;

/// The class of the window's own system: starts and ends it, and tells what changes in it. There is one at most. What
/// the teacher does is said to classroom() itself, whose calls return at once; touched() then. GUI thread.
class ClassDesk final : public QObject {
    Q_OBJECT
public:
    /// `core`: null where the window has no system of its own, and so no class.
    ClassDesk(LabCore* core, const Session& session, QObject* parent);
    ~ClassDesk() override;

    /// Why no class can be started now, as a sentence for a person. Empty: it can.
    QString whyNot() const;
    bool isOn() const { return m_server != nullptr; }
    /// Errors: those of ClassroomServer::start(). One at a time.
    Result<void> start(const ClassroomServerOptions& options);
    /// For good: what students hold is worth nothing from here on. Idempotent.
    void end();
    /// The window goes: the same, and waits for it.
    void stop();

    /// While it is on.
    Classroom& classroom() { return m_server->classroom(); }
    const ClassView& view() const { return m_view; }
    QString url() const;
    /// With the code in it, for a QR code.
    QString joinUrl() const;
    bool hasOtherPort() const { return m_server && m_server->hasOtherPort(); }

public Q_SLOTS:
    /// The teacher has done something: changed() comes at once.
    void touched();

Q_SIGNALS:
    /// It was started, or has ended.
    void switched();
    /// Something in it is another than before; some times a second.
    void changed();

private:
    LabCore* const m_core;
    const Session& m_session;
    const std::shared_ptr<std::atomic<bool>> m_is_up = std::make_shared<std::atomic<bool>>(false);
    std::shared_ptr<ClassroomServer> m_server;
    std::vector<std::shared_ptr<ClassroomServer>> m_ended; ///< Until the end: their last requests may run.
    ClassView m_view;
    QTimer m_look;
};

} // namespace orderlab::ui
