#pragma once
#include "domain/event.h"
#include "journal/names.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace orderlab::samples {

/// Makes entries from lines such as
///   14.2 gateway-charged o1 =EUR
///   14.3 event-handled o1 e11 @order-created/0:7 payment-1 #2
/// Time in seconds, kind, then in any order: oN order, eN event, pN purchase, @topic/partition:offset, GROUP-N member
/// of orderlab.GROUP, ^NAME another actor, #N attempt, $N value, and last =DETAIL up to the line's end. A line may hold
/// several entries, divided by ';'. Throws std::invalid_argument for what is none of these.
class JournalStory {
public:
    explicit JournalStory(Names& names) : m_names(names) {}

    static OrderId order(std::uint64_t number) { return OrderId{Uuid{0x0190000000007000ull, number}}; }
    static EventId event(std::uint64_t number) { return EventId{Uuid{0x0190000000007111ull, number}}; }

    std::vector<Entry> read(const std::string& text) const
    {
        std::vector<Entry> entries;
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line, '\n');) {
            std::istringstream parts(line);
            for (std::string part; std::getline(parts, part, ';');) {
                if (part.find_first_not_of(' ') != std::string::npos)
                    entries.push_back(readOne(part));
            }
        }
        return entries;
    }

private:
    Entry readOne(const std::string& text) const
    {
        Entry entry;
        const std::size_t detail = text.find(" =");
        if (detail != std::string::npos)
            entry.detail = m_names.intern(trimmed(text.substr(detail + 2)));
        std::istringstream words(text.substr(0, detail));
        std::string seconds, kind;
        words >> seconds >> kind;
        entry.time_us = 1'767'225'600'000'000 + std::llround(std::stod(seconds) * 1e6);
        entry.kind = entryKindOf(kind);
        if (entry.kind == EntryKind::None)
            throw std::invalid_argument("no such kind: " + kind);
        for (std::string word; words >> word;)
            readWord(entry, word);
        return entry;
    }

    void readWord(Entry& entry, const std::string& word) const
    {
        const std::string rest = word.substr(1);
        const bool numbered = !rest.empty() && rest.find_first_not_of("0123456789") == std::string::npos;
        char topic[64] = {};
        unsigned partition = 0;
        long long offset = 0;
        if (word[0] == '@' && std::sscanf(rest.c_str(), "%63[^/]/%u:%lld", topic, &partition, &offset) >= 2) {
            entry.topic = m_names.intern(topic);
            entry.partition = std::uint16_t(partition);
            entry.offset = rest.find(':') == std::string::npos ? -1 : offset;
        } else if (word[0] == '@') {
            entry.topic = m_names.intern(rest);
        } else if (word[0] == '^') {
            entry.actor = m_names.intern(rest);
        } else if (numbered && word[0] == 'o') {
            entry.order = order(std::stoull(rest));
        } else if (numbered && word[0] == 'e') {
            entry.event = event(std::stoull(rest));
        } else if (numbered && word[0] == 'p') {
            entry.event = Uuid{0x0190000000007222ull, std::stoull(rest)};
        } else if (numbered && word[0] == '#') {
            entry.attempt = std::uint8_t(std::stoi(rest));
        } else if (numbered && word[0] == '$') {
            entry.value = std::stoi(rest);
        } else if (const std::size_t dash = word.rfind('-'); dash != std::string::npos) {
            entry.group = m_names.intern("orderlab." + word.substr(0, dash));
            entry.actor = m_names.intern(word);
        } else {
            throw std::invalid_argument("what is " + word + "?");
        }
    }

    static std::string trimmed(std::string text)
    {
        while (!text.empty() && text.back() == ' ')
            text.pop_back();
        return text;
    }

    Names& m_names;
};

} // namespace orderlab::samples
