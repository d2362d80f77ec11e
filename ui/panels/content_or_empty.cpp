#include "ui/panels/content_or_empty.h"

#include <QLabel>
#include <QStackedLayout>

namespace orderlab::ui {

ContentOrEmpty::ContentOrEmpty(QWidget* parent)
    : QWidget(parent), m_pages(new QStackedLayout(this)), m_empty(new QLabel(this))
{
    m_empty->setObjectName(QStringLiteral("emptyState"));
    m_empty->setProperty("role", QStringLiteral("empty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_pages->addWidget(m_empty);
}

void ContentOrEmpty::setContent(QWidget* content)
{
    m_pages->addWidget(content);
}

void ContentOrEmpty::show(bool has_content, const QString& reason)
{
    m_empty->setText(reason);
    m_pages->setCurrentIndex(has_content ? 1 : 0);
}

} // namespace orderlab::ui
