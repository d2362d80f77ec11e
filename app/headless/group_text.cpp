#include "headless/group_text.h"

#include "headless/json_text.h"
#include "headless/text_table.h"

#include <cstdio>

namespace orderlab {

namespace {

/// "0.250 s"; "-" where nothing waits, "?" where it is not known.
std::string waitText(const JsonNode& partition)
{
    const JsonNode& seconds = in(partition, "lag_seconds");
    if (numberIn(partition, "lag") == 0)
        return "-";
    if (seconds.type != JsonType::Number)
        return "?";
    char text[32];
    std::snprintf(text, sizeof text, "%.3f s", std::atof(seconds.text.c_str()));
    return text;
}

} // namespace

std::string groupsText(const JsonNode& groups)
{
    std::vector<TableRow> rows{{"GROUP", "TOPIC", "MEMBER", "PARTITION", "COMMITTED", "END", "LAG", "WAITING"}};
    for (const JsonNode& group : groups.items) {
        for (const JsonNode& partition : in(group, "partitions").items) {
            const std::string member = textIn(partition, "member");
            const char* const nobody = in(group, "members_unknown").text == "true" ? "(unknown)" : "(nobody)";
            rows.push_back({textIn(group, "group"), textIn(partition, "topic"), member.empty() ? nobody : member,
                            textIn(partition, "partition"), textIn(partition, "committed"), textIn(partition, "end"),
                            textIn(partition, "lag"), waitText(partition)});
        }
    }
    std::string notes;
    for (const JsonNode& group : groups.items) {
        if (in(group, "members_unknown").text == "true")
            notes += textIn(group, "group") + ": members unknown (consumer protocol)\n";
        for (const JsonNode& partition : in(group, "partitions").items) {
            if (const std::string note = textIn(partition, "note"); !note.empty())
                notes += textIn(group, "group") + ", " + textIn(partition, "topic") + '/'
                         + textIn(partition, "partition") + ": " + note + '\n';
        }
    }
    return rows.size() == 1 ? "No group has read here.\n" : textTable(rows, 3) + notes;
}

std::string groupResetText(const JsonNode& answer)
{
    std::vector<TableRow> rows{{"TOPIC", "PARTITION", "FROM", "TO", "END", "SEEN AGAIN", "NEVER SEEN"}};
    for (const JsonNode& partition : in(answer, "partitions").items) {
        rows.push_back({textIn(partition, "topic"), textIn(partition, "partition"), textIn(partition, "from"),
                        textIn(partition, "to"), textIn(partition, "end"), textIn(partition, "seen_again"),
                        textIn(partition, "never_seen")});
    }
    return textTable(rows, 1) + textIn(answer, "group") + ": " + textIn(answer, "sentence") + '\n';
}

} // namespace orderlab
