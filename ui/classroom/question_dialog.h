#pragma once
#include "classroom/class_records.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace orderlab::ui {

/// Asks the teacher for a question to the class: one of a lesson's predictions, or one of their own. GUI thread.
class QuestionDialog final : public QDialog {
    Q_OBJECT
public:
    explicit QuestionDialog(QWidget* parent);
    /// As it is typed. Error: InvalidArgument.
    Result<ClassQuestion> question() const;

private:
    void takePrediction(int index);
    void check();

    std::vector<ClassQuestion> m_predictions;
    QComboBox* m_lesson;
    QLineEdit* m_ask;
    QPlainTextEdit* m_choices;
    QComboBox* m_right;
    QLabel* m_note;
    QPushButton* m_send;
};

} // namespace orderlab::ui
