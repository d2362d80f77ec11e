#include "headless/recording_text.h"

namespace orderlab {

std::vector<std::string> whatIsMissing(const std::string& file, const Recording& recording)
{
    std::vector<std::string> lines;
    for (const Recording::Damage& damage : recording.damages)
        lines.push_back(file + ": " + std::to_string(damage.bytes) + " bytes from byte " + std::to_string(damage.offset)
                        + " on are damaged and were left out; entries-missed tells where entries are missing");
    if (recording.is_cut_short) {
        const std::size_t count = recording.entries.size();
        std::string line = file + " was cut short within entry " + std::to_string(count + 1 + recording.unknown_kinds);
        if (count > 0)
            line += ", after " + toRfc3339(fromMicros(recording.entries.back().time_us));
        lines.push_back(line + ": what happened later is not in it.");
    }
    return lines;
}

} // namespace orderlab
