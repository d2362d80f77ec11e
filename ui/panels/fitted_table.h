#pragma once
#include <QTableView>

namespace orderlab::ui {

/// A table of rows in the window's density, whose columns share its width by weight, so that it never scrolls sideways
/// unless columns would become too narrow to read. A double click, Enter or G goes to the moment of a row. GUI thread.
class FittedTable final : public QTableView {
    Q_OBJECT
public:
    explicit FittedTable(QWidget* parent = nullptr);
    /// One a column, in pixels of a table that is as wide as all of them.
    void setColumnWeights(std::vector<int> weights);
    /// Soon, the current row is scrolled into view.
    void keepInSight();

Q_SIGNALS:
    void momentWanted(const QModelIndex& row);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fit();
    std::vector<int> m_weights;
};

} // namespace orderlab::ui
