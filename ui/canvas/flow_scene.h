#pragma once
#include "journal/world_state.h"
#include "store/records.h"
#include "ui/canvas/failure_marks.h"
#include "ui/canvas/flow_layout.h"
#include "ui/canvas/token_atlas.h"
#include "ui/models/log_tail.h"

#include <QCoreApplication>

#include <functional>

class QPainter;

namespace orderlab::ui {

struct Palette;

/// What the scene shows of a group.
struct GroupCard {
    QString name;
    QColor colour;
    std::size_t members = 0;
    std::int64_t handled = 0;
    double rate = 0;                                ///< Handled a second.
    MemberActivity activity = MemberActivity::Idle; ///< The one that needs most attention among its members.
    std::uint8_t attempt = 0;
    std::int64_t next_attempt_us = 0;
    QString error;
    std::int64_t parked = 0;
    QString own; ///< The command of a program that is its handler; empty: it has its own.
};

/// What the scene shows of a topic.
struct TopicLine {
    double rate = 0;      ///< Published a second.
    std::int64_t lag = 0; ///< The largest of a group, all partitions together.
    std::int64_t published = 0;
};

/// What is the same in another world beside this one, and is dim.
struct EqualParts {
    bool api = false, store = false, dead_letters = false;
    std::array<bool, event_type_count> topics{};
    std::vector<bool> groups; ///< By place; empty: none.

    bool operator==(const EqualParts&) const = default;
};

/// Everything the scene is drawn from; gathered once a refresh.
struct SceneData {
    QString store; ///< What it is: "PostgreSQL".
    bool running = false;
    StoreCounts counts;
    double order_rate = 0;
    int max_attempts = 0; ///< Of an event, the first one included; 0: not known.
    std::int64_t now_us = 0;
    std::int64_t dead_letters = 0;
    int partitions = 3;
    QString bus; ///< Where it is: "in this process", "at localhost:9092".
    std::array<TopicLine, event_type_count> topics;
    std::vector<GroupCard> groups;
    FailureMarks marks;
    RedisState redis; ///< Shown while it is used.
    /// Committed offsets: group place → topic × partition; -1 where the group does not listen.
    std::vector<std::array<std::vector<std::int64_t>, event_type_count>> committed;
    EqualParts equal; ///< Nothing unless two worlds stand side by side.
    NodeId focus;
    OrderId selected;
};

/// How long ago, in animation time, an event arrived in its cell; negative while its token is on its way.
using CellAge = std::function<double(const Uuid&)>;

/// Draws all of the event flow that does not move every frame. GUI thread.
class FlowScene {
    Q_DECLARE_TR_FUNCTIONS(orderlab::ui::FlowScene)

public:
    FlowScene(const FlowLayout& layout, const SceneData& data, const Palette& palette)
        : m_layout(layout), m_data(data), m_palette(palette)
    {}
    /// What lies beneath everything else and seldom changes: the bus and the ways.
    void drawGround(QPainter& painter) const;
    /// Equal for two scenes of the same layout and palette whose grounds look the same.
    QString groundKey() const;
    /// All that lies on the ground.
    void draw(QPainter& painter, TokenAtlas& cells, const LogTail& tail, const CellAge& age) const;

private:
    void drawWays(QPainter& painter) const;
    void drawApi(QPainter& painter) const;
    void drawStore(QPainter& painter) const;
    void drawRedis(QPainter& painter) const;
    void drawBus(QPainter& painter) const;
    void drawTopic(QPainter& painter, TokenAtlas& cells, const LogTail& tail, const CellAge& age, EventType type) const;
    void drawMarkers(QPainter& painter, const QRectF& row, EventType type, int partition, std::int64_t first_offset,
                     int cells) const;
    int slowestIn(EventType type, int partition, std::int64_t end) const;
    void drawMore(QPainter& painter, const QRectF& row, EventType type, int partition, const LogTail& tail) const;
    void drawQuietTopic(QPainter& painter, EventType type) const;
    void drawLag(QPainter& painter, const QRectF& row, EventType type, int partition, std::int64_t first_offset,
                 std::int64_t end) const;
    struct CardLine {
        QColor colour;
        QString words;
    };
    std::vector<CardLine> linesOf(const GroupCard& group, const GroupTrouble& trouble, double width) const;
    void drawRelay(QPainter& painter) const;
    void drawGateway(QPainter& painter) const;
    void drawGroup(QPainter& painter, std::size_t group) const;
    void drawDeadLetters(QPainter& painter) const;
    void dimEqual(QPainter& painter) const;
    void drawFocus(QPainter& painter) const;

    const FlowLayout& m_layout;
    const SceneData& m_data;
    const Palette& m_palette;
};

/// The first offset that a row of `cells` cells shows when the log ends at `end`.
std::int64_t firstShownOffset(std::int64_t end, int cells);

} // namespace orderlab::ui
