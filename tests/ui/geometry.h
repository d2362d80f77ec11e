#pragma once
#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QScrollBar>
#include <QSplitterHandle>
#include <QTabBar>

namespace orderlab::ui {

/// What a person sees of a window: which widgets lie over each other.
namespace geometry {

inline QString nameOf(const QWidget* widget)
{
    QString name = QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ') + widget->objectName();
    if (const auto* label = qobject_cast<const QLabel*>(widget))
        name += QStringLiteral(" “%1”").arg(label->text());
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
        name += QStringLiteral(" “%1”").arg(button->text());
    const QRect place(widget->mapTo(widget->window(), QPoint()), widget->size());
    return name
           + QStringLiteral(" at %1,%2 %3x%4").arg(place.x()).arg(place.y()).arg(place.width()).arg(place.height());
}

/// Parts of Qt's own widgets, which lie over each other on purpose.
inline bool isInside(const QWidget* widget)
{
    const QWidget* parent = widget->parentWidget();
    return !parent || qobject_cast<const QLineEdit*>(parent) || qobject_cast<const QScrollBar*>(widget)
           || qobject_cast<const QAbstractScrollArea*>(parent) || qobject_cast<const QSplitterHandle*>(widget)
           || qobject_cast<const QTabBar*>(parent) || qobject_cast<const QMenuBar*>(parent)
           || widget->objectName().startsWith(QLatin1String("qt_"))
           || QByteArray(widget->metaObject()->className()).startsWith("QDockWidgetSeparator")
           || QByteArray(widget->metaObject()->className()) == "QRubberBand"
           || QByteArray(widget->metaObject()->className()).endsWith("StatusBanners"); // They lie over the event flow.
}

inline bool isSeen(const QWidget* widget)
{
    return widget->isVisible() && !widget->isWindow() && !widget->size().isEmpty()
           && !widget->visibleRegion().isEmpty();
}

inline QStringList overlaps(const QWidget& window)
{
    QStringList found;
    const QList<QWidget*> all = window.findChildren<QWidget*>();
    for (const QWidget* parent : all) {
        if (!parent->isVisible() || parent->window() != &window || qobject_cast<const QAbstractScrollArea*>(parent))
            continue;
        QList<const QWidget*> shown;
        for (const QWidget* child : parent->findChildren<QWidget*>(Qt::FindDirectChildrenOnly)) {
            if (isSeen(child) && !isInside(child))
                shown << child;
        }
        for (qsizetype i = 0; i < shown.size(); ++i) {
            for (qsizetype j = i + 1; j < shown.size(); ++j) {
                if (shown[i]->geometry().intersects(shown[j]->geometry()))
                    found << nameOf(shown[i]) + QStringLiteral(" lies over ") + nameOf(shown[j]);
            }
        }
    }
    return found;
}

} // namespace geometry

} // namespace orderlab::ui
