#pragma once
#include <QObject>
#include <QVariant>

namespace orderlab::ui {

/// What the desktop asks of all programs. The settings portal tells it (org.freedesktop.portal.Settings: GNOME, KDE and
/// others), also while we run; without one, only dark or light is known, by the desktop's own colours. One for the
/// program. GUI thread; never waits for the portal.
class SystemLook final : public QObject {
    Q_OBJECT
public:
    struct Wishes {
        bool is_dark = false;
        bool wants_contrast = false;
        bool wants_less_motion = false;
        bool operator==(const Wishes&) const = default;
    };

    static SystemLook& instance();
    const Wishes& wishes() const { return m_wishes; }
    /// As the portal tells it: what is unknown, or of another type than it should be, is passed over.
    void take(const QString& group, const QString& key, const QVariant& value);

Q_SIGNALS:
    void changed();

private:
    SystemLook();

    Wishes m_wishes;
};

} // namespace orderlab::ui
