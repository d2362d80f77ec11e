#pragma once
#include <QDialog>

namespace orderlab::ui {

/// What Orderlab is, its version and licence.
class AboutDialog final : public QDialog {
    Q_OBJECT
public:
    explicit AboutDialog(QWidget* parent = nullptr);
};

} // namespace orderlab::ui
