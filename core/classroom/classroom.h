#pragma once
#include "base/mutex.h"
#include "classroom/class_records.h"
#include "classroom/token_bucket.h"
#include "journal/names.h"
#include "observe/journal_follower.h"
#include "runtime/runtime.h"

#include <deque>
#include <map>
#include <memory>
#include <unordered_map>

namespace orderlab {

/// What a class is held to.
struct ClassroomOptions {
    std::size_t students_max = 200;
    double requests_per_second = 5;    ///< Of one student, after `requests_at_once`.
    double requests_at_once = 20;      ///< What opening the page and a few quick clicks take.
    double wrong_codes_at_once = 10;   ///< Of one address; then one every six seconds, so that nobody tries them all.
    std::size_t addresses_max = 1'024; ///< Whose wrong codes are remembered.
    std::size_t orders_shown = 5;      ///< Of each student, with their stories.
    std::size_t orders_max = 5'000;    ///< Of each student in the hour.
    std::size_t questions_max = 200;
    std::size_t rounds_max = 5;  ///< Of one question.
    std::size_t streams_max = 3; ///< Pages of one student that are open at the same time.
};

/// A class: who is in it, what they have bought, what they were asked and how they voted. Knows no network: pages and
/// routes read and change it. Any thread. Everything ends with it: tokens are good for this class only.
///
/// A student is a customer under their own name. `token`s are 256 bits that cannot be guessed from other numbers that
/// are seen: digests of a secret that is drawn once. Only their digests are kept, and compared in constant time.
class Classroom final : public JournalObserver {
public:
    /// Both outlive it. `names`: of the journal that onEntries() reads.
    Classroom(Runtime& runtime, const Names& names, ClassroomOptions options = {});

    /// Six letters that cannot be mistaken for one another.
    const std::string& code() const { return m_code; }
    const ClassroomOptions& options() const { return m_options; }

    // The teacher's.
    ClassView view() const;
    /// Asks, and opens the first round. Errors: InvalidArgument; Exhausted past questions_max.
    Result<void> ask(ClassQuestion question);
    /// Opens one more round of the question. Errors: Conflict while one is open or after the reveal, Exhausted.
    Result<void> openVotes();
    /// Ends the round. Error: Conflict when none is open.
    Result<void> closeVotes();
    /// Shows everybody all rounds and what is right; ends the round that is open. Error: Conflict: nothing was asked.
    Result<void> reveal();
    /// After `in` nobody can buy or vote. Error: InvalidArgument above an hour.
    Result<void> lock(Duration in);
    void unlock();
    /// Whose newest order everybody looks at; nothing: nobody's. Error: NotFound.
    Result<void> show(std::optional<unsigned> student);
    /// Their token is good no more, and their votes do not count. Their orders stay. Error: NotFound.
    Result<void> remove(unsigned student);
    /// A row for each student, question and round, RFC 4180. `with_names`: else students have numbers only.
    std::string resultsCsv(bool with_names) const;
    /// Nobody is let in from here on, and all pages say that the class is over.
    void end();
    bool hasEnded() const;

    // The students'.
    struct Joined {
        unsigned number = 0;
        std::string token; ///< 64 hexadecimal digits. Never print it.
    };
    /// Errors: Exhausted (Later) after too many wrong codes from `address`, or when the class is full; Rejected, field
    /// "code", when it is not this one; InvalidArgument, field "name"; AlreadyExists, field "name", when another has
    /// it.
    Result<Joined> join(std::string_view code, std::string_view name, std::string_view address);
    /// Who shows this token. Counts as a request. Errors: NotFound: nobody; Exhausted (Later): too many requests.
    Result<unsigned> enter(std::string_view token);
    /// Begins to buy: what the order is to be called as a purchase. Then endPurchase(). Errors: NotFound; Conflict
    /// while locked; Exhausted past orders_max.
    struct Purchase {
        Uuid id;
        std::string customer;
        std::string key; ///< The student's idempotency key, which no other student can have.
    };
    Result<Purchase> beginPurchase(unsigned student, const Money& total, std::string_view key);
    /// `order`: what was made; null: nothing was, or it was made by an earlier request.
    void endPurchase(unsigned student, Uuid purchase, OrderId order);
    /// Votes in the open round, or changes the vote. Errors: NotFound; InvalidArgument, field "choice"; Conflict while
    /// locked or when no round is open.
    Result<void> vote(unsigned student, std::size_t choice);
    /// Error: NotFound: they were removed, or the class is over.
    Result<StudentView> viewOf(unsigned student) const;
    /// Nothing: they were removed, or the class is over.
    std::optional<PagePlace> placeOf(unsigned student) const;
    /// A page is open; false: they have too many. Each true needs a closeStream().
    bool openStream(unsigned student);
    void closeStream(unsigned student);

