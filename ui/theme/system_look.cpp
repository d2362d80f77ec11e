#include "ui/theme/system_look.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFileInfo>
#include <QGuiApplication>
#include <QPalette>

namespace orderlab::ui {

namespace {

using Groups = QMap<QString, QVariantMap>;

const QString portal = QStringLiteral("org.freedesktop.portal.Desktop");
const QString portal_path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString portal_settings = QStringLiteral("org.freedesktop.portal.Settings");
const QString appearance = QStringLiteral("org.freedesktop.appearance");
const QString gnome = QStringLiteral("org.gnome.desktop.interface");

/// Asking for a bus where there is none may start one.
bool hasSessionBus()
{
    return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")
           || QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
}

/// Asks the portal, and hears of what changes.
class PortalListener final : public QObject {
    Q_OBJECT
public:
    explicit PortalListener(SystemLook& look) : QObject(&look), m_look(look) {}
    void ask();

private Q_SLOTS:
    void settingChanged(const QString& group, const QString& key, const QDBusVariant& value)
    {
        m_look.take(group, key, value.variant());
    }

private:
    SystemLook& m_look;
};

void PortalListener::ask()
{
    qDBusRegisterMetaType<Groups>();
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.connect(portal, portal_path, portal_settings, QStringLiteral("SettingChanged"), this,
                     SLOT(settingChanged(QString, QString, QDBusVariant))))
        return;
    QDBusMessage ask = QDBusMessage::createMethodCall(portal, portal_path, portal_settings, QStringLiteral("ReadAll"));
    ask << QStringList{appearance, gnome};
    auto* answer = new QDBusPendingCallWatcher(bus.asyncCall(ask), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        answer->deleteLater();
        const QDBusPendingReply<Groups> reply = *answer;
        if (reply.isError())
            return; // There is no portal.
        const Groups groups = reply.value();
        for (auto group = groups.begin(); group != groups.end(); ++group) {
            for (auto setting = group->begin(); setting != group->end(); ++setting)
                m_look.take(group.key(), setting.key(), setting.value());
        }
    });
}

} // namespace

SystemLook& SystemLook::instance()
{
    static SystemLook look;
    return look;
}

SystemLook::SystemLook()
{
    // Before our own colours are set.
    m_wishes.is_dark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    if (hasSessionBus())
        (new PortalListener(*this))->ask();
}

void SystemLook::take(const QString& group, const QString& key, const QVariant& value)
{
    const Wishes before = m_wishes;
    bool is_number = false;
    const uint number = value.toUInt(&is_number);
    if (group == appearance && is_number) {
        if (key == QLatin1String("color-scheme") && (number == 1 || number == 2)) // 0: it does not mind.
            m_wishes.is_dark = number == 1;
        else if (key == QLatin1String("contrast"))
            m_wishes.wants_contrast = number == 1;
        else if (key == QLatin1String("reduced-motion"))
            m_wishes.wants_less_motion = number == 1;
    } else if (group == gnome && key == QLatin1String("enable-animations")
               && value.metaType() == QMetaType::fromType<bool>()) {
        m_wishes.wants_less_motion = !value.toBool();
    }
    if (m_wishes != before)
        Q_EMIT changed();
}

} // namespace orderlab::ui

#include "system_look.moc"
