#include "ui/bridge/lab_session.h"

#include "bus/event_bus.h"
#include "ui/models/format.h"

namespace orderlab::ui {

namespace {
constexpr Duration stop_limit = std::chrono::seconds{3};
} // namespace

Task<Result<Session::Opened>> LabSession::open()
{
    const auto started = co_await m_lab.start();
    if (!started)
        co_return started.error();
    co_return Opened{toQt(m_lab.storeDescription()), toQt(m_lab.bus().description()),
                     int(m_lab.bus().partitionCount())};
}

/// The Lab's destructor asks for it, also where it never started.
Task<void> LabSession::close()
{
    return m_lab.stop(stop_limit);
}

QString LabSession::startingText() const
{
    switch (config().store) {
    case StoreKind::Memory: return tr("Starting…");
    case StoreKind::PostgresPrivate: return tr("Starting PostgreSQL…");
    case StoreKind::PostgresUrl: return tr("Connecting to PostgreSQL…");
    }
    return {};
}

SystemTexts LabSession::texts() const
{
    const bool memory = config().store == StoreKind::Memory;
    SystemTexts texts;
    texts.window_title = tr("Orderlab");
    texts.api_sentence = tr("Where orders come in: created in this window.");
    texts.store_title = memory ? tr("Memory store") : tr("PostgreSQL");
    texts.store_lane = memory ? tr("Memory") : tr("Postgres");
    if (!storeDescription().isEmpty())
        texts.store_sentence =
            tr("Store: %1\nOrders and their events are stored in one transaction.").arg(storeDescription());
    texts.no_orders = tr("No orders yet. Create one with Ctrl+N.");
    texts.no_orders_hint = tr("Create one with Ctrl+N, or a hundred with Ctrl+B.");
    return texts;
}

Session::Label LabSession::label() const
{
    const QString description = storeDescription();
    if (config().store == StoreKind::Memory)
        return {tr("memory store"), description};
    const QString store =
        description.isEmpty() ? stateTitle() : description.left(description.indexOf(QLatin1String(" (")));
    return {store.section(QLatin1Char('.'), 0, 0), description};
}

} // namespace orderlab::ui
