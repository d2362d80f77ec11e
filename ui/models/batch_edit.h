#pragma once
#include "store/records.h"

#include <QAbstractTableModel>
#include <QStringList>

namespace orderlab::ui {

/// One field of the data of many dead letters, set to one value.
struct BatchEdit {
    QString path;  ///< Members with dots between: "amount", "details.reason".
    QString value; ///< As text where the field is a text; else JSON.
};

/// What that does to one letter. A value.
struct BatchChange {
    Uuid letter;
    OrderId order;
    QString before, after; ///< Of the field, as they are shown.
    QString data = {};     ///< Of the event, as JSON; empty: nothing changes, or it cannot be done.
    QString problem = {};  ///< Why it cannot; a sentence.

    bool isDone() const { return !data.isEmpty(); }
};

/// The fields that the letters' data have, as paths, in the order of the first one; at most paths_max.
QStringList pathsOf(const std::vector<DeadLetter>& letters);
inline constexpr qsizetype paths_max = 100;

/// What `edit` does to each letter. What comes out is checked by the rules of who decodes it.
std::vector<BatchChange> planEdit(const std::vector<DeadLetter>& letters, const BatchEdit& edit);

/// What a batch edit does, a row a letter. GUI thread.
class BatchEditModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Order, Before, After, Result, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void show(std::vector<BatchChange> changes);
    const std::vector<BatchChange>& changes() const { return m_changes; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<BatchChange> m_changes;
};

} // namespace orderlab::ui
