#pragma once
#include "base/result.h"
#include "journal/recording.h"

#include <string>

namespace boost::json {
class object;
}

namespace orderlab {

/// The header of both forms of journal files, as one line with its line end.
std::string recordingHeaderLine(const RecordingHeader& header);
/// Reads it: `object` is what `line` says. Error: Corrupt with the field to blame.
Result<RecordingHeader> recordingHeaderOf(const boost::json::object& object, std::string_view line);

/// Levels of JSON in a journal file. A scenario in the header needs five.
inline constexpr int recording_depth_max = 8;

} // namespace orderlab
