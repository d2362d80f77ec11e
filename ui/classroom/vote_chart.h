#pragma once
#include "classroom/class_records.h"

#include <QWidget>

namespace orderlab::ui {

/// How a class has voted: a row for each choice, in it a bar for each round, with its number. GUI thread.
class VoteChart final : public QWidget {
    Q_OBJECT
public:
    explicit VoteChart(QWidget* parent = nullptr);
    void setBoard(const ClassBoard& board);
    /// "A: nothing: 3, 1", a choice a line; what a screen reader reads.
    QString text() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int rowHeight() const;
    ClassBoard m_board;
};

} // namespace orderlab::ui