    void onEntries(std::span<const Entry> entries, std::uint64_t first) override;

private:
    struct Bought {
        ClassOrder order;
        unsigned student = 0;
        OrderId id = {}; ///< Null until it is accepted.
    };
    struct Student {
        unsigned number = 0;
        std::string name, token_digest;
        TokenBucket requests;
        ClassCounts counts;
        unsigned orders_begun = 0;
        std::deque<std::shared_ptr<Bought>> orders; ///< The newest last; at most orders_shown.
        std::map<std::pair<std::size_t, std::size_t>, std::size_t> votes = {}; ///< Choices by question and round.
        PagePlace place{1, 1, 1};
        std::size_t streams = 0;
    };
    struct Asked {
        ClassQuestion question;
        std::size_t rounds = 1;
        bool is_open = true, is_revealed = false;
    };

    Student* find(unsigned number) ORDERLAB_REQUIRES(m_mutex);
    const Student* find(unsigned number) const ORDERLAB_REQUIRES(m_mutex);
    bool isLocked(TimePoint now) const ORDERLAB_REQUIRES(m_mutex);
    ClassBoard board(TimePoint now, bool with_tally) const ORDERLAB_REQUIRES(m_mutex);
    std::optional<std::size_t> voteOf(const Student& student) const ORDERLAB_REQUIRES(m_mutex);
    void touchBoards() ORDERLAB_REQUIRES(m_mutex);
    void touchShown(unsigned student) ORDERLAB_REQUIRES(m_mutex);
    bool mayTryCode(std::string_view address, TimePoint now) ORDERLAB_REQUIRES(m_mutex);
    void accept(const Entry& entry) ORDERLAB_REQUIRES(m_mutex);
    void attach(const std::shared_ptr<Bought>& bought, const Uuid& order) ORDERLAB_REQUIRES(m_mutex);
    void take(Bought& bought, const Entry& entry) ORDERLAB_REQUIRES(m_mutex);

    Runtime& m_runtime;
    const Names& m_names;
    const ClassroomOptions m_options;
    const std::string m_secret;
    const std::string m_code;
    mutable Mutex m_mutex;
    std::map<unsigned, Student> m_students ORDERLAB_GUARDED_BY(m_mutex);
    unsigned m_joined ORDERLAB_GUARDED_BY(m_mutex) = 0;                                         ///< Ever.
    std::map<std::string, TokenBucket, std::less<>> m_wrong_codes ORDERLAB_GUARDED_BY(m_mutex); ///< By address.
    std::vector<Asked> m_asked ORDERLAB_GUARDED_BY(m_mutex);
    std::optional<TimePoint> m_locks_at ORDERLAB_GUARDED_BY(m_mutex);
    std::optional<unsigned> m_shown ORDERLAB_GUARDED_BY(m_mutex);
    bool m_has_ended ORDERLAB_GUARDED_BY(m_mutex) = false;
    std::unordered_map<Uuid, std::shared_ptr<Bought>, UuidHash>
        m_purchases ORDERLAB_GUARDED_BY(m_mutex); ///< Not accepted.
    std::unordered_map<Uuid, std::shared_ptr<Bought>, UuidHash> m_orders ORDERLAB_GUARDED_BY(m_mutex);
    /// Entries of orders that are not known (yet): some come before the acceptance.
    std::deque<Entry> m_recent ORDERLAB_GUARDED_BY(m_mutex);
};

} // namespace orderlab
