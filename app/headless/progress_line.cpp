#include "headless/progress_line.h"

#include <cstdio>
#include <unistd.h>

namespace orderlab {

ProgressLine::ProgressLine() : m_is_terminal(isatty(STDERR_FILENO) != 0) {}

void ProgressLine::show(const std::string& text)
{
    if (!m_is_terminal)
        return;
    const std::size_t pad = m_shown > text.size() ? m_shown - text.size() : 0;
    std::fprintf(stderr, "\r%s%*s", text.c_str(), int(pad), "");
    std::fflush(stderr);
    m_shown = text.size();
}

void ProgressLine::clear()
{
    if (m_shown > 0)
        std::fprintf(stderr, "\r%*s\r", int(m_shown), "");
    m_shown = 0;
}

} // namespace orderlab
