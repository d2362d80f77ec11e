#pragma once
#include <QDialog>
#include <QString>

#include <functional>
#include <vector>

class QGridLayout;
class QPainter;

namespace orderlab::ui {

/// What the marks of the event flow mean, each beside its picture. Not modal: it stays beside what it explains. GUI
/// thread.
class LegendDialog final : public QDialog {
    Q_OBJECT
public:
    /// `groups`: in the order of their cards, which have the colours and shapes of their marks.
    explicit LegendDialog(const std::vector<QString>& groups, QWidget* parent = nullptr);

private:
    using Draw = std::function<void(QPainter& painter, QPointF centre)>;
    void heading(const QString& text);
    void row(Draw draw, const QString& text);

    QGridLayout* m_rows;
};

} // namespace orderlab::ui
