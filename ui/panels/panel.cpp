#include "ui/panels/panel.h"

#include "ui/panels/content_or_empty.h"

#include <QVBoxLayout>

namespace orderlab::ui {

Panel::Panel(const QString& title, QWidget* parent) : QDockWidget(title, parent)
{
    connect(this, &QDockWidget::visibilityChanged, this, [this](bool is_seen) {
        m_is_seen = is_seen;
        seenChanged();
    });
}

ContentOrEmpty* Panel::setTabContent(QWidget* bar, QWidget* view)
{
    setTitleBarWidget(new QWidget(this));
    auto* body = new QWidget(this);
    body->setObjectName(QStringLiteral("panel"));
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(14, 2, 14, 8);
    column->setSpacing(4);
    column->addWidget(bar);
    auto* content = new ContentOrEmpty(body);
    content->setContent(view);
    column->addWidget(content, 1);
    setWidget(body);
    return content;
}

} // namespace orderlab::ui
