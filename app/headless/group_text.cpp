#include "headless/group_text.h"

#include "headless/json_text.h"

#include <algorithm>
#include <cstdio>
#include <vector>

namespace orderlab {

namespace {

using Row = std::vector<std::string>;

/// Columns as wide as what is in them; from `first_number` on they are numbers, which stand right.
std::string table(const std::vector<Row>& rows, std::size_t first_number)
{
    std::vector<std::size_t> widths(rows.front().size(), 0);
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    }
    std::string text;
    for (const Row& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string blanks(widths[i] - row[i].size(), ' ');
            line += (i == 0 ? "" : "  ") + (i < first_number ? row[i] + blanks : blanks + row[i]);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + '\n';
    }
    return text;
}

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
    std::vector<Row> rows{{"GROUP", "TOPIC", "MEMBER", "PARTITION", "COMMITTED", "END", "LAG", "WAITING"}};
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
    return rows.size() == 1 ? "No group has read here.\n" : table(rows, 3) + notes;
}

std::string groupResetText(const JsonNode& answer)
{
    std::vector<Row> rows{{"TOPIC", "PARTITION", "FROM", "TO", "END", "SEEN AGAIN", "NEVER SEEN"}};
    for (const JsonNode& partition : in(answer, "partitions").items) {
        rows.push_back({textIn(partition, "topic"), textIn(partition, "partition"), textIn(partition, "from"),
                        textIn(partition, "to"), textIn(partition, "end"), textIn(partition, "seen_again"),
                        textIn(partition, "never_seen")});
    }
    return table(rows, 1) + textIn(answer, "group") + ": " + textIn(answer, "sentence") + '\n';
}

} // namespace orderlab
