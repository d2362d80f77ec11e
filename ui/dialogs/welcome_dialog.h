#pragma once
#include <QDialog>

class QVBoxLayout;

namespace orderlab::ui {

/// The very first start, and later Help, Welcome: three doors, over a world that can be touched at once, and three
/// things to try. GUI thread.
class WelcomeDialog final : public QDialog {
    Q_OBJECT
public:
    explicit WelcomeDialog(QWidget* parent);

Q_SIGNALS:
    void watchWanted();
    void realWanted();
    void learnWanted();
    /// One of the things to try, from 0.
    void tryWanted(int what);

private:
    void addDoor(QVBoxLayout* column, const char* object, const QString& title, const QString& text,
                 void (WelcomeDialog::*wanted)());
    void addTrials(QVBoxLayout* column);
};

} // namespace orderlab::ui
