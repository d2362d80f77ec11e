#include "ui/lessons/step_view.h"

#include "ui/lessons/lesson_text_view.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QLabel>
#include <QVBoxLayout>

namespace orderlab::ui {

StepView::StepView(LessonDesk& desk, LabBridge& bridge, QWidget* parent)
    : QWidget(parent), m_desk(desk), m_bridge(bridge), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(8);
}

LessonTextView* StepView::addText(const QString& markdown)
{
    auto* text = new LessonTextView(this);
    text->setText(markdown);
    connect(text, &LessonTextView::anchorClicked, this,
            [this](const QUrl& link) { Q_EMIT linkWanted(link.toString()); });
    m_column->addWidget(text);
    return text;
}

QLabel* StepView::addHeading(const QString& text)
{
    auto* label = new QLabel(text, this);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    QFont font = this->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    m_column->addWidget(label);
    return label;
}

QLabel* StepView::addBox(const char* object, const char* kind)
{
    auto* box = new QLabel(this);
    box->setObjectName(QLatin1String(object));
    box->setTextFormat(Qt::PlainText);
    box->setWordWrap(true);
    box->setTextInteractionFlags(Qt::TextSelectableByMouse);
    box->setProperty("box", QLatin1String(kind));
    box->hide();
    m_column->addWidget(box);
    return box;
}

void StepView::showBox(QLabel* box, const QString& text)
{
    box->setText(text);
    box->setAccessibleName(text);
    box->setVisible(!text.isEmpty());
}

StepView* makeStepView(LessonDesk& desk, LabBridge& bridge, QWidget* parent)
{
    switch (desk.step()) {
    case LessonStep::Predict: return makePredictStep(desk, bridge, parent);
    case LessonStep::Run: return makeRunStep(desk, bridge, parent);
    case LessonStep::Puzzle: return makePuzzleStep(desk, bridge, parent);
    case LessonStep::Modify: return makeModifyStep(desk, bridge, parent);
    case LessonStep::Make: return makeMakeStep(desk, bridge, parent);
    case LessonStep::Told:
    case LessonStep::What:
    case LessonStep::Why: break;
    }
    return makeTextStep(desk, bridge, parent);
}

} // namespace orderlab::ui
