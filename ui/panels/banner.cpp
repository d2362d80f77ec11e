#include "ui/panels/banner.h"

#include "ui/panels/labels.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

namespace orderlab::ui {

Banner::Banner(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("banner"));
    setAttribute(Qt::WA_StyledBackground);
    m_row = new QHBoxLayout(this);
    m_row->setContentsMargins(20, 5, 10, 5);
    m_text = new QLabel(this);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close = new QToolButton(this);
    m_close->setText(QStringLiteral("✕"));
    m_close->setProperty("small", true);
    m_close->setAccessibleName(tr("Close this message"));
    m_row->setSpacing(8);
    m_row->addWidget(m_text, 1);
    m_row->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    hide();
}

void Banner::setActions(const std::vector<Action>& actions)
{
    for (QPushButton* button : m_buttons) {
        button->hide();
        button->deleteLater(); // One of them may be at work.
    }
    m_buttons.clear();
    for (const Action& action : actions) {
        auto* button = new QPushButton(action.text, this);
        button->setObjectName(action.object);
        button->setToolTip(action.about);
        button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        connect(button, &QPushButton::clicked, this, [run = action.run] { run(); });
        m_row->insertWidget(m_row->count() - 1, button);
        button->show();
        m_buttons.push_back(button);
    }
}

void Banner::showText(Kind kind, const QString& text, bool can_close, const std::vector<Action>& actions)
{
    setActions(actions);
    static const char* const kinds[] = {"info", "warning", "error"};
    restyle(this, "kind", QString::fromLatin1(kinds[std::size_t(kind)]));
    m_text->setText(text);
    m_close->setVisible(can_close);
    setVisible(!text.isEmpty());
    if (can_close && !text.isEmpty())
        Q_EMIT said(text);
}

QString Banner::text() const
{
    return m_text->text();
}

} // namespace orderlab::ui
