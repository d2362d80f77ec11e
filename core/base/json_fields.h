#pragma once
#include "base/json_tree.h"
#include "base/time.h"

#include <concepts>
#include <limits>

namespace orderlab {

/// Reads the members of one JSON object into fields, and notes everything that is wrong with them, so that a person is
/// told all at once. A member that is absent leaves its field as it is. One thread.
///
/// Call finish() last: it notes the members that nobody asked for.
class JsonFields {
public:
    /// `path`: how people name the object ("orders", "faults[2]"); "": the whole text. Both must outlive this.
    JsonFields(const JsonNode& node, std::string path, std::vector<JsonProblem>& problems);

    /// Null when absent, or when the node is no object (which is noted).
    const JsonNode* take(std::string_view name);
    /// As take(), and notes when it is absent.
    const JsonNode* require(std::string_view name);

    void boolean(std::string_view name, bool& out);
    /// From `size_min` to `size_max` bytes.
    void string(std::string_view name, std::string& out, std::size_t size_min, std::size_t size_max);
    void number(std::string_view name, double& out, double min, double max);
    template <std::unsigned_integral Number>
    void integer(std::string_view name, Number& out, std::uint64_t min, std::uint64_t max)
    {
        std::uint64_t value = 0;
        if (readInteger(name, value, min, max))
            out = Number(value);
    }
    void milliseconds(std::string_view name, Duration& out, Duration min, Duration max);
    void seconds(std::string_view name, Duration& out, Duration min, Duration max);

    /// Calls `read(item, path)` for each item of an array of at most `count_max`.
    template <typename Read>
    void array(std::string_view name, std::size_t count_max, Read read)
    {
        const JsonNode* node = takeArray(name, count_max);
        for (std::size_t i = 0; node && i < node->items.size(); ++i)
            read(node->items[i], pathOf(name) + '[' + std::to_string(i) + ']');
    }

    std::string pathOf(std::string_view name) const;
    void note(std::size_t offset, std::string_view name, std::string reason);
    /// At the member's value; at the object when there is none.
    void note(std::string_view name, std::string reason);
    void finish();

private:
    bool readInteger(std::string_view name, std::uint64_t& out, std::uint64_t min, std::uint64_t max);
    void duration(std::string_view name, Duration& out, Duration min, Duration max, double unit_us);
    const JsonNode* takeArray(std::string_view name, std::size_t count_max);

    const JsonNode& m_node;
    const std::string m_path;
    std::vector<JsonProblem>& m_problems;
    std::vector<std::string> m_known;
};

/// 1e3 and 1000.0 are whole numbers, too. Nothing for others, and for what is spelled so and cannot be exact.
std::optional<std::uint64_t> wholeNumberOf(const JsonNode& node);

/// "3", "0.25": as few digits as needed.
std::string numberText(double value);

/// A duration in JSON: in whole or broken units of `unit_us` microseconds.
JsonNode durationNode(Duration duration, double unit_us);

} // namespace orderlab
