#include "ui/bridge/watched_session.h"

#include "ui/models/format.h"

namespace orderlab::ui {

Task<Result<Session::Opened>> WatchedSession::open()
{
    KafkaOptions kafka = config().kafka;
    kafka.topic_prefix = config().topic_prefix;
    auto shared = co_await SharedJournal::open(m_core.runtime, m_journal, std::move(kafka));
    if (!shared)
        co_return shared.error();
    m_shared = std::move(*shared);
    m_shared->start();
    co_return Opened{{}, toQt(m_shared->description()), int(config().partitions)};
}

Task<void> WatchedSession::close()
{
    if (m_shared)
        co_await m_shared->stop();
}

QString WatchedSession::brokers() const
{
    return toQt(config().kafka.brokers);
}

QString WatchedSession::startingText() const
{
    return tr("Looking for shared journals on Kafka at %1…").arg(brokers());
}

QStringList WatchedSession::processes() const
{
    QStringList names;
    if (isRunning()) {
        for (const std::string& process : m_shared->processes())
            names << toQt(process);
    }
    return names;
}

SystemTexts WatchedSession::texts() const
{
    SystemTexts texts;
    texts.window_title = tr("Orderlab, attached to Kafka at %1").arg(brokers());
    texts.notice = tr("Attached to %1. It shows what orderlabd serve --share-journal tells, and changes nothing.")
                       .arg(isRunning() ? toQt(m_shared->description()) : brokers());
    texts.flow_about = tr("attached to Kafka at %1 · read-only").arg(brokers());
    texts.bus_place = tr("shared journals");
    texts.api_sentence = tr("Where orders come in: at processes elsewhere.");
    texts.store_title = tr("Stores");
    texts.store_lane = tr("Store");
    texts.store_sentence =
        tr("Stores of processes elsewhere: counts are as their journals tell them since they were first heard.");
    texts.no_orders = tr("No orders in the shared journals yet.");
    texts.no_orders_hint = tr("Processes started with --share-journal show theirs here.");
    return texts;
}

Session::Label WatchedSession::label() const
{
    const QStringList names = processes();
    return {tr("%n processes", nullptr, int(names.size())),
            names.isEmpty() ? tr("Nobody shares a journal there yet.")
                            : tr("They share their journals:\n%1").arg(names.join(QLatin1Char('\n'))),
            true};
}

} // namespace orderlab::ui
