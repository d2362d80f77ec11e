#pragma once
#include "ui/models/story.h"

#include <QAbstractTableModel>

namespace orderlab::ui {

/// An order's story as a table: when, and what. Rows are added at the end as the story goes on. GUI thread.
class StoryModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, What, ColumnCount };
    /// What the column Time says of a step.
    enum class TimeForm : std::uint8_t {
        AfterStart, ///< Since the order's beginning.
        AfterLast,  ///< Since the step before.
        InRun,      ///< Since the run's beginning, as the timeline says it.
        Clock,      ///< The time of day.
    };
    static constexpr int time_form_count = 4;

    explicit StoryModel(QObject* parent = nullptr);
    /// Shows `story`; when it continues what is shown, only the new rows are announced.
    void show(Story story);
    const Story& story() const { return m_story; }
    const StoryStep& stepAt(int row) const { return m_story.steps[std::size_t(row)]; }
    TimeForm timeForm() const { return m_form; }
    /// `run_start_us`: of the run, for InRun.
    void setTimeForm(TimeForm form, std::int64_t run_start_us);
    /// As the column's title says it.
    static QString timeFormText(TimeForm form);
    /// Of the earliest step that is about the order itself.
    std::int64_t firstUs() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString timeText(int row) const;

    Story m_story;
    TimeForm m_form = TimeForm::AfterStart;
    std::int64_t m_run_start_us = 0;
};

} // namespace orderlab::ui
