#pragma once
#include "bus/topic_browser.h"

namespace orderlab {

// Records of a topic, a line each. Whoever wrote them, nothing in them forges a line or controls a terminal.

/// The names of the columns of recordTextLine(), and a line end.
std::string recordTextHeading();
/// Partition, offset, time, key, type and the start of the payload, and a line end.
std::string recordTextLine(const LogRecord& record);
/// One JSON object with all of a record, and a line end: topic, partition, offset, time, key, type, headers in their
/// order, value; a value that is JSON as such. What is no text is in base64, in a member with the ending "_base64".
std::string recordJsonLine(const std::string& topic, const LogRecord& record);

} // namespace orderlab
