#pragma once
#include <QDialog>

class QVBoxLayout;

namespace orderlab::ui {

/// The very first start: three doors, over a world that can be touched at once. GUI thread.
class WelcomeDialog final : public QDialog {
    Q_OBJECT
public:
    explicit WelcomeDialog(QWidget* parent);

Q_SIGNALS:
    void watchWanted();
    void realWanted();
    void learnWanted();

private:
    void addDoor(QVBoxLayout* column, const char* object, const QString& title, const QString& text,
                 void (WelcomeDialog::*wanted)());
};

} // namespace orderlab::ui
