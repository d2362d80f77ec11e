#pragma once
#include <QColor>
#include <QWidget>

#include <vector>

namespace orderlab::ui {

/// Short facts as coloured chips in a row. GUI thread.
class ChipRow final : public QWidget {
    Q_OBJECT
public:
    struct Chip {
        QString text;
        QColor colour, fill;
    };
    explicit ChipRow(QWidget* parent = nullptr);
    void show(std::vector<Chip> chips);
    QStringList texts() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<Chip> m_chips;
};

} // namespace orderlab::ui
