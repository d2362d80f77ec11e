#pragma once
#include "base/error.h"
#include "base/mutex.h"
#include "journal/entry.h"

#include <array>
#include <atomic>
#include <string>
#include <unordered_map>

namespace orderlab {

/// What a name is, so that what comes from outside leaves room for the words that everything is told in.
enum class NameUse : std::uint8_t {
    Word, ///< Groups, members, topics, statuses, faults, guarantees, currencies.
    Customer,
    Text, ///< Errors and reasons.
};
inline constexpr std::size_t name_use_count = 3;

/// The journal's table of names. Any thread. Bounded at 65,536 names: 40,000 customers, 16,000 texts and the rest for
/// words. Further ones become "(another customer)", "(another text)" and "(other)". Looking a number up takes no lock,
/// nor does interning a name that this thread has interned lately.
class Names {
public:
    static constexpr std::size_t customers_max = 40'000;
    static constexpr std::size_t texts_max = 16'000;

    Names();
    ~Names();
    Names(const Names&) = delete;
    Names& operator=(const Names&) = delete;

    /// `use` counts for a name that is new.
    NameId intern(std::string_view name, NameUse use = NameUse::Word);
    /// The error's message as a text. Its code stays beside it, also where there is no room for another text: then all
    /// errors with this code have one name.
    NameId internError(const Error& error);
    /// The code of the latest error with this name; nothing: it was no error.
    std::optional<ErrorCode> errorCode(NameId id) const;
    /// Takes all names of `other`, which is at rest, under the same numbers. This table has to be new.
    void copy(const Names& other);
    /// Valid as long as the table. "" for a number that was never given out.
    std::string_view text(NameId id) const;
    std::size_t size() const;

private:
    struct Name;
    NameId internShared(std::string_view name, NameUse use);
    NameId add(std::string_view name, NameUse use) ORDERLAB_REQUIRES(m_mutex);
    Name* find(NameId id) const;

    static constexpr std::size_t capacity = 65'536;
    static constexpr std::size_t block_size = 256;
    struct Name {
        std::string text;                   ///< Written before m_size says that it is there.
        std::atomic<std::uint8_t> error{0}; ///< An ErrorCode, counted from 1; 0: it is no error.
    };
    using Block = std::array<Name, block_size>;
    const std::uint64_t m_instance; ///< Never used twice, so that a thread's cache knows whose names it holds.
    mutable Mutex m_mutex;
    std::unordered_map<std::string_view, NameId> m_ids ORDERLAB_GUARDED_BY(m_mutex);
    std::array<std::size_t, name_use_count> m_used ORDERLAB_GUARDED_BY(m_mutex){}; ///< Names of each use.
    /// Made as they are needed: a simulation has a few dozen names.
    std::array<std::atomic<Block*>, capacity / block_size> m_blocks{};
    std::atomic<std::size_t> m_size{0};
};

} // namespace orderlab
