#pragma once
#include <QDialog>

class QLineEdit;

namespace orderlab::ui {

/// Asks whether a dead letter is to be thrown away, and why; "no" is the answer to Enter and Escape. GUI thread.
class DiscardDialog final : public QDialog {
    Q_OBJECT
public:
    explicit DiscardDialog(const QString& what, QWidget* parent = nullptr);
    QString reason() const;

private:
    QLineEdit* m_reason;
};

} // namespace orderlab::ui
