#include "ui/topics/record_model.h"

#include "handlers/group_registry.h"
#include "ui/models/format.h"
#include "ui/theme/event_faces.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timeline_view.h"
#include "ui/topics/record_text.h"

#include <QDateTime>

#include <algorithm>

namespace orderlab::ui {

namespace {

/// A group's place in the configuration gives it its colour, as everywhere.
int placeOfGroup(const QString& label)
{
    const std::vector<std::string> names = groupNames();
    const auto found = std::ranges::find(names, label.toStdString());
    return int(found - names.begin());
}

QString reasonText(const Error& error)
{
    const QString field = toQt(error.field);
    return field.isEmpty() ? toQt(error.message) : field + QLatin1Char(' ') + toQt(error.message);
}

} // namespace

RecordModel::RecordModel(LabBridge& bridge, QObject* parent) : QAbstractTableModel(parent), m_bridge(bridge) {}

void RecordModel::show(const BrowsedTopic& topic, TopicPage page)
{
    const bool is_same = topic == m_topic && page.records == m_page.records;
    if (is_same) {
        m_page = std::move(page);
        refreshReaders();
        return;
    }
    beginResetModel();
    m_topic = topic;
    m_page = std::move(page);
    m_rows.clear();
    for (const LogRecord& record : m_page.records) {
        Row& row = m_rows.emplace_back();
        if (!topic.type)
            continue;
        auto event = eventIn(record, *topic.type);
        if (event)
            row.event = std::move(*event);
        else
            row.problem = reasonText(event.error());
    }
    endResetModel();
    refreshReaders();
}

void RecordModel::clear()
{
    beginResetModel();
    m_topic = {};
    m_page = {};
    m_rows.clear();
    m_places.clear();
    endResetModel();
}

void RecordModel::refreshReaders()
{
    std::vector<std::vector<ReaderPlace>> places;
    for (std::uint16_t partition = 0; m_topic.type && partition < m_topic.partitions; ++partition)
        places.push_back(m_bridge.topics().placesIn(*m_topic.type, partition));
    if (places == m_places)
        return;
    m_places = std::move(places);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, Readers), index(rowCount() - 1, Readers));
}

const LogRecord* RecordModel::recordAt(int row) const
{
    return row >= 0 && row < rowCount() ? &m_page.records[std::size_t(row)] : nullptr;
}

int RecordModel::rowOf(std::uint16_t partition, std::int64_t offset) const
{
    for (int row = 0; row < rowCount(); ++row) {
        const LogRecord& record = m_page.records[std::size_t(row)];
        if (record.partition == partition && record.offset == offset)
            return row;
    }
    return -1;
}

QList<RecordModel::Reader> RecordModel::readersOf(int row) const
{
    QList<Reader> readers;
    const LogRecord* record = recordAt(row);
    if (!record || record->partition >= m_places.size())
        return readers;
    const JournalNames& names = m_bridge.frames().names();
    for (const ReaderPlace& place : m_places[record->partition]) {
        const QString& group = names.groupLabel(place.group);
        const Reader::State state = record->offset < place.committed    ? Reader::State::Read
                                    : record->offset == place.committed ? Reader::State::Next
                                                                        : Reader::State::Waits;
        readers.append({group, placeOfGroup(group), state});
    }
    std::stable_sort(readers.begin(), readers.end(),
                     [](const Reader& a, const Reader& b) { return a.colour < b.colour; });
    return readers;
}

QString RecordModel::timeText(TimePoint at) const
{
    const std::int64_t since = toMicros(at) - toMicros(m_bridge.session().startedAt());
    if (since >= 0)
        return momentText(since);
    return QDateTime::fromMSecsSinceEpoch(toMicros(at) / 1'000).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
}

QString RecordModel::typeText(int row) const
{
    const Row& shown = m_rows[std::size_t(row)];
    if (shown.event)
        return eventTitle(shown.event->type);
    if (m_topic.type)
        return tr("✕ no event of ours");
    const LogRecord& record = m_page.records[std::size_t(row)];
    const auto found = std::ranges::find(record.headers, "ce_type", &Header::first);
    return found == record.headers.end() ? QStringLiteral("–") : bytesText(found->second);
}

QString RecordModel::textOf(int row, int column) const
{
    const LogRecord& record = m_page.records[std::size_t(row)];
    switch (column) {
    case Partition: return QString::number(record.partition);
    case Offset: return grouped(record.offset);
    case Time: return timeText(record.appended_at);
    case Type: return typeText(row);
    case Key:
        return m_rows[std::size_t(row)].event ? shortId(m_rows[std::size_t(row)].event->order) : bytesText(record.key);
    case Size: return recordSizeText(record.bytes());
    case Readers: return readersText(readersOf(row));
    default: return {};
    }
}

int RecordModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int RecordModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RecordModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LogRecord& record = m_page.records[std::size_t(index.row())];
    const Row& row = m_rows[std::size_t(index.row())];
    const bool is_foreign = m_topic.type && !row.event;
    switch (role) {
    case Qt::DisplayRole: return textOf(index.row(), index.column());
    case Qt::ToolTipRole:
        if (index.column() == Key)
            return bytesText(record.key, 1'000);
        if (index.column() == Time)
            return QString::fromStdString(toRfc3339(record.appended_at));
        if (index.column() == Type && is_foreign)
            return tr("It is none of our events: %1. Each group gives it up at once, as a dead letter.")
                .arg(row.problem);
        return textOf(index.row(), index.column());
    case Qt::ForegroundRole: return is_foreign && index.column() == Type ? QVariant(colours().dead) : QVariant();
    case Qt::TextAlignmentRole:
        return int(index.column() == Type || index.column() == Key || index.column() == Readers
                       ? Qt::AlignLeft | Qt::AlignVCenter
                       : Qt::AlignRight | Qt::AlignVCenter);
    case ReadersRole: return QVariant::fromValue(readersOf(index.row()));
    case ForeignRole: return is_foreign;
    default: return {};
    }
}

QVariant RecordModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(section == Type || section == Key || section == Readers ? Qt::AlignLeft | Qt::AlignVCenter
                                                                           : Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == Readers)
        return tr("A filled letter: the group has read it. A letter in a frame: it reads this record next. Faint: it "
                  "has yet to come here.");
    if (role != Qt::DisplayRole)
        return {};
    const QString titles[] = {tr("Part."), tr("Offset"), tr("Time"), tr("Type"), tr("Key"), tr("Size"), tr("Read by")};
    return titles[section];
}

QString readersText(const QList<RecordModel::Reader>& readers)
{
    QStringList read, next, waits;
    for (const RecordModel::Reader& reader : readers) {
        QStringList& list = reader.state == RecordModel::Reader::State::Read   ? read
                            : reader.state == RecordModel::Reader::State::Next ? next
                                                                               : waits;
        list << reader.group;
    }
    const QString comma = QStringLiteral(", ");
    QStringList parts;
    if (!read.isEmpty())
        parts << RecordModel::tr("read by %1").arg(read.join(comma));
    if (!next.isEmpty())
        parts << RecordModel::tr("next for %1").arg(next.join(comma));
    if (!waits.isEmpty())
        parts << RecordModel::tr("not yet by %1").arg(waits.join(comma));
    return parts.join(QStringLiteral("; "));
}

} // namespace orderlab::ui
