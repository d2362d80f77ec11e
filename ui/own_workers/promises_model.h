#pragma once
#include "simulation/worker_trial.h"

#include <QAbstractTableModel>
#include <QCoreApplication>

namespace orderlab::ui {

/// What became of each promise in the worlds that an own worker was put through: a row each, and one for answers that
/// depend on chance. GUI thread.
class PromisesModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Promise, Verdict, Worlds, Smallest, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Nothing: none is known.
    void setTrial(std::optional<WorkerTrial> trial);
    const std::optional<WorkerTrial>& trial() const { return m_trial; }
    /// Null: it is the row about chance, or there is none.
    const PromiseVerdict* promise(int row) const;
    /// The first broken one; -1: none is.
    int firstBroken() const;
    /// In full sentences.
    QString details(int row) const;
    /// All of it, as text.
    QString text() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString cell(int row, int column) const;
    bool isBroken(int row) const;

    std::optional<WorkerTrial> m_trial;
};

} // namespace orderlab::ui
