#pragma once
#include "ui/theme/palette.h"

#include <QFont>
#include <QObject>

namespace orderlab::ui {

/// Metrics that panels share, in device-independent pixels.
namespace metrics {
inline constexpr int margin = 16;
inline constexpr int toolbar_height = 52;
inline constexpr int left_width = 276;
inline constexpr int right_width = 324;
inline constexpr int row_height = 24;
} // namespace metrics

/// The window's look: which palette, which fonts, the style sheet made from both. One for the program, as style sheet
/// and palette are the application's. GUI thread.
class Theme final : public QObject {
    Q_OBJECT
public:
    static Theme& instance();

    /// Never System.
    ThemeName current() const { return m_current; }
    /// What set() was called with last.
    ThemeName chosen() const { return m_chosen; }
    const Palette& palette() const { return paletteOf(m_current); }
    /// Applies to every window at once, then changed(). With System, also whenever the desktop changes its mind.
    void set(ThemeName theme);

    /// Inter where it is installed, else the desktop's sans serif. `pixels` is device independent.
    static QFont textFont(double pixels, QFont::Weight weight = QFont::Normal);
    /// JetBrains Mono where it is installed, else the desktop's fixed font. Digits line up.
    static QFont monoFont(double pixels, QFont::Weight weight = QFont::Normal);
    /// For headings in capitals, with their wider spacing.
    static QFont headingFont();

Q_SIGNALS:
    void changed();

private:
    Theme();
    void apply();
    ThemeName m_chosen = ThemeName::Dark;
    ThemeName m_current = ThemeName::Dark;
};

inline const Palette& colours()
{
    return Theme::instance().palette();
}

} // namespace orderlab::ui
