#pragma once
#include "base/result.h"

#include <QImage>
#include <QString>

#include <vector>

namespace orderlab::ui {

/// A QR code (ISO/IEC 18004) of a text, with the middling error correction M. A value.
class QrCode {
public:
    /// What version 25 holds, of 117 modules a side: more is too fine for a phone in front of a screen.
    static constexpr qsizetype bytes_max = 997;
    static constexpr int quiet_modules = 4; ///< White around it, as the standard asks for.

    /// Error: Exhausted past bytes_max of UTF-8, with both numbers.
    static Result<QrCode> of(const QString& text);

    /// A side, without the quiet zone.
    int modules() const { return m_modules; }
    bool isDark(int x, int y) const { return m_dark[std::size_t(y) * std::size_t(m_modules) + std::size_t(x)]; }
    /// Black on white with the quiet zone, `pixels` (from 1) a module.
    QImage image(int pixels) const;

private:
    int m_modules = 0;
    std::vector<bool> m_dark; ///< Row by row.
};

} // namespace orderlab::ui
