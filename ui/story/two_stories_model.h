#pragma once
#include "ui/story/story_alignment.h"

#include <QAbstractTableModel>

namespace orderlab::ui {

/// Two stories side by side, a step a row: what differs has a mark, and words. GUI thread.
class TwoStoriesModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { LeftTime, LeftStep, Mark, RightStep, RightTime, ColumnCount };
    enum Role {
        KindRole = Qt::UserRole, ///< int of AlignedSteps::Kind.
        ToneRole,                ///< int of Tone; not valid where there is no step.
        LeftRole,                ///< int: index in the left story; -1: none.
        RightRole,
    };
    using QAbstractTableModel::QAbstractTableModel;

    void show(Story left, Story right, const QString& left_name, const QString& right_name, const JournalNames& names);
    /// Steps that do not say the same.
    int differences() const { return m_differences; }
    const Story& left() const { return m_left; }
    const Story& right() const { return m_right; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    Story m_left, m_right;
    QString m_left_name, m_right_name;
    std::int64_t m_left_first_us = 0, m_right_first_us = 0;
    std::vector<AlignedSteps> m_rows;
    int m_differences = 0;
};

} // namespace orderlab::ui
