#pragma once
#include "tables/event_lookup.h"
#include "ui/bridge/lab_bridge.h"
#include "ui/bridge/table_desk.h"
#include "ui/models/story.h"

#include <QScrollArea>

#include <map>

class QLabel;
class QPlainTextEdit;

namespace orderlab::ui {

class PairsTree;

/// One step of a story: its words, its entry, and of its event the headers and the payload. The payload is asked of the
/// tables, behind the window, while this is seen. It scrolls as a whole. GUI thread.
class StepDetail final : public QScrollArea {
    Q_OBJECT
public:
    StepDetail(LabBridge& bridge, QWidget* parent);

    void show(const Story& story, int step, std::int64_t first_us);
    /// No step, for this reason.
    void showNone(const QString& sentence);
    /// Whether a person looks at it.
    void setSeen(bool is_seen);
    /// Whether nothing is being asked.
    bool isCurrent() const { return !m_is_asking && !m_is_stale; }

private:
    struct Wanted {
        EventId event;
        EventType type = EventType::OrderCreated;
        OrderId order;
        TableMoment moment; ///< When the event was emitted, the last time before the step.
        bool operator==(const Wanted& other) const
        {
            return event == other.event && moment.entries == other.moment.entries;
        }
    };
    using Answer = Result<std::optional<StoredEvent>>;
    std::optional<Wanted> wantedOf(const Story& story, int step) const;
    void ask();
    void take(const Wanted& wanted, const Answer& answer);
    void showEvent(const Event& event, bool has_time);
    void showPayload(const QString& text, const QString& about);
    void fitPayload();

    LabBridge& m_bridge;
    std::optional<Wanted> m_wanted; ///< Nothing: the step is about no event.
    std::optional<Wanted> m_shown;  ///< Whose payload is there.
    bool m_is_seen = false;
    bool m_is_stale = false;
    bool m_is_asking = false;
    QLabel* m_title = nullptr;
    QLabel* m_summary = nullptr;
    PairsTree* m_details = nullptr;
    QLabel* m_headers_title = nullptr;
    PairsTree* m_headers = nullptr;
    QLabel* m_payload_title = nullptr;
    QPlainTextEdit* m_payload = nullptr;
    QLabel* m_source = nullptr;
};

/// JSON with a member a line; what is none as it is.
QString prettyJson(const std::string& text);

} // namespace orderlab::ui
