#include "service/dead_letter_relay.h"

#include "runtime/uncancelled.h"
#include "runtime/with_timeout.h"

namespace orderlab {

namespace {

DeadLetterNotice noticeOf(const DeadLetter& letter, std::string_view group_prefix)
{
    DeadLetterNotice notice;
    notice.id = letter.id;
    notice.group = groupNameOnBus(letter.group, group_prefix);
    notice.event = letter.eventGivenUp();
    notice.source = {{letter.event.type, letter.partition}, letter.offset};
    notice.attempts = letter.attempts;
    notice.code = letter.code;
    notice.error = letter.error;
    notice.given_up_at = letter.created_at;
    return notice;
}

} // namespace

DeadLetterRelay::DeadLetterRelay(Runtime& runtime, Journal& journal, Store& store, EventBus& bus,
                                 DeadLetterRelayOptions options)
    : m_runtime(runtime), m_journal(journal), m_store(store), m_bus(bus), m_options(options), m_running(runtime)
{}

void DeadLetterRelay::start()
{
    m_running.spawn(run());
}

Task<void> DeadLetterRelay::stop()
{
    m_stopping = true;
    m_running.cancel();
    co_await m_running.join();
}

Task<void> DeadLetterRelay::run()
{
    Duration pause{0};
    while (!m_stopping) {
        // Only waits can be cancelled: a step in hand is always finished.
        Task<Result<bool>> step = publishOnce();
        const auto published = co_await uncancelled(std::move(step));
        if (m_stopping || (!published && published.error().code == ErrorCode::Closed))
            co_return;
        if (!published) {
            pause = std::min(std::max(pause * 2, m_options.initial_pause), m_options.max_pause);
            co_await m_runtime.sleep(pause);
            continue;
        }
        pause = Duration{0};
        if (*published)
            continue;
        Task<Result<void>> waiting = m_store.waitForDeadLetters();
        const auto woken = co_await withTimeout<void>(m_runtime, m_options.recheck, "waiting", std::move(waiting));
        if (!woken && woken.error().code == ErrorCode::Closed)
            co_return;
    }
}

/// True: there may be more to publish.
Task<Result<bool>> DeadLetterRelay::publishOnce()
{
    const auto claim = co_await m_store.claimDeadLetters(m_options.batch_max);
    if (!claim)
        co_return claim.error();
    if (!*claim)
        co_return false;
    std::vector<DeadLetterNotice> notices;
    for (const DeadLetter& letter : (*claim)->letters())
        notices.push_back(noticeOf(letter, m_options.group_prefix));
    const auto published = co_await m_bus.publishDeadLetters(notices);
    if (!published) {
        tellFailure((*claim)->letters().front(), published.error());
        co_return published.error();
    }
    m_is_failing = false;
    const auto marked = co_await (*claim)->markPublished();
    if (!marked)
        co_return marked.error();
    co_return true;
}

/// By the letter's place, not as an event of its order: that was published long ago.
void DeadLetterRelay::tellFailure(const DeadLetter& first, const Error& error)
{
    if (std::exchange(m_is_failing, true) || error.code == ErrorCode::Closed)
        return;
    Names& names = m_journal.names();
    Entry entry;
    entry.time_us = toMicros(m_runtime.now());
    entry.kind = EntryKind::PublishFailed;
    entry.group = names.intern(groupNameOnBus(first.group, m_options.group_prefix));
    entry.topic = names.intern(topicName(first.event.type));
    entry.partition = first.partition;
    entry.offset = first.offset;
    entry.actor = names.intern("dead-letter-relay");
    entry.detail = names.intern(error.message, NameUse::Text);
    m_journal.append(entry);
}

} // namespace orderlab
