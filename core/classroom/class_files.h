#pragma once
#include "base/embedded_text.h"

namespace orderlab {

/// resources/classroom: what the students' pages need besides themselves, by file name ("class.css").
std::span<const EmbeddedText> classFiles();

} // namespace orderlab
