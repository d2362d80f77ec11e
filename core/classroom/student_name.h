#pragma once
#include "base/result.h"

#include <string>
#include <string_view>

namespace orderlab {

inline constexpr std::size_t student_name_length_max = 24; ///< Code points.

/// The name that a student is to have in the class: `typed` without blanks at its ends and with single ones inside.
/// Error: InvalidArgument, field "name": it is empty or too long, has control or bidirectional characters or ones that
/// are not seen, or is kept for the customers of the simulation ("user-poison"), whose names make orders fail.
Result<std::string> studentName(std::string_view typed);

/// Two names that only differ in the case of ASCII letters look alike on a token.
std::string foldedName(std::string_view name);

} // namespace orderlab
