#pragma once
#include "ui/lessons/lesson_desk.h"

#include <QWidget>

class QFrame;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace orderlab::ui {

/// All lessons: what each is about and how far one is, with the one that comes next, and a search. The first time three
/// questions find out where to begin. GUI thread.
class LessonList final : public QWidget {
    Q_OBJECT
public:
    enum Role { NameRole = Qt::UserRole, AboutRole, StateRole };

    LessonList(LessonDesk& desk, QWidget* parent);
    QLineEdit* findField() { return m_find; }

Q_SIGNALS:
    void openWanted(const QString& name);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitNext();
    void makeHead(QVBoxLayout* column);
    void makeQuestions(QVBoxLayout* column);
    void answerQuestions();
    void refresh();
    void filter();
    void openFile();
    void exportProgress();
    void resetAll();
    void resetChosen();

    LessonDesk& m_desk;
    QFrame* m_questions = nullptr;
    QPushButton* m_next = nullptr;
    QLineEdit* m_find = nullptr;
    QListWidget* m_list = nullptr;
    QLabel* m_count = nullptr;
    QLabel* m_problem = nullptr;
};

} // namespace orderlab::ui
