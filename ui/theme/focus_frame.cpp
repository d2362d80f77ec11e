#include "ui/theme/focus_frame.h"

#include "ui/theme/theme.h"

#include <QAccessibleWidget>
#include <QPainter>
#include <QVariant>

namespace orderlab::ui {

namespace {

constexpr const char* role_property = "accessibleRole";

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    const QVariant role = object->isWidgetType() ? object->property(role_property) : QVariant();
    return role.isValid() ? new QAccessibleWidget(static_cast<QWidget*>(object), QAccessible::Role(role.toInt()))
                          : nullptr;
}

} // namespace

void setAccessibleRole(QWidget* widget, QAccessible::Role role)
{
    static const bool known = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(known)
    widget->setProperty(role_property, int(role));
}

void drawFocusFrame(QPainter& painter, const QRectF& view)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colours().accent, 1.4));
    painter.drawRoundedRect(view.adjusted(1, 1, -1, -1), 3, 3);
}

} // namespace orderlab::ui
