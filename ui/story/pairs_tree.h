#pragma once
#include <QTreeWidget>

#include <vector>

namespace orderlab::ui {

/// Names and values below each other, as high as they need: it never scrolls by itself. Ctrl+C copies a line. GUI
/// thread.
class PairsTree : public QTreeWidget {
    Q_OBJECT
public:
    explicit PairsTree(QWidget* parent);
    void setPairs(const std::vector<std::pair<QString, QString>>& pairs);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    /// As high as all rows that are open.
    void fitHeight();

private:
    void showColours();
};

} // namespace orderlab::ui
