#pragma once
#include "ui/panels/panel.h"

class QStackedWidget;

namespace orderlab::ui {

class LessonDesk;
class LessonList;
class LessonPage;

/// All lessons, or the one that is played. GUI thread.
class LessonsPanel final : public Panel {
    Q_OBJECT
public:
    explicit LessonsPanel(LabBridge& bridge, QWidget* parent = nullptr);

    /// Once. It outlives this.
    void setDesk(LessonDesk& desk);
    QLineEdit* findField() override;
    /// Null before setDesk().
    LessonPage* page() { return m_page; }
    /// Of the lesson's text, in device-independent pixels.
    static constexpr int text_size = 13;

Q_SIGNALS:
    /// The lesson's world is to be shown.
    void runWanted();
    /// And the moment at which it stops.
    void stopWanted();
    /// orderlab:…, orderlab-time:…, orderlab-lesson:…, orderlab-doc:…
    void linkWanted(const QString& link);
    void handoutWanted();

private:
    void showPage();

    LabBridge& m_bridge;
    LessonDesk* m_desk = nullptr;
    QStackedWidget* m_pages = nullptr;
    LessonList* m_list = nullptr;
    LessonPage* m_page = nullptr;
};

} // namespace orderlab::ui
