#include "classroom/classroom.h"

#include "base/sha256.h"
#include "classroom/student_name.h"

#include <openssl/crypto.h>

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::size_t recent_entries_max = 4'096; ///< About three seconds of a busy class.
constexpr Duration lock_max = std::chrono::hours{1};
constexpr double seconds_per_wrong_code = 6;

std::string drawSecret(Runtime& runtime)
{
    std::string secret;
    for (int i = 0; i < 8; ++i)
        secret += std::to_string(runtime.random()) + '.';
    return sha256Hex(secret);
}

/// Without I and O, which look like digits, and without Q, U and V, which look like O and each other.
std::string codeOf(const std::string& secret)
{
    constexpr std::string_view letters = "ABCDEFGHJKLMNPRSTWXYZ";
    const std::string digest = sha256Hex(secret + " code");
    std::string code;
    for (std::size_t i = 0; i < 6; ++i)
        code += letters[std::stoull(digest.substr(i * 8, 8), nullptr, 16) % letters.size()];
    return code;
}

/// As it is typed: in any case, with blanks and dashes.
std::string typedCode(std::string_view text)
{
    std::string code;
    for (const char c : text.substr(0, 32)) {
        if (c >= 'a' && c <= 'z')
            code += char(c - 'a' + 'A');
        else if (c != ' ' && c != '-')
            code += c;
    }
    return code;
}

/// In constant time; digests, as they are of one length.
bool isSame(const std::string& digest, const std::string& other)
{
    return digest.size() == other.size() && CRYPTO_memcmp(digest.data(), other.data(), digest.size()) == 0;
}

Error noStudent()
{
    return {ErrorCode::NotFound, Retry::Never, "there is no such student in this class", {}};
}

Error lockedError()
{
    return {ErrorCode::Conflict, Retry::Later, "the class is locked for a moment", {}};
}

} // namespace

Classroom::Classroom(Runtime& runtime, const Names& names, ClassroomOptions options)
    : m_runtime(runtime), m_names(names), m_options(options), m_secret(drawSecret(runtime)), m_code(codeOf(m_secret))
{}

Classroom::Student* Classroom::find(unsigned number)
{
    const auto at = m_students.find(number);
    return at == m_students.end() || m_has_ended ? nullptr : &at->second;
}

const Classroom::Student* Classroom::find(unsigned number) const
{
    const auto at = m_students.find(number);
    return at == m_students.end() || m_has_ended ? nullptr : &at->second;
}

bool Classroom::isLocked(TimePoint now) const
{
    return m_locks_at && now >= *m_locks_at;
}

std::optional<std::size_t> Classroom::voteOf(const Student& student) const
{
    if (m_asked.empty())
        return {};
    const auto at = student.votes.find({m_asked.size(), m_asked.back().rounds});
    return at == student.votes.end() ? std::nullopt : std::optional(at->second);
}

ClassBoard Classroom::board(TimePoint now, bool with_tally) const
{
    ClassBoard board;
    board.is_locked = isLocked(now);
    if (m_locks_at && !board.is_locked)
        board.locks_in = *m_locks_at - now;
    if (m_asked.empty())
        return board;
    const Asked& asked = m_asked.back();
    board.asked = m_asked.size();
    board.question = asked.question;
    board.round = asked.rounds;
    board.phase = asked.is_revealed ? ClassPhase::Revealed
                  : asked.is_open   ? ClassPhase::Voting
                                    : ClassPhase::Discussing;
    if (!with_tally && !asked.is_revealed) {
        board.question.right.reset();
        board.question.reason.clear();
        return board;
    }
    board.tally.assign(asked.rounds, std::vector<std::size_t>(asked.question.choices.size()));
    for (const auto& [number, student] : m_students) {
        for (std::size_t round = 1; round <= asked.rounds; ++round) {
            if (const auto at = student.votes.find({m_asked.size(), round}); at != student.votes.end())
                ++board.tally[round - 1][at->second];
        }
    }
    return board;
}

ClassView Classroom::view() const
{
    const MutexLock lock(m_mutex);
    ClassView view{m_code, board(m_runtime.now(), true), {}, m_shown};
    if (const Student* shown = m_shown ? find(*m_shown) : nullptr; shown && !shown->orders.empty())
        view.shown_order = shown->orders.back()->id;
    for (const auto& [number, student] : m_students)
        view.students.push_back({number, student.name, student.streams > 0, student.counts, voteOf(student)});
    return view;
}

