#pragma once
#include "journal/journal.h"
#include "journal/timeline.h"
#include "ui/bridge/journal_names.h"
#include "ui/models/log_tail.h"

#include <QObject>

#include <span>

namespace orderlab::ui {

/// What a frame brings: the entries that were journalled since the last one, already folded into the state.
struct Frame {
    std::span<const Entry> fresh;
    const WorldState& state;
    const LogTail& tail;
};

/// Reads the journal in batches and folds it: what everything on the screen is drawn from. GUI thread; those who write
/// the journal never wait for it.
class FramePump final : public QObject {
    Q_OBJECT
public:
    /// `journal` must outlive it. The prefixes are taken off what is shown.
    FramePump(Journal& journal, std::string topic_prefix, std::string group_prefix, QObject* parent);

    /// Reads and folds what has come, at most `entries_per_frame_max`. False when there was nothing.
    bool read();
    /// Emits what read() has brought.
    void show();
    const std::vector<Entry>& fresh() const { return m_fresh; }

    const WorldState& world() const { return m_timeline.now(); }
    const Timeline& timeline() const { return m_timeline; }
    const LogTail& tail() const { return m_tail; }
    const JournalNames& names() const { return m_names; }

    /// Folds in what no entry of this journal tells, as entries of an earlier run. They are in no frame.
    void learn(const std::vector<Entry>& entries);

Q_SIGNALS:
    void frame(const orderlab::ui::Frame& frame);
    void ordersLearned(const std::vector<orderlab::Entry>& entries);

private:
    JournalReader m_reader;
    JournalNames m_names;
    Timeline m_timeline;
    LogTail m_tail;
    std::vector<Entry> m_fresh;
    std::uint64_t m_missed = 0;
};

} // namespace orderlab::ui
