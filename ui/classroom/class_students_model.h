#pragma once
#include "classroom/class_records.h"

#include <QAbstractTableModel>

namespace orderlab::ui {

/// The students of a class, a row each, in the order in which they came. GUI thread.
class ClassStudentsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Number, Name, Here, Bought, Paid, Vote };
    static constexpr int column_count = 6;

    using QAbstractTableModel::QAbstractTableModel;
    /// Rows keep their places: who has left is taken out, who is new comes last.
    void setStudents(const std::vector<StudentRow>& students);
    const StudentRow& studentAt(int row) const { return m_students[std::size_t(row)]; }
    /// -1: there is none.
    int rowOf(unsigned number) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const StudentRow& student, int column) const;
    std::vector<StudentRow> m_students;
};

} // namespace orderlab::ui