void Classroom::touchBoards()
{
    for (auto& [number, student] : m_students)
        ++student.place.board;
}

void Classroom::touchShown(unsigned student)
{
    if (m_shown != student)
        return;
    for (auto& [number, other] : m_students)
        ++other.place.shown;
}

Result<void> Classroom::ask(ClassQuestion question)
{
    ORDERLAB_TRY(return, question.validate());
    const MutexLock lock(m_mutex);
    if (m_asked.size() >= m_options.questions_max)
        return Error{ErrorCode::Exhausted, Retry::Never, "this class has had as many questions as it can have", {}};
    m_asked.push_back({std::move(question)});
    touchBoards();
    return {};
}

Result<void> Classroom::openVotes()
{
    const MutexLock lock(m_mutex);
    if (m_asked.empty())
        return Error{ErrorCode::Conflict, Retry::Never, "nothing has been asked yet", {}};
    Asked& asked = m_asked.back();
    if (asked.is_open || asked.is_revealed)
        return Error{ErrorCode::Conflict,
                     Retry::Never,
                     asked.is_open ? "a round of votes is open" : "the votes have been shown: ask anew",
                     {}};
    if (asked.rounds >= m_options.rounds_max)
        return Error{ErrorCode::Exhausted, Retry::Never, "this question has had as many rounds as it can have", {}};
    ++asked.rounds;
    asked.is_open = true;
    touchBoards();
    return {};
}

Result<void> Classroom::closeVotes()
{
    const MutexLock lock(m_mutex);
    if (m_asked.empty() || !m_asked.back().is_open)
        return Error{ErrorCode::Conflict, Retry::Never, "no round of votes is open", {}};
    m_asked.back().is_open = false;
    touchBoards();
    return {};
}

Result<void> Classroom::reveal()
{
    const MutexLock lock(m_mutex);
    if (m_asked.empty())
        return Error{ErrorCode::Conflict, Retry::Never, "nothing has been asked yet", {}};
    m_asked.back().is_open = false;
    m_asked.back().is_revealed = true;
    touchBoards();
    return {};
}

Result<void> Classroom::lock(Duration in)
{
    if (in < Duration{0} || in > lock_max)
        return invalidArgument("in_seconds", "must be from 0 to 3600");
    const MutexLock lock(m_mutex);
    m_locks_at = m_runtime.now() + in;
    touchBoards();
    return {};
}

void Classroom::unlock()
{
    const MutexLock lock(m_mutex);
    m_locks_at.reset();
    touchBoards();
}

Result<void> Classroom::show(std::optional<unsigned> student)
{
    const MutexLock lock(m_mutex);
    if (student && !m_students.contains(*student))
        return noStudent();
    m_shown = student;
    for (auto& [number, one] : m_students)
        ++one.place.shown;
    return {};
}

Result<void> Classroom::remove(unsigned student)
{
    const MutexLock lock(m_mutex);
    const auto at = m_students.find(student);
    if (at == m_students.end())
        return noStudent();
    touchShown(student);
    if (m_shown == student)
        m_shown.reset();
    m_students.erase(at);
    touchBoards(); // Their votes are gone from the chart.
    return {};
}

void Classroom::end()
{
    const MutexLock lock(m_mutex);
    m_has_ended = true;
}

bool Classroom::hasEnded() const
{
    const MutexLock lock(m_mutex);
    return m_has_ended;
}

bool Classroom::mayTryCode(std::string_view address, TimePoint now)
{
    if (m_wrong_codes.size() >= m_options.addresses_max)
        std::erase_if(m_wrong_codes, [now](const auto& entry) { return entry.second.isFull(now); });
    const auto at = m_wrong_codes.find(address);
    if (at != m_wrong_codes.end())
        return at->second.hasSome(now);
    return m_wrong_codes.size() < m_options.addresses_max; // So many at once are no class.
}

