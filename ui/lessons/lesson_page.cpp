#include "ui/lessons/lesson_page.h"

#include "lessons/shipped_lessons.h"
#include "ui/lessons/step_bar.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace orderlab::ui {

LessonPage::LessonPage(LessonDesk& desk, LabBridge& bridge, QWidget* parent)
    : QWidget(parent), m_desk(desk), m_bridge(bridge)
{
    setObjectName(QStringLiteral("lessonPage"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::margin, 10, metrics::margin - 4, 10);
    column->setSpacing(8);
    makeHead(column);
    m_scroll = new QScrollArea(this);
    m_scroll->setObjectName(QStringLiteral("lessonScroll"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    column->addWidget(m_scroll, 1);
    makeFoot(column);
    connect(&m_desk, &LessonDesk::stepChanged, this, &LessonPage::showStep);
    connect(&m_desk, &LessonDesk::changed, this, &LessonPage::refresh);
    setTextSize(m_text_size);
    showStep();
}

void LessonPage::makeHead(QVBoxLayout* column)
{
    auto* row = new QHBoxLayout;
    auto* all = new QPushButton(tr("‹ All lessons"), this);
    all->setObjectName(QStringLiteral("leaveLesson"));
    all->setProperty("link", true);
    connect(all, &QPushButton::clicked, &m_desk, &LessonDesk::close, Qt::QueuedConnection);
    auto* handout = new QPushButton(tr("Handout…"), this);
    handout->setObjectName(QStringLiteral("lessonHandout"));
    handout->setProperty("link", true);
    handout->setToolTip(tr("This lesson with its pictures as a PDF file"));
    connect(handout, &QPushButton::clicked, this, &LessonPage::handoutWanted);
    m_number = headingLabel({}, this);
    row->addWidget(all);
    row->addStretch(1);
    row->addWidget(handout);
    column->addLayout(row);
    column->addWidget(m_number);
    m_title = new QLabel(this);
    m_title->setObjectName(QStringLiteral("lessonTitle"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    column->addWidget(m_title);
    column->addWidget(new StepBar(m_desk, this));
}

void LessonPage::makeFoot(QVBoxLayout* column)
{
    m_why_not = mutedLabel({}, this);
    m_why_not->setObjectName(QStringLiteral("whyNotOn"));
    m_why_not->setWordWrap(true);
    column->addWidget(m_why_not);
    auto* row = new QHBoxLayout;
    m_back = new QPushButton(tr("Back"), this);
    m_back->setObjectName(QStringLiteral("lessonBack"));
    m_next = new QPushButton(tr("Next"), this);
    m_next->setObjectName(QStringLiteral("lessonNext"));
    row->addWidget(m_back);
    row->addStretch(1);
    row->addWidget(m_next);
    column->addLayout(row);
    connect(m_back, &QPushButton::clicked, &m_desk, &LessonDesk::back, Qt::QueuedConnection);
    connect(m_next, &QPushButton::clicked, &m_desk, &LessonDesk::next, Qt::QueuedConnection);
}

void LessonPage::setTextSize(int pixels)
{
    m_text_size = pixels;
    m_title->setFont(Theme::textFont(pixels * 1.25, QFont::Bold));
    m_shown.clear();
    showStep();
}

void LessonPage::showStep()
{
    const Lesson* const lesson = m_desk.lesson();
    const QString shown = lesson ? fromCore(lesson->name) + QLatin1Char('/') + stepName(m_desk.step()) : QString();
    if (lesson && shown == m_shown)
        return refresh();
    m_shown = shown;
    m_view = nullptr;
    if (!lesson) {
        if (QWidget* const old = m_scroll->takeWidget())
            old->deleteLater();
        return;
    }
    const auto all = shippedLessons();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const EmbeddedText& one) { return one.name == lesson->name; });
    const QString number = lesson->isDrill()    ? tr("On-call drill")
                           : found == all.end() ? tr("Lesson from a file")
                                                : tr("Lesson %1").arg(found - all.begin() + 1);
    m_number->setText(number.toUpper());
    m_number->setAccessibleName(number);
    m_title->setText(fromCore(lesson->title));
    auto* holder = new QWidget;
    holder->setFont(Theme::textFont(m_text_size));
    auto* column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 2, 6, 2);
    m_view = makeStepView(m_desk, m_bridge, holder);
    column->addWidget(m_view);
    column->addStretch(1);
    connect(m_view, &StepView::runWanted, this, &LessonPage::runWanted);
    connect(m_view, &StepView::stopWanted, this, &LessonPage::stopWanted);
    connect(m_view, &StepView::linkWanted, this, &LessonPage::linkWanted, Qt::QueuedConnection);
    if (QWidget* const old = m_scroll->takeWidget())
        old->deleteLater();
    m_scroll->setWidget(holder);
    m_scroll->verticalScrollBar()->setValue(0);
    refresh();
}

void LessonPage::refresh()
{
    if (!m_desk.lesson())
        return;
    if (m_view)
        m_view->refresh();
    m_back->setEnabled(m_desk.canGoBack());
    m_next->setEnabled(m_desk.canGoOn());
    const LessonRecord record = m_desk.record();
    m_next->setText(!m_desk.isAtEnd()                     ? tr("Next")
                    : record.isComplete(*m_desk.lesson()) ? tr("Finish")
                                                          : tr("Leave it for now"));
    m_next->setProperty("primary",
                        m_desk.canGoOn() && m_desk.step() != LessonStep::Run && m_desk.step() != LessonStep::Modify);
    restyle(m_next, "primary", m_next->property("primary"));
    m_why_not->setText(m_desk.whyNotOn());
    m_why_not->setVisible(!m_desk.whyNotOn().isEmpty());
}

} // namespace orderlab::ui
