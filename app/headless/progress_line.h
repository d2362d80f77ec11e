#pragma once
#include <string>

namespace orderlab {

/// One line on a terminal's standard error that is written over and over; nothing where that is no terminal.
class ProgressLine {
public:
    ProgressLine();
    ~ProgressLine() { clear(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(const std::string& text);
    /// To be called before anything else is written.
    void clear();

private:
    const bool m_is_terminal;
    std::size_t m_shown = 0; ///< Bytes to wipe.
};

} // namespace orderlab
