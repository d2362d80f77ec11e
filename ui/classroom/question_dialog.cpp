#include "ui/classroom/question_dialog.h"

#include "lessons/shipped_lessons.h"
#include "ui/models/format.h"
#include "ui/panels/labels.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace orderlab::ui {

QuestionDialog::QuestionDialog(QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("questionDialog"));
    setWindowTitle(tr("Ask the class"));
    setMinimumWidth(560);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 16);
    column->setSpacing(10);
    column->addWidget(titleLabel(tr("What does the class expect?"), this));
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_lesson = new QComboBox(this);
    m_lesson->setObjectName(QStringLiteral("questionLesson"));
    m_lesson->addItem(tr("a question of your own"));
    for (const EmbeddedText& one : shippedLessons()) {
        const Lesson lesson = shippedLesson(one.name);
        for (const Prediction& prediction : lesson.predictions) {
            ClassQuestion question{prediction.ask, {}, prediction.expected};
            for (const Choice& choice : prediction.choices)
                question.choices.push_back(choice.text);
            m_predictions.push_back(std::move(question));
            m_lesson->addItem(tr("%1 (%2)").arg(toQt(lesson.title), toQt(prediction.id)));
        }
    }
    m_lesson->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_ask = new QLineEdit(this);
    m_ask->setObjectName(QStringLiteral("questionAsk"));
    m_ask->setMaxLength(int(ClassQuestion::ask_length_max));
    m_choices = new QPlainTextEdit(this);
    m_choices->setObjectName(QStringLiteral("questionChoices"));
    m_choices->setTabChangesFocus(true);
    m_choices->setFixedHeight(120);
    m_right = new QComboBox(this);
    m_right->setObjectName(QStringLiteral("questionRight"));
    m_right->addItem(tr("none is right"), -1);
    form->addRow(tr("&Prediction of"), m_lesson);
    form->addRow(tr("&Question"), m_ask);
    form->addRow(tr("&Answers, one a line"), m_choices);
    form->addRow(tr("&Right is"), m_right);
    column->addLayout(form);
    m_note = mutedLabel({}, this);
    m_note->setObjectName(QStringLiteral("questionNote"));
    m_note->setWordWrap(true);
    column->addWidget(m_note);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    auto* cancel = new QPushButton(tr("Cancel"), this);
    m_send = new QPushButton(tr("Ask"), this);
    m_send->setObjectName(QStringLiteral("questionSend"));
    m_send->setProperty("primary", true);
    m_send->setDefault(true);
    buttons->addWidget(cancel);
    buttons->addWidget(m_send);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_send, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_lesson, &QComboBox::activated, this, &QuestionDialog::takePrediction);
    connect(m_ask, &QLineEdit::textChanged, this, &QuestionDialog::check);
    connect(m_choices, &QPlainTextEdit::textChanged, this, &QuestionDialog::check);
    check();
    m_lesson->setFocus();
}

void QuestionDialog::takePrediction(int index)
{
    if (index <= 0)
        return;
    const ClassQuestion& question = m_predictions[std::size_t(index - 1)];
    m_ask->setText(toQt(question.ask));
    m_ask->setCursorPosition(0);
    QStringList choices;
    for (const std::string& choice : question.choices)
        choices << toQt(choice);
    m_choices->setPlainText(choices.join(QLatin1Char('\n')));
    m_right->setCurrentIndex(question.right ? int(*question.right) + 1 : 0);
}

Result<ClassQuestion> QuestionDialog::question() const
{
    ClassQuestion question;
    question.ask = m_ask->text().trimmed().toStdString();
    for (const QString& line : m_choices->toPlainText().split(QLatin1Char('\n'))) {
        if (!line.trimmed().isEmpty())
            question.choices.push_back(line.trimmed().toStdString());
    }
    if (m_right->currentIndex() > 0)
        question.right = std::size_t(m_right->currentIndex() - 1);
    ORDERLAB_TRY(return, question.validate());
    return question;
}

/// As many letters as there are answers; what is missing is said.
void QuestionDialog::check()
{
    int lines = 0;
    for (const QString& line : m_choices->toPlainText().split(QLatin1Char('\n')))
        lines += !line.trimmed().isEmpty();
    lines = std::min(lines, int(ClassQuestion::choices_max));
    while (m_right->count() - 1 > std::max(lines, 0))
        m_right->removeItem(m_right->count() - 1);
    while (m_right->count() - 1 < lines)
        m_right->addItem(QString(QLatin1Char(char('A' + m_right->count() - 1))), m_right->count() - 1);
    const auto valid = question();
    m_send->setEnabled(valid.has_value());
    m_note->setText(valid                          ? tr("Students vote at once; you end the round.")
                    : valid.error().field == "ask" ? tr("A question has up to 1000 characters.")
                                                   : tr("There are two to six answers, of up to 300 characters each."));
}

} // namespace orderlab::ui
