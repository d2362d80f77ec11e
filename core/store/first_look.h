#pragma once
#include "runtime/task.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace orderlab {

/// What a first look is about.
enum class LookFor : std::uint8_t { HandledEvent, IdempotencyKey };
inline constexpr int look_for_count = 2;

enum class Sight : std::uint8_t {
    Unknown, ///< Nobody can tell just now.
    NotSeen, ///< None of the names was remembered. They may have been, and be forgotten.
    Seen,    ///< Some of them were remembered. By whom is not sure.
};

/// What the store said afterwards.
enum class LookMistake : std::uint8_t {
    Forgotten,   ///< NotSeen, but the store knows it.
    Unconfirmed, ///< Seen, but the store does not know it.
};

/// A fast memory of what the store has, which may forget, lag, be away, or be wrong. It is a hint: its answer only
/// decides what the store is asked first. After NotSeen the caller may write at once, where a unique key of the store
/// refuses what is there already and nothing has left the transaction by then; after Seen and Unknown it asks the
/// store. So no answer, right or wrong, changes what happens. Any thread.
class FirstLook {
public:
    virtual ~FirstLook() = default;
    /// Never fails, and takes a few milliseconds at most. `names` are one question: at least one, at most names_max.
    virtual Task<Sight> look(LookFor what, std::vector<std::string> names) = 0;
    /// Call it only after the store has committed. Never waits; names may be dropped.
    virtual void remember(LookFor what, std::vector<std::string> names) = 0;
    /// Counts an answer that the store did not confirm.
    virtual void tell(LookFor what, LookMistake mistake) = 0;

    static constexpr std::size_t names_max = 1'024; ///< Of one question: more than any batch of a worker has.
};

} // namespace orderlab
