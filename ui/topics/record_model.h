#pragma once
#include "ui/bridge/lab_bridge.h"
#include "ui/bridge/topic_desk.h"

#include <QAbstractTableModel>

namespace orderlab::ui {

/// One page of a topic's records, and which groups have read each at the moment shown. GUI thread.
class RecordModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Partition, Offset, Time, Type, Key, Size, Readers, ColumnCount };
    enum Role {
        ReadersRole = Qt::UserRole + 80, ///< QVariant of QList<Reader>.
        ForeignRole,                     ///< bool: in a topic of ours, and none of our events.
    };
    /// What a group has to do with a record.
    struct Reader {
        enum class State : std::uint8_t { Read, Next, Waits };
        QString group;
        int colour = 0; ///< Place in Palette::groups.
        State state = State::Waits;
        bool operator==(const Reader&) const = default;
    };

    explicit RecordModel(LabBridge& bridge, QObject* parent = nullptr);

    void show(const BrowsedTopic& topic, TopicPage page);
    void clear();
    /// The groups' places may have changed.
    void refreshReaders();

    const BrowsedTopic& topic() const { return m_topic; }
    const TopicPage& page() const { return m_page; }
    /// Null: there is no such row.
    const LogRecord* recordAt(int row) const;
    /// Nothing: it is none of our events.
    const std::optional<Event>& eventAt(int row) const { return m_rows[std::size_t(row)].event; }
    /// Why it is none; empty in another program's topic.
    const QString& problemAt(int row) const { return m_rows[std::size_t(row)].problem; }
    /// -1: it is not on the page.
    int rowOf(std::uint16_t partition, std::int64_t offset) const;
    QList<Reader> readersOf(int row) const;
    /// "12.345 s" since the start, or the date where the record is older.
    QString timeText(TimePoint at) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        std::optional<Event> event;
        QString problem;
    };
    QString textOf(int row, int column) const;
    QString typeText(int row) const;

    LabBridge& m_bridge;
    BrowsedTopic m_topic;
    TopicPage m_page;
    std::vector<Row> m_rows;                        ///< Beside the page's records.
    std::vector<std::vector<ReaderPlace>> m_places; ///< By partition.
};

/// "payment has read it; next for analytics; order-status has not": for people who see no marks.
QString readersText(const QList<RecordModel::Reader>& readers);

} // namespace orderlab::ui

Q_DECLARE_METATYPE(orderlab::ui::RecordModel::Reader)
