#pragma once
#include <QWidget>

class QLineEdit;

namespace orderlab::ui {

class Worlds;

/// The seed of the world that is shown, to be typed or thrown. GUI thread.
class SeedField final : public QWidget {
    Q_OBJECT
public:
    explicit SeedField(Worlds& worlds, QWidget* parent = nullptr);

private:
    void refresh();
    void take();

    Worlds& m_worlds;
    QLineEdit* m_seed;
};

} // namespace orderlab::ui
