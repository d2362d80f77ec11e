#pragma once
#include <QAbstractItemModel>
#include <QObject>
#include <QPersistentModelIndex>
#include <QPoint>
#include <QPointer>

#include <optional>

class QPushButton;

namespace orderlab::ui {

class FittedTable;

/// Keeps the rows of a table where they are on the screen while others come and go above them: the row below the mouse,
/// else the selected row while the table has the focus, else the topmost one, unless the table stands at its top and
/// nobody looks closer: then it shows the newest. How many rows have come above those that are held stands on a button
/// that goes to the top. GUI thread.
class HeldRows final : public QObject {
    Q_OBJECT
public:
    explicit HeldRows(FittedTable& table);
    void follow(QAbstractItemModel* model);
    /// What has come so far is no news.
    void forgetNews();
    /// Somebody wants another row in sight: what moves now need not stay.
    void letGo() { m_is_planned = false; }
    int news() const { return m_news; }

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void before();
    void after();
    void restore();
    void rowsCame(int first, int last);
    QModelIndex anchor(bool& is_of_pointer) const;
    void toTop();
    void showNews();

    FittedTable& m_table;
    QPushButton* m_button;
    QPointer<QAbstractItemModel> m_model;
    QPersistentModelIndex m_anchor;
    int m_anchor_y = 0;
    std::optional<QPoint> m_pointer; ///< The mouse, while it is over the rows.
    bool m_is_planned = false;       ///< restore() comes, before anything is painted.
    bool m_is_held_by_mouse = false; ///< From the top, to which it goes back with the mouse.
    int m_news = 0;
};

} // namespace orderlab::ui
