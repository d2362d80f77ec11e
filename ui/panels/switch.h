#pragma once
#include <QAbstractButton>
#include <QVariantAnimation>

namespace orderlab::ui {

/// A switch with its name to the right of it: on or off at once, nothing to confirm. Click anywhere on it, or Space or
/// Enter. Screen readers hear a check box. GUI thread.
class Switch final : public QAbstractButton {
    Q_OBJECT
public:
    explicit Switch(const QString& text, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void move();

    QVariantAnimation m_way; ///< Of the knob: 0 off, 1 on.
};

} // namespace orderlab::ui
