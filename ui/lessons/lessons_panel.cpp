#include "ui/lessons/lessons_panel.h"

#include "ui/lessons/lesson_list.h"
#include "ui/lessons/lesson_page.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace orderlab::ui {

namespace {

constexpr int least_width = 300; ///< Choices and their letters side by side.

} // namespace

LessonsPanel::LessonsPanel(LabBridge& bridge, QWidget* parent) : Panel(tr("Lessons"), parent), m_bridge(bridge)
{
    setObjectName(QStringLiteral("lessonsDock"));
    setTitleBarWidget(new QWidget(this));
    auto* body = new QWidget(this);
    body->setObjectName(QStringLiteral("panel"));
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    m_pages = new QStackedWidget(body);
    column->addWidget(m_pages);
    setWidget(body);
    setMinimumWidth(least_width);
}

void LessonsPanel::setDesk(LessonDesk& desk)
{
    m_desk = &desk;
    m_list = new LessonList(desk, m_pages);
    m_page = new LessonPage(desk, m_bridge, m_pages);
    m_pages->addWidget(m_list);
    m_pages->addWidget(m_page);
    setFocusProxy(m_list);
    connect(
        m_list, &LessonList::openWanted, this, [this](const QString& name) { m_desk->open(name); },
        Qt::QueuedConnection);
    connect(m_page, &LessonPage::runWanted, this, &LessonsPanel::runWanted);
    connect(m_page, &LessonPage::stopWanted, this, &LessonsPanel::stopWanted);
    connect(m_page, &LessonPage::linkWanted, this, &LessonsPanel::linkWanted);
    connect(m_page, &LessonPage::handoutWanted, this, &LessonsPanel::handoutWanted);
    connect(&desk, &LessonDesk::stepChanged, this, &LessonsPanel::showPage);
    connect(&desk, &LessonDesk::told, this, &Panel::told);
    showPage();
}

QLineEdit* LessonsPanel::findField()
{
    return m_list ? m_list->findField() : nullptr;
}

void LessonsPanel::showPage()
{
    m_pages->setCurrentWidget(m_desk->lesson() ? static_cast<QWidget*>(m_page) : m_list);
    setFocusProxy(m_pages->currentWidget());
}

} // namespace orderlab::ui
