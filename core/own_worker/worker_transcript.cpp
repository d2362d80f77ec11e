#include "own_worker/worker_transcript.h"

#include <algorithm>

namespace orderlab {

void WorkerTranscript::add(std::string_view member, bool is_from_worker, std::string_view text)
{
    if (m_bytes >= bytes_max)
        return;
    m_lines.push_back({std::string(member), is_from_worker, std::string(text)});
    m_bytes += sizeof(Line) + member.size() + text.size();
}

std::optional<WorkerTranscript::Difference> WorkerTranscript::compare(const WorkerTranscript& first,
                                                                      const WorkerTranscript& second)
{
    const auto [a, b] =
        std::mismatch(first.m_lines.begin(), first.m_lines.end(), second.m_lines.begin(), second.m_lines.end());
    const bool first_ends = a == first.m_lines.end(), second_ends = b == second.m_lines.end();
    if (first_ends && second_ends)
        return std::nullopt;
    if ((first_ends && first.m_bytes >= bytes_max) || (second_ends && second.m_bytes >= bytes_max))
        return std::nullopt;
    Difference difference;
    difference.line = std::size_t(a - first.m_lines.begin()) + 1;
    difference.member = first_ends ? b->member : a->member;
    difference.first = first_ends ? std::string() : a->text;
    difference.second = second_ends ? std::string() : b->text;
    const auto before = std::find_if(std::make_reverse_iterator(a), first.m_lines.rend(), [&](const Line& line) {
        return !line.is_from_worker && line.member == difference.member;
    });
    if (before != first.m_lines.rend())
        difference.before = before->text;
    return difference;
}

} // namespace orderlab
