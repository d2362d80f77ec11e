#include "ui/lessons/lesson_text_view.h"
#include "ui/lessons/step_view.h"
#include "ui/panels/labels.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPushButton>
#include <QRadioButton>
#include <QSlider>

namespace orderlab::ui {

namespace {

constexpr int usual_confidence = 50;

/// One choice: all of it can be clicked.
class ChoiceCard final : public QFrame {
public:
    ChoiceCard(std::size_t index, const QString& text, QWidget* parent) : QFrame(parent)
    {
        setProperty("choice", "off");
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(10, 8, 10, 8);
        row->setSpacing(8);
        m_button = new QRadioButton(this);
        m_button->setAccessibleName(text);
        auto* words = new QLabel(text, this);
        words->setTextFormat(Qt::PlainText);
        words->setWordWrap(true);
        auto* letter = mutedLabel(QString(QLatin1Char(letterOf(index))), this);
        row->addWidget(m_button);
        row->addWidget(words, 1);
        row->addWidget(letter);
        QObject::connect(m_button, &QRadioButton::toggled, this,
                         [this](bool is_on) { restyle(this, "choice", is_on ? "on" : "off"); });
    }
    QRadioButton& button() { return *m_button; }

protected:
    void mouseReleaseEvent(QMouseEvent* event) override
    {
        if (event->button() == Qt::LeftButton && m_button->isEnabled())
            m_button->click();
    }

private:
    QRadioButton* m_button;
};

class PredictStep final : public StepView {
    Q_DECLARE_TR_FUNCTIONS(orderlab::ui::PredictStep)
public:
    PredictStep(LessonDesk& desk, LabBridge& bridge, QWidget* parent) : StepView(desk, bridge, parent)
    {
        addIntro();
        for (const Prediction& prediction : desk.lesson()->predictions)
            addQuestion(prediction);
        auto* row = new QHBoxLayout;
        m_note = mutedLabel({}, this);
        m_note->setWordWrap(true);
        m_commit = new QPushButton(tr("Commit"), this);
        m_commit->setObjectName(QStringLiteral("commitPredictions"));
        m_commit->setProperty("primary", true);
        row->addWidget(m_note, 1);
        row->addWidget(m_commit, 0, Qt::AlignTop);
        m_column->addLayout(row);
        QObject::connect(m_commit, &QPushButton::clicked, this, [this] { commit(); });
        restore();
        showState();
    }
    void refresh() override { showState(); }

private:
    struct Question {
        const Prediction* prediction;
        QButtonGroup* choices;
        QSlider* confidence;
    };

    void addIntro()
    {
        QLabel* note =
            mutedLabel(m_desk.lesson()->isDrill() ? tr("Your diagnosis. Whether it is right is told after the repair.")
                                                  : tr("Your prediction. Nothing is revealed before you commit."),
                       this);
        note->setWordWrap(true);
        m_column->addWidget(note);
    }

    void addQuestion(const Prediction& prediction)
    {
        addHeading(fromCore(prediction.ask));
        auto* group = new QButtonGroup(this);
        for (std::size_t i = 0; i < prediction.choices.size(); ++i) {
            auto* card = new ChoiceCard(i, fromCore(prediction.choices[i].text), this);
            card->button().setObjectName(
                QStringLiteral("choice-%1-%2").arg(fromCore(prediction.id)).arg(QLatin1Char(letterOf(i))));
            group->addButton(&card->button(), int(i));
            m_column->addWidget(card);
        }
        auto* row = new QHBoxLayout;
        auto* slider = new QSlider(Qt::Horizontal, this);
        slider->setObjectName(QStringLiteral("confidence-") + fromCore(prediction.id));
        slider->setAccessibleName(tr("How sure are you, in per cent"));
        slider->setRange(0, 100);
        slider->setPageStep(10);
        slider->setSingleStep(5);
        slider->setValue(usual_confidence);
        auto* word = mutedLabel(confidenceWord(usual_confidence), this);
        word->setMinimumWidth(word->fontMetrics().horizontalAdvance(QStringLiteral("fairly sure ")) + 6);
        row->addWidget(mutedLabel(tr("How sure?"), this));
        row->addWidget(slider, 1);
        row->addWidget(word);
        m_column->addLayout(row);
        m_column->addSpacing(6);
        QObject::connect(slider, &QSlider::valueChanged, word,
                         [word](int percent) { word->setText(confidenceWord(percent)); });
        QObject::connect(group, &QButtonGroup::idClicked, this, [this] { showState(); });
        m_questions.push_back({&prediction, group, slider});
    }

    void restore()
    {
        const LessonRecord record = m_desk.record();
        for (const Question& question : m_questions) {
            const auto answer = record.predictions.find(question.prediction->id);
            if (answer == record.predictions.end())
                continue;
            if (QAbstractButton* button = question.choices->button(int(answer->second.choice)))
                button->setChecked(true);
            question.confidence->setValue(int(answer->second.confidence.value_or(usual_confidence)));
        }
    }

    void showState()
    {
        const bool is_locked = m_desk.record().is_committed;
        std::size_t open = 0;
        for (const Question& question : m_questions) {
            open += question.choices->checkedId() < 0;
            for (QAbstractButton* button : question.choices->buttons())
                button->setEnabled(!is_locked);
            question.confidence->setEnabled(!is_locked);
        }
        m_commit->setEnabled(!is_locked && open == 0);
        m_commit->setVisible(!is_locked);
        m_note->setText(is_locked  ? tr("You have committed. Now let it run.")
                        : open > 0 ? tr("Choose an answer to each question.")
                                   : tr("Once you commit, it cannot be changed."));
    }

    void commit()
    {
        std::map<std::string, PredictionAnswer> answers;
        for (const Question& question : m_questions)
            answers[question.prediction->id] = {std::size_t(question.choices->checkedId()),
                                                unsigned(question.confidence->value())};
        m_desk.commit(answers);
    }

    std::vector<Question> m_questions;
    QLabel* m_note = nullptr;
    QPushButton* m_commit = nullptr;
};

} // namespace

StepView* makePredictStep(LessonDesk& desk, LabBridge& bridge, QWidget* parent)
{
    return new PredictStep(desk, bridge, parent);
}

} // namespace orderlab::ui
