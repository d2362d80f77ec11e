#include "ui/panels/labels.h"

#include "ui/theme/theme.h"

#include <QStyle>
#include <QVariant>

namespace orderlab::ui {

namespace {

QLabel* roleLabel(const QString& text, const char* role, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setProperty("role", QLatin1String(role));
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

QLabel* mutedLabel(const QString& text, QWidget* parent)
{
    return roleLabel(text, "muted", parent);
}

QLabel* faintLabel(const QString& text, QWidget* parent)
{
    return roleLabel(text, "faint", parent);
}

QLabel* headingLabel(const QString& text, QWidget* parent)
{
    QLabel* label = roleLabel(text.toUpper(), "heading", parent);
    label->setFont(Theme::headingFont());
    label->setAccessibleName(text);
    return label;
}

QLabel* titleLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setFont(Theme::textFont(14, QFont::DemiBold));
    return label;
}

QFrame* ruleLine(QWidget* parent)
{
    auto* line = new QFrame(parent);
    line->setObjectName(QStringLiteral("rule"));
    line->setFixedHeight(1);
    return line;
}

void restyle(QWidget* widget, const char* property, const QVariant& value)
{
    if (widget->property(property) == value)
        return;
    widget->setProperty(property, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace orderlab::ui
