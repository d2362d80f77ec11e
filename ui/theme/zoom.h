#pragma once
#include <QHash>
#include <QObject>

#include <span>

class QScreen;

namespace orderlab::ui {

/// How large everything is, in per cent of what the desktop asks for: words, paddings, pictures and charts of all
/// windows and dialogs, as sharp as without it. One for the program. GUI thread.
///
/// It changes the factor from device-independent to device pixels with which Qt serves displays of a high resolution,
/// so that no part of the window knows of it. A window keeps its size on the screen; what is inside gets less room.
class Zoom final : public QObject {
    Q_OBJECT
public:
    static Zoom& instance();
    /// Those that next() goes through, from the smallest on.
    static std::span<const int> steps();
    static constexpr int percent_min = 80, percent_max = 200;

    int percent() const { return m_percent; }
    double factor() const { return m_percent / 100.0; }
    /// The nearest one that is allowed.
    void set(int percent);
    /// The step after this one (1) or before it (-1); this one where there is none.
    int next(int direction) const;

Q_SIGNALS:
    void changed(int percent);

private:
    Zoom();
    void apply();
    void applyTo(QScreen* screen);

    int m_percent = 100;
    QHash<QString, double> m_asked; ///< By each screen's name: what the desktop asks for.
};

} // namespace orderlab::ui
