#pragma once
#include "ui/models/story.h"

#include <QAbstractScrollArea>

namespace orderlab::ui {

/// An order's story as a sequence diagram: a lifeline for everybody who takes part, an arrow a step, time downwards; at
/// the left how long after the order's beginning, and where long nothing happened, how long. The names stay in sight
/// while the arrows scroll. Arrow keys and clicks choose a step. GUI thread.
class SequenceView final : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit SequenceView(QWidget* parent = nullptr);

    /// `groups`: all groups in the order in which their lifelines stand.
    void show(const Story& story, const JournalNames& names, const QStringList& groups, const QString& store_name);
    /// All groups, or only those that decide over the order: payment and order-status.
    void setAllGroups(bool all);
    /// Whether both ends of the step are among the lifelines that stand there.
    bool hasLifelines(int step) const;
    int shownSteps() const { return int(m_rows.size()); }
    /// Index in the story; -1: none.
    /// Where the names of the lifelines stand.
    std::vector<QRectF> heads() const;
    /// What stands at the left of a row: "62 ms", and the gap before it, or nothing.
    std::pair<QString, QString> timesOf(int row) const;
    int selectedStep() const { return m_selected; }
    void selectStep(int step);
    /// Steps after this time are still to come, and dim.
    void setNow(std::int64_t now_us);

Q_SIGNALS:
    void stepSelected(int step);
    /// By a double click or Enter.
    void stepActivated(int step);
    /// The one under the pointer; -1: none is.
    void stepHovered(int step);

protected:
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    QSize sizeHint() const override { return {300, 420}; }

private:
    struct Line {
        Lifeline::Kind kind;
        QString group; ///< For Group.
        QString title;
        int head_row = 0; ///< Of the names, so that none is over another.
    };
    struct Row {
        int step;     ///< Index in the story.
        int from, to; ///< Lifelines.
    };
    void arrange();
    void arrangeHead();
    int lineOf(const Lifeline& lifeline) const;
    double xOf(int line) const;
    double yOf(int row) const;
    int headerHeight() const;
    int rowAt(QPointF position) const; ///< -1: none.
    void hover(int step);
    void drawHeader(QPainter& painter) const;
    void drawActivations(QPainter& painter) const;
    void drawTime(QPainter& painter, int row) const;
    void drawStep(QPainter& painter, int row) const;
    QColor colourOf(const StoryStep& step) const;

    Story m_story;
    const JournalNames* m_names = nullptr;
    QStringList m_groups;
    QString m_store_name;
    bool m_all_groups = false;
    std::vector<Line> m_lines;
    std::vector<Row> m_rows;
    int m_selected = -1;
    int m_hovered = -1; ///< Index in the story, as m_selected.
    int m_head_rows = 1;
    std::int64_t m_first_us = 0; ///< Of the steps about the order itself.
    std::int64_t m_long_us = 0;  ///< From here on a gap is told.
    std::int64_t m_now_us = INT64_MAX;
};

} // namespace orderlab::ui
