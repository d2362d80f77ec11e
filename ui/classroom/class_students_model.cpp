#include "ui/classroom/class_students_model.h"

#include "ui/models/format.h"

#include <algorithm>

namespace orderlab::ui {

void ClassStudentsModel::setStudents(const std::vector<StudentRow>& students)
{
    const auto is_there = [&students](unsigned number) {
        return std::any_of(students.begin(), students.end(),
                           [number](const StudentRow& one) { return one.number == number; });
    };
    for (int row = int(m_students.size()) - 1; row >= 0; --row) {
        if (is_there(m_students[std::size_t(row)].number))
            continue;
        beginRemoveRows({}, row, row);
        m_students.erase(m_students.begin() + row);
        endRemoveRows();
    }
    const int known = int(m_students.size());
    std::copy_n(students.begin(), known, m_students.begin());
    if (known > 0)
        Q_EMIT dataChanged(index(0, 0), index(known - 1, column_count - 1));
    if (students.size() == m_students.size())
        return;
    beginInsertRows({}, known, int(students.size()) - 1);
    m_students = students;
    endInsertRows();
}

int ClassStudentsModel::rowOf(unsigned number) const
{
    const auto at = std::find_if(m_students.begin(), m_students.end(),
                                 [number](const StudentRow& one) { return one.number == number; });
    return at == m_students.end() ? -1 : int(at - m_students.begin());
}

int ClassStudentsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_students.size());
}

int ClassStudentsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : column_count;
}

QString ClassStudentsModel::text(const StudentRow& student, int column) const
{
    switch (column) {
    case Number: return QString::number(student.number);
    case Name: return toQt(student.name);
    case Here: return student.is_here ? tr("here") : tr("away");
    case Bought: return QString::number(student.orders.bought);
    case Paid: return QString::number(student.orders.paid);
    case Vote: return student.vote ? QString(QLatin1Char(char('A' + *student.vote))) : QStringLiteral("–");
    default: return {};
    }
}

QVariant ClassStudentsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::DisplayRole)
        return text(studentAt(index.row()), index.column());
    const bool is_number = index.column() == Number || index.column() == Bought || index.column() == Paid;
    if (role == Qt::TextAlignmentRole && is_number)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QVariant ClassStudentsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number: return tr("No.");
    case Name: return tr("Student");
    case Here: return tr("Page");
    case Bought: return tr("Bought");
    case Paid: return tr("Paid");
    case Vote: return tr("Vote");
    default: return {};
    }
}

} // namespace orderlab::ui
