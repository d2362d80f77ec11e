#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orderlab {

/// What Orderlab and the processes of own workers said to each other in a simulated run, in order. One thread.
class WorkerTranscript {
public:
    static constexpr std::size_t bytes_max = std::size_t{32} << 20; ///< What comes later is not kept.

    struct Line {
        std::string member;
        bool is_from_worker = false;
        std::string text;
        bool operator==(const Line&) const = default;
    };
    /// Where two runs of one seed first differ.
    struct Difference {
        std::size_t line = 0; ///< From 1, of the transcript.
        std::string member;
        std::string first, second; ///< What was said; empty: nothing more.
        std::string before;        ///< What Orderlab had said to this member last; empty: nothing.
    };

    void add(std::string_view member, bool is_from_worker, std::string_view text);
    const std::vector<Line>& lines() const { return m_lines; }

    /// Nothing: they are the same, as far as they were kept.
    static std::optional<Difference> compare(const WorkerTranscript& first, const WorkerTranscript& second);

private:
    std::vector<Line> m_lines;
    std::size_t m_bytes = 0;
};

} // namespace orderlab
