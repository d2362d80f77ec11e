#include "ui/bridge/recorded_session.h"

#include "journal/packed_form.h"
#include "ui/models/format.h"

#include <QFileInfo>

#include <algorithm>

namespace orderlab::ui {

namespace {

/// Entries that are all there.
class RecordedSource final : public EntrySource {
public:
    explicit RecordedSource(std::shared_ptr<Recording> recording) : m_recording(std::move(recording)) {}
    std::size_t read(std::vector<Entry>& out, std::size_t max) override
    {
        auto& entries = m_recording->entries;
        const std::size_t count = std::min(max, entries.size() - m_next);
        const auto first = entries.begin() + std::ptrdiff_t(m_next);
        out.insert(out.end(), first, first + std::ptrdiff_t(count));
        m_next += count;
        if (m_next == entries.size() && !std::exchange(m_is_over, true))
            entries = {}, m_next = 0; // The timeline has them, in less room.
        return count;
    }
    bool isOver() const override { return m_is_over; }
    std::size_t keptMax() const override { return 10'000'000; }

private:
    std::shared_ptr<Recording> m_recording;
    std::size_t m_next = 0;
    bool m_is_over = false;
};

} // namespace

bool isJournalFile(const QString& name)
{
    constexpr qint64 begin_bytes = 64;
    QFile file(name);
    if (name.isEmpty() || !file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray begin = file.read(begin_bytes);
    return begin.startsWith("{\"format\":\"orderlab-journal\"")
           || std::string_view(begin.constData(), std::size_t(begin.size())).starts_with(packed_magic);
}

RecordedSession::RecordedSession(SystemCore& core, QString file, QObject* parent)
    : Session(core, parent), m_file(std::move(file))
{}

Task<Result<Session::Opened>> RecordedSession::open()
{
    auto recording = readRecording(m_file.toStdString());
    if (!recording) {
        Error error = recording.error();
        error.retry = Retry::Never; // The file does not change by waiting.
        co_return error;
    }
    NameTranslation translation(m_names);
    std::uint16_t partitions = 1;
    for (Entry& entry : recording->entries) {
        entry = translation.translated(entry, *recording->names);
        partitions = std::max(partitions, std::uint16_t(entry.partition + 1));
    }
    *m_recording = std::move(*recording);
    m_first_us = m_recording->entries.empty() ? 0 : m_recording->entries.front().time_us;
    Opened opened{tr("a recording"), tr("a recording"), int(partitions)};
    opened.started_at = m_recording->header.started_at;
    co_return opened;
}

Task<void> RecordedSession::close()
{
    co_return;
}

std::unique_ptr<EntrySource> RecordedSession::entries()
{
    return std::make_unique<RecordedSource>(m_recording);
}

QString RecordedSession::fileName() const
{
    return QFileInfo(m_file).fileName();
}

QString RecordedSession::startingText() const
{
    return tr("Reading %1…").arg(fileName());
}

SystemTexts RecordedSession::texts() const
{
    SystemTexts texts;
    texts.window_title = tr("Orderlab, %1").arg(fileName());
    texts.flow_about = tr("recorded: %1").arg(fileName());
    texts.bus_place = tr("recorded");
    texts.api_sentence = tr("Where the recorded orders came in.");
    texts.store_title = tr("Store");
    texts.store_lane = tr("Store");
    texts.store_sentence = tr("Counts are as the recorded journal tells them up to the moment shown.");
    texts.no_orders = tr("No orders in this recording up to this moment.");
    texts.no_orders_hint = tr("Press Space to play.");
    if (!isRunning())
        return texts;
    QStringList notes;
    if (m_recording->is_cut_short)
        notes << tr("The file ends in the middle: its recorder was ended. What is whole is shown.");
    if (!m_recording->damages.empty())
        notes << tr("%1 parts of the file are damaged and left out; the first begins at byte %2.")
                     .arg(m_recording->damages.size())
                     .arg(m_recording->damages.front().offset);
    if (m_recording->unknown_kinds > 0)
        notes
            << tr("%1 entries are of kinds that a later version knows, and left out.").arg(m_recording->unknown_kinds);
    if (!m_recording->header.scenario.empty())
        notes << tr("It was simulated. To change something, choose File, Simulate this recording.");
    else
        notes << tr("It is of a real system. To change something, choose File, Turn into a scenario.");
    texts.notice = notes.join(QLatin1Char(' '));
    return texts;
}

Session::Label RecordedSession::label() const
{
    return {tr("recording"), m_file, true};
}

} // namespace orderlab::ui
