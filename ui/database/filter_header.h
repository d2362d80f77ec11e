#pragma once
#include <QHeaderView>

class QLineEdit;
class QTimer;

namespace orderlab::ui {

/// Column titles with a field below each, in which a person writes what its cells must contain. GUI thread.
class FilterHeader final : public QHeaderView {
    Q_OBJECT
public:
    explicit FilterHeader(QWidget* parent);

    /// Fields for so many columns, all empty. A column with an empty name has none.
    void setColumns(const QStringList& names);
    QString filter(int column) const;
    void setFilter(int column, const QString& text);
    QSize sizeHint() const override;

Q_SIGNALS:
    /// A person wrote something, and paused.
    void filtersChanged();

protected:
    void updateGeometries() override;

private:
    void place();

    QList<QLineEdit*> m_fields; ///< One a column, null where it has none.
    QTimer* m_pause;
};

} // namespace orderlab::ui
