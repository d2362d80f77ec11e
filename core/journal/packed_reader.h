#pragma once
#include "journal/recording.h"

namespace orderlab {

/// Reads a packed recording (packed_form.h) behind packed_magic's first byte, which is not read yet; see
/// readRecording(). `file` stays the caller's.
Result<Recording> readPackedRecording(std::FILE* file, const std::string& path, const RecordingLimits& limits);

} // namespace orderlab
