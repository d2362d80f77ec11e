#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace orderlab::architecture {

/// The design's directions of knowledge as functions over text, so that a test can show each one failing on a bad
/// sample. Each returns what is wrong, one line a finding: "path:line: what".
using Findings = std::vector<std::string>;

/// `source` with comments, strings and characters blanked out, line by line as before. With `keep_strings` only
/// comments go, as #include lines need their names.
std::string withoutComments(std::string_view source, bool keep_strings = false);

/// Everything that is checked on one file. `path` is relative to the repository, with '/'.
Findings checkSource(const std::string& path, std::string_view source);

/// Of a file in ui/: texts that a person reads and that no translator gets to see, as they do not go through tr().
Findings checkTexts(const std::string& path, std::string_view source);

/// `graph`: lines "target: linked;linked", as CMake knows them.
Findings checkLinks(std::string_view graph);

/// The code map of ARCHITECTURE.md against the same: each library has a row, which names what it links.
Findings checkMap(std::string_view document, std::string_view graph);

} // namespace orderlab::architecture
