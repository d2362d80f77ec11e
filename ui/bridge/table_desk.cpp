#include "ui/bridge/table_desk.h"

#include "lab/lab_tables.h"

namespace orderlab::ui {

TableDesk::TableDesk(SystemCore& core, const FramePump& frames, const QString& why_none, QObject* parent)
    : QObject(parent), m_core(core), m_frames(frames), m_why_none(why_none), m_receiver(core.answers)
{
    connect(&frames, &FramePump::frame, this, &TableDesk::stale);
    connect(&frames, &FramePump::momentChanged, this, &TableDesk::stale);
    connect(&frames, &FramePump::worldChanged, this, &TableDesk::stale);
}

void TableDesk::mark()
{
    if (!whyNoMark().isEmpty())
        return;
    m_is_marked = true;
    m_marked_us = m_frames.nowUs();
    markNow();
    Q_EMIT stale();
}

void TableDesk::unmark()
{
    if (!std::exchange(m_is_marked, false))
        return;
    forgetMark();
    Q_EMIT stale();
}

/// Copied by the first question after the mark, which follows at once.
struct LabTableDesk::Before {
    std::optional<StoreRows> rows;
};

LabTableDesk::LabTableDesk(LabCore& core, const FramePump& frames, QObject* parent)
    : TableDesk(core, frames, {}, parent), m_lab_core(core), m_is_memory(storesInMemory(core.lab))
{}

QString LabTableDesk::source() const
{
    return m_is_memory ? tr("the store in memory, now") : tr("PostgreSQL, now");
}

QString LabTableDesk::whyNoMark() const
{
    return m_is_memory ? QString()
                       : tr("PostgreSQL keeps no earlier rows to compare with. The simulated engine, and a "
                            "store in memory, can be compared.");
}

std::string LabTableDesk::momentKey() const
{
    return m_is_memory ? std::string() : std::string("now"); // One connection serves all questions.
}

OpenTables LabTableDesk::openerFor(std::shared_ptr<Before> before) const
{
    return [&lab = m_lab_core.lab,
            before = std::move(before)](const std::function<bool()>&) -> Result<std::shared_ptr<Tables>> {
        if (before && !before->rows) {
            auto rows = copyRows(lab);
            if (!rows)
                return rows.error();
            before->rows = std::move(*rows);
        }
        auto opened = openTables(lab, before ? &*before->rows : nullptr);
        if (!opened)
            return opened.error();
        return std::shared_ptr<Tables>(std::move(*opened));
    };
}

void LabTableDesk::markNow()
{
    m_before = std::make_shared<Before>();
}

} // namespace orderlab::ui