Result<Classroom::Joined> Classroom::join(std::string_view code, std::string_view typed_name, std::string_view address)
{
    const TimePoint now = m_runtime.now();
    const std::string digest = sha256Hex(typedCode(code));
    const MutexLock lock(m_mutex);
    if (m_has_ended)
        return Error{ErrorCode::NotFound, Retry::Never, "this class is over", {}};
    if (!mayTryCode(address, now))
        return Error{ErrorCode::Exhausted, Retry::Later, "too many wrong codes: wait for a few seconds", "code"};
    if (!isSame(digest, sha256Hex(m_code))) {
        m_wrong_codes.try_emplace(std::string(address), m_options.wrong_codes_at_once, 1 / seconds_per_wrong_code)
            .first->second.take(now);
        return Error{ErrorCode::Rejected, Retry::Never, "this is not the code of the class", "code"};
    }
    auto name = studentName(typed_name);
    if (!name)
        return name.error();
    if (m_students.size() >= m_options.students_max)
        return Error{ErrorCode::Exhausted, Retry::Later, "the class is full", {}};
    const bool is_taken = std::any_of(m_students.begin(), m_students.end(), [&](const auto& entry) {
        return foldedName(entry.second.name) == foldedName(*name);
    });
    if (is_taken)
        return Error{ErrorCode::AlreadyExists, Retry::Never, "somebody in this class has this name", "name"};
    const unsigned number = ++m_joined;
    const std::string token = sha256Hex(m_secret + " student " + std::to_string(number));
    m_students.emplace(number, Student{number,
                                       std::move(*name),
                                       sha256Hex(token),
                                       {m_options.requests_at_once, m_options.requests_per_second},
                                       {},
                                       0,
                                       {}});
    return Joined{number, token};
}

Result<unsigned> Classroom::enter(std::string_view token)
{
    const std::string digest = sha256Hex(token);
    const MutexLock lock(m_mutex);
    Student* found = nullptr;
    for (auto& [number, student] : m_students) { // All of them, so that time tells nothing.
        if (isSame(digest, student.token_digest))
            found = &student;
    }
    if (!found || m_has_ended)
        return noStudent();
    if (!found->requests.take(m_runtime.now()))
        return Error{ErrorCode::Exhausted, Retry::Later, "too many requests: wait for a second", {}};
    return found->number;
}

Result<Classroom::Purchase> Classroom::beginPurchase(unsigned student, const Money& total, std::string_view key)
{
    const TimePoint now = m_runtime.now();
    const MutexLock lock(m_mutex);
    Student* buyer = find(student);
    if (!buyer)
        return noStudent();
    if (isLocked(now))
        return lockedError();
    if (buyer->orders_begun >= m_options.orders_max)
        return Error{ErrorCode::Exhausted, Retry::Never, "you have bought as much as a student can in one class", {}};
    auto bought = std::make_shared<Bought>();
    bought->student = student;
    bought->order.number = ++buyer->orders_begun;
    bought->order.total = total;
    bought->order.bought_at = now;
    const Uuid purchase = m_runtime.newUuid(now);
    m_purchases.emplace(purchase, bought);
    return Purchase{
        purchase, buyer->name,
        "class-"
            + sha256Hex(m_secret + std::to_string(student) + ' ' + total.amountText() + ' ' + std::string(key))
                  .substr(0, 40)};
}

void Classroom::endPurchase(unsigned, Uuid purchase, OrderId order)
{
    const MutexLock lock(m_mutex);
    const auto at = m_purchases.find(purchase);
    if (at == m_purchases.end())
        return; // The journal has told already.
    const std::shared_ptr<Bought> bought = at->second;
    m_purchases.erase(at);
    if (!order.isNull())
        attach(bought, order);
}

/// Its order is durable.
void Classroom::attach(const std::shared_ptr<Bought>& bought, const Uuid& order)
{
    bought->order.is_accepted = true;
    bought->id = OrderId(order);
    m_orders.emplace(order, bought);
    if (Student* buyer = find(bought->student)) {
        ++buyer->counts.bought;
        buyer->orders.push_back(bought);
        if (buyer->orders.size() > m_options.orders_shown) {
            buyer->orders.front()->order.entries = {};
            buyer->orders.pop_front();
        }
        ++buyer->place.orders;
        touchShown(bought->student);
    }
    for (const Entry& entry : m_recent) {
        if (entry.order == order)
            take(*bought, entry);
    }
    std::erase_if(m_recent, [&order](const Entry& entry) { return entry.order == order; });
}

