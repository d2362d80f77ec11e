#pragma once
#include "ui/models/story.h"

#include <QAbstractTableModel>

namespace orderlab::ui {

/// An order's story as a table: when, and what. Rows are added at the end as the story goes on. GUI thread.
class StoryModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, What, ColumnCount };

    explicit StoryModel(QObject* parent = nullptr);
    /// Shows `story`; when it continues what is shown, only the new rows are announced.
    void show(Story story);
    const Story& story() const { return m_story; }
    const StoryStep& stepAt(int row) const { return m_story.steps[std::size_t(row)]; }
    /// Of the earliest step that is about the order itself.
    std::int64_t firstUs() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    Story m_story;
};

} // namespace orderlab::ui
