#include "classroom/classroom.h"

namespace orderlab {

namespace {

/// A field of a CSV file, RFC 4180. What a spreadsheet would take for a formula begins with an apostrophe.
std::string cell(std::string text)
{
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
        text.insert(0, 1, '\'');
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted.append(c == '"' ? 2 : 1, c);
    return quoted + '"';
}

std::string letter(std::size_t choice)
{
    return {char('A' + choice)};
}

} // namespace

std::string Classroom::resultsCsv(bool with_names) const
{
    std::string csv = "student,orders,paid,failed,canceled,question,asked,round,vote,right\r\n";
    const MutexLock lock(m_mutex);
    for (const auto& [number, student] : m_students) {
        const std::string who = with_names ? cell(student.name) : "Student " + std::to_string(number);
        const ClassCounts& counts = student.counts;
        const std::string begin = who + ',' + std::to_string(counts.bought) + ',' + std::to_string(counts.paid) + ','
                                  + std::to_string(counts.failed) + ',' + std::to_string(counts.canceled) + ',';
        if (m_asked.empty())
            csv += begin + ",,,,\r\n";
        for (std::size_t question = 1; question <= m_asked.size(); ++question) {
            const Asked& asked = m_asked[question - 1];
            for (std::size_t round = 1; round <= asked.rounds; ++round) {
                const auto vote = student.votes.find({question, round});
                const bool has_voted = vote != student.votes.end();
                csv += begin + std::to_string(question) + ',' + cell(asked.question.ask) + ',' + std::to_string(round)
                       + ',' + (has_voted ? letter(vote->second) : std::string()) + ','
                       + (!asked.question.right || !has_voted     ? ""
                          : vote->second == *asked.question.right ? "yes"
                                                                  : "no")
                       + "\r\n";
            }
        }
    }
    return csv;
}

} // namespace orderlab
