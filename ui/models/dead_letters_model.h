#pragma once
#include "store/records.h"

#include <QAbstractItemModel>

namespace orderlab::ui {

/// Dead letters under their causes. A cause has a row with how many there are, below it those that are known, the
/// newest first. show() announces only what differs, so that what is selected or unfolded stays so. GUI thread.
class DeadLettersModel final : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { Cause, Group, Order, When, Event, Attempts, ColumnCount };

    /// `group_prefix` is taken off what is shown.
    explicit DeadLettersModel(std::string group_prefix, QObject* parent = nullptr);

    /// `letters`: newest first.
    void show(const std::vector<DeadLetterCause>& causes, const std::vector<DeadLetter>& letters);

    /// Null for a letter's row, and for none.
    const DeadLetterCause* causeAt(const QModelIndex& index) const;
    /// Null for a cause's row, and for none.
    const DeadLetter* letterAt(const QModelIndex& index) const;
    /// Those that are known of a cause's row; none for another one.
    std::vector<DeadLetter> lettersOf(const QModelIndex& index) const;
    QModelIndex indexOf(const Uuid& letter) const;
    QString groupText(const std::string& group) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Branch {
        quintptr id; ///< From 1, never used twice: what indexes of its letters carry, as its row may change.
        DeadLetterCause cause;
        std::vector<DeadLetter> letters;
    };
    void showCauses(const std::vector<DeadLetterCause>& causes);
    void showLetters(int row, const std::vector<DeadLetter>& letters);
    int rowOf(quintptr branch) const;
    QString textOf(const Branch& branch, int column) const;
    QString textOf(const DeadLetter& letter, int column) const;

    std::string m_group_prefix;
    std::vector<Branch> m_branches;
    quintptr m_branches_made = 0;
};

} // namespace orderlab::ui
