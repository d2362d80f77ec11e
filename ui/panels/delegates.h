#pragma once
#include <QStyledItemDelegate>

namespace orderlab::ui {

/// Of a view: the text that is looked for, which CellDelegate marks where it is found (a QString).
inline constexpr const char* wanted_property = "wantedText";

/// A cell in the shared style: selection and hover from the style sheet, text in the font it is given; with the tint
/// and the letter of its row's trouble (row_trouble.h), and a mark on what is looked for.
class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit CellDelegate(bool mono, QObject* parent = nullptr) : QStyledItemDelegate(parent), m_mono(mono) {}
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    /// Below the cell: trouble_role.
    static void paintTint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index);

private:
    void paintMatch(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    bool m_mono;
};

/// For trees, which ask each cell for its height: as high as a table's row.
class RowDelegate final : public CellDelegate {
    Q_OBJECT
public:
    using CellDelegate::CellDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// An order's status as a coloured chip with its word.
class StatusDelegate final : public CellDelegate {
    Q_OBJECT
public:
    explicit StatusDelegate(QObject* parent = nullptr) : CellDelegate(false, parent) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// A bar as long as the lag's share; GroupsModel's roles.
class LagBarDelegate final : public CellDelegate {
    Q_OBJECT
public:
    explicit LagBarDelegate(QObject* parent = nullptr) : CellDelegate(false, parent) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

struct StatusColours {
    QColor text, fill;
};
/// For "paid", "failed", "canceled", "dead-lettered", "created".
StatusColours statusColours(const QString& status);

} // namespace orderlab::ui
