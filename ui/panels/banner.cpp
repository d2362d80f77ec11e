#include "ui/panels/banner.h"

#include "ui/panels/labels.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace orderlab::ui {

Banner::Banner(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("banner"));
    setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(20, 5, 10, 5);
    m_text = new QLabel(this);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close = new QToolButton(this);
    m_close->setText(QStringLiteral("✕"));
    m_close->setProperty("small", true);
    m_close->setAccessibleName(QStringLiteral("Close this message"));
    row->addWidget(m_text, 1);
    row->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    hide();
}

void Banner::showText(Kind kind, const QString& text, bool can_close)
{
    static const char* const kinds[] = {"info", "warning", "error"};
    restyle(this, "kind", QString::fromLatin1(kinds[std::size_t(kind)]));
    m_text->setText(text);
    m_close->setVisible(can_close);
    setVisible(!text.isEmpty());
}

QString Banner::text() const
{
    return m_text->text();
}

} // namespace orderlab::ui