void Classroom::take(Bought& bought, const Entry& entry)
{
    Student* buyer = find(bought.student);
    const bool is_shown = buyer && std::any_of(buyer->orders.begin(), buyer->orders.end(), [&bought](const auto& one) {
                              return one.get() == &bought;
                          });
    if (is_shown && bought.order.entries.size() < ClassOrder::entries_max) {
        bought.order.entries.push_back(entry);
        ++buyer->place.orders;
        touchShown(bought.student);
    }
    if (entry.kind != EntryKind::StatusChanged)
        return;
    const auto status = orderStatusOf(m_names.text(entry.detail));
    if (!status || isFinal(bought.order.status))
        return;
    bought.order.status = *status;
    if (!buyer)
        return;
    ClassCounts& counts = buyer->counts;
    counts.paid += *status == OrderStatus::Paid;
    counts.failed += *status == OrderStatus::Failed;
    counts.canceled += *status == OrderStatus::Canceled;
    ++buyer->place.orders;
}

/// An order's acceptance names the purchase, which tells whose it is.
void Classroom::accept(const Entry& entry)
{
    const auto at = m_purchases.find(entry.event);
    if (at == m_purchases.end())
        return;
    const std::shared_ptr<Bought> bought = at->second;
    m_purchases.erase(at);
    attach(bought, entry.order);
}

void Classroom::onEntries(std::span<const Entry> entries, std::uint64_t)
{
    const MutexLock lock(m_mutex);
    for (const Entry& entry : entries) {
        if (entry.order.isNull())
            continue;
        if (entry.kind == EntryKind::OrderAccepted)
            accept(entry);
        if (const auto at = m_orders.find(entry.order); at != m_orders.end()) {
            take(*at->second, entry);
            continue;
        }
        if (m_purchases.empty())
            continue;
        m_recent.push_back(entry);
        if (m_recent.size() > recent_entries_max)
            m_recent.pop_front();
    }
}

Result<void> Classroom::vote(unsigned student, std::size_t choice)
{
    const TimePoint now = m_runtime.now();
    const MutexLock lock(m_mutex);
    Student* voter = find(student);
    if (!voter)
        return noStudent();
    if (m_asked.empty() || !m_asked.back().is_open)
        return Error{ErrorCode::Conflict, Retry::Later, "no round of votes is open", {}};
    if (isLocked(now))
        return lockedError();
    if (choice >= m_asked.back().question.choices.size())
        return invalidArgument("choice", "must be one of the choices");
    voter->votes[{m_asked.size(), m_asked.back().rounds}] = choice;
    ++voter->place.board;
    return {};
}

Result<StudentView> Classroom::viewOf(unsigned number) const
{
    const TimePoint now = m_runtime.now();
    const MutexLock lock(m_mutex);
    const Student* student = find(number);
    if (!student)
        return noStudent();
    StudentView view;
    view.number = number;
    view.name = student->name;
    view.board = board(now, false);
    view.vote = voteOf(*student);
    view.counts = student->counts;
    view.place = student->place;
    view.place.board = view.place.board * 2 + isLocked(now);
    for (auto at = student->orders.rbegin(); at != student->orders.rend(); ++at)
        view.orders.push_back((*at)->order);
    if (const Student* shown = m_shown ? find(*m_shown) : nullptr) {
        view.shown_name = shown->name;
        if (!shown->orders.empty())
            view.shown_order = shown->orders.back()->order;
    }
    return view;
}

std::optional<PagePlace> Classroom::placeOf(unsigned number) const
{
    const TimePoint now = m_runtime.now();
    const MutexLock lock(m_mutex);
    const Student* student = find(number);
    if (!student)
        return {};
    PagePlace place = student->place;
    place.board = place.board * 2 + isLocked(now); // The countdown ends without anybody's doing.
    return place;
}

bool Classroom::openStream(unsigned number)
{
    const MutexLock lock(m_mutex);
    Student* student = find(number);
    if (!student || student->streams >= m_options.streams_max)
        return false;
    ++student->streams;
    return true;
}

void Classroom::closeStream(unsigned number)
{
    const MutexLock lock(m_mutex);
    if (const auto at = m_students.find(number); at != m_students.end())
        --at->second.streams;
}

} // namespace orderlab
