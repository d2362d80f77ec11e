#pragma once
#include <QString>

#include <string_view>

namespace orderlab::test {

inline QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

} // namespace orderlab::test
