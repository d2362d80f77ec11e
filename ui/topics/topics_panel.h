#pragma once
#include "ui/panels/panel.h"
#include "ui/topics/record_model.h"

#include <QElapsedTimer>

class QComboBox;
class QLabel;
class QPushButton;
class QSplitter;
class QToolButton;
class QTreeWidget;

namespace orderlab::ui {

class FittedTable;
class RecordView;

/// The topics of the log, and one's records a page at a time, as of the moment shown; who has read them, and publishing
/// by hand. It asks only while it is seen, and has no more than a page. GUI thread.
class TopicsPanel final : public Panel {
    Q_OBJECT
public:
    static constexpr std::size_t page_records = 100;
    /// At most this often, and at most a quarter of the time.
    static constexpr int refresh_every_ms = 400;

    explicit TopicsPanel(LabBridge& bridge, QWidget* parent = nullptr);

    RecordModel& model() { return m_model; }
    /// Whether what is shown is what was asked for last, and nothing is being asked.
    bool isCurrent() const { return !m_is_stale && !m_desk.isAsking(); }
    /// Why nothing is shown; empty: something is.
    const QString& problem() const { return m_problem; }
    QLineEdit* findField() override { return m_filter; }

public Q_SLOTS:
    /// By its name in the list.
    void showTopic(const QString& name);
    /// An offset or a time, as seekTarget() reads it.
    void seek(const QString& text);
    void showOlder() { turn(+1); }
    void showNewer() { turn(-1); }

protected:
    void seenChanged() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct View { ///< What is to be seen; a page back is the one before.
        std::vector<std::int64_t> from;
        std::optional<TimePoint> time;
    };
    QWidget* makeBar();
    QWidget* makeContent();
    QWidget* makeRecords(QWidget* parent);
    QWidget* makeFoot(QWidget* parent);
    void markStale();
    void refresh();
    void askLater();
    void ask();
    void take(const Result<TopicAnswer>& answer, std::uint64_t asked);
    void begin();
    void turn(int pages);
    void applyFilter();
    void showTopics(const std::vector<TopicAnswer::Topic>& topics);
    void showPartitions();
    void showState();
    void showSelected();
    void fitParts();
    void tellStory(int row);
    void goTo(int row);
    void openMenu(const QPoint& at);
    void publishNew();
    void publishLike();
    void redeliver();
    void publish(const Event& event, const QString& done);
    bool isNewestFirst() const;
    TopicPageQuery query() const;
    QString noPublishing() const;
    QStringList readers() const;

    LabBridge& m_bridge;
    TopicDesk& m_desk;
    RecordModel m_model;
    std::vector<TopicAnswer::Topic> m_topics;
    QString m_topic; ///< Its name; empty: the first with events, once they are known.
    QString m_problem;
    QString m_page_problem;
    QString m_seek_problem;
    std::vector<View> m_views{1}; ///< The last is shown.
    std::optional<std::pair<std::uint16_t, std::int64_t>> m_selected;
    std::size_t m_looked_at = 0;
    std::uint64_t m_asked = 0; ///< Counts what is to be seen: an older answer is of something else.
    bool m_is_stale = true;
    bool m_is_planned = false;
    int m_pause_ms = refresh_every_ms;
    QElapsedTimer m_since_ask;
    ContentOrEmpty* m_content = nullptr;
    QComboBox* m_topic_box = nullptr; ///< In place of the list where there is little room.
    QComboBox* m_partition = nullptr;
    QComboBox* m_order = nullptr;
    QLineEdit* m_seek = nullptr;
    QLineEdit* m_filter = nullptr;
    QPushButton* m_publish = nullptr;
    QTreeWidget* m_list = nullptr;
    QSplitter* m_split = nullptr;
    FittedTable* m_table = nullptr;
    ContentOrEmpty* m_records = nullptr;
    RecordView* m_view = nullptr;
    QLabel* m_state = nullptr;
    QPushButton* m_stop = nullptr;
    QToolButton* m_back = nullptr;
    QToolButton* m_on = nullptr;
};

} // namespace orderlab::ui
