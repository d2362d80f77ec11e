#include "ui/panels/labels.h"

#include "ui/theme/theme.h"

#include <QEvent>
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

PartsLabel::PartsLabel(QWidget* parent) : QLabel(parent)
{
    setProperty("role", QStringLiteral("muted"));
    setTextFormat(Qt::RichText);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    connect(&Theme::instance(), &Theme::changed, this, &PartsLabel::fit);
}

void PartsLabel::setParts(const QStringList& parts, qsizetype important)
{
    m_parts = parts;
    m_important = important;
    fit();
}

void PartsLabel::fit()
{
    static const QString dot = QStringLiteral(" · ");
    QStringList shown = m_parts;
    while (!shown.isEmpty() && fontMetrics().horizontalAdvance(shown.join(dot)) > width())
        shown.removeLast();
    m_shown = shown.join(dot);
    for (qsizetype i = 0; i < shown.size(); ++i)
        shown[i] = i < m_important ? QStringLiteral("<span style='color:%1'>%2</span>")
                                         .arg(colours().text.name(), shown[i].toHtmlEscaped())
                                   : shown[i].toHtmlEscaped();
    setText(shown.join(dot));
    setAccessibleName(m_shown);
}

void PartsLabel::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    fit();
}

SteadyRoom::SteadyRoom(QLabel* label) : QWidget(label->parentWidget()), m_label(label)
{
    label->setParent(this);
    label->installEventFilter(this);
    setSizePolicy(label->sizePolicy());
    if (label->testAttribute(Qt::WA_WState_ExplicitShowHide)) // Else it is hidden for now only.
        setHidden(label->isHidden());
    fit();
}

QSize SteadyRoom::minimumSizeHint() const
{
    return {m_label->minimumWidth() > 0 ? m_label->minimumWidth() : m_room.width(), m_room.height()};
}

void SteadyRoom::fit()
{
    const QSize wanted = m_label->sizeHint().expandedTo(m_label->minimumSize());
    if (wanted.height() == m_room.height() && wanted.width() <= m_room.width() && 2 * wanted.width() >= m_room.width())
        return;
    m_room = wanted;
    updateGeometry();
}

bool SteadyRoom::event(QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show)
        fit();
    return QWidget::event(event);
}

void SteadyRoom::resizeEvent(QResizeEvent*)
{
    m_label->setGeometry(rect());
}

bool SteadyRoom::eventFilter(QObject* label, QEvent* event)
{
    if (event->type() == QEvent::ShowToParent || event->type() == QEvent::HideToParent) {
        fit();
        setVisible(event->type() == QEvent::ShowToParent);
    }
    return QWidget::eventFilter(label, event);
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
