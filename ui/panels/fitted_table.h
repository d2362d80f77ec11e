#pragma once
#include <QTableView>

namespace orderlab::ui {

/// A table of rows in the window's density, whose columns share its width by weight, so that it never scrolls sideways
/// unless columns would become too narrow to read. GUI thread.
class FittedTable final : public QTableView {
    Q_OBJECT
public:
    explicit FittedTable(QWidget* parent = nullptr);
    /// One a column, in pixels of a table that is as wide as all of them.
    void setColumnWeights(std::vector<int> weights);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
    std::vector<int> m_weights;
};

} // namespace orderlab::ui
