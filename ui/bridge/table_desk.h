#pragma once
#include "ui/bridge/frame_pump.h"
#include "ui/bridge/system_core.h"
#include "ui/bridge/table_worker.h"

#include <QObject>
#include <QPointer>

namespace orderlab::ui {

/// A moment of the tables that need not be the one that is shown: after so many entries, compared with those after
/// `before` entries. A value.
struct TableMoment {
    std::uint64_t entries = 0;
    std::optional<std::uint64_t> before = {};
};

/// The tables of the system that is shown, read behind the window. This one has none, and says why. GUI thread.
class TableDesk : public QObject {
    Q_OBJECT
public:
    TableDesk(SystemCore& core, const FramePump& frames, const QString& why_none, QObject* parent);

    /// A sentence; empty: there are tables, as far as the system runs.
    const QString& whyNone() const { return m_why_none; }
    /// Whether they are as of the moment shown; otherwise as they are now.
    virtual bool followsMoment() const { return false; }
    /// Where they come from, in few words for the state line: "PostgreSQL, now".
    virtual QString source() const { return {}; }
    /// Why rows cannot be compared with another moment; empty: they can.
    virtual QString whyNoMark() const { return m_why_none; }

    /// Marks the moment shown (without followsMoment(): now): from now on rows are compared with those of then.
    void mark();
    void unmark();
    bool isMarked() const { return m_is_marked; }
    /// Where followsMoment().
    std::int64_t markedUs() const { return m_marked_us; }

    /// Asks the tables of the moment shown: `look` is called on another thread, `take` with its answer here, unless
    /// `receiver` is gone by then. False: there are too many questions.
    template <typename T>
    bool ask(QObject* receiver, std::function<Result<T>(Tables&)> look, std::function<void(const Result<T>&)> take)
    {
        return askOf<T>(momentKey(), opener(), receiver, std::move(look), std::move(take));
    }
    /// The same of another moment, where followsMoment(); otherwise of the tables as they are now, compared with
    /// nothing.
    template <typename T>
    bool askAt(const TableMoment& moment, QObject* receiver, std::function<Result<T>(Tables&)> look,
               std::function<void(const Result<T>&)> take)
    {
        return askOf<T>(keyOf(moment), openerOf(moment), receiver, std::move(look), std::move(take));
    }
    /// Ends the question that is being answered.
    void cancel() { m_worker.cancel(); }
    /// Ends everything; see TableWorker.
    void stop() { m_worker.stop(); }

Q_SIGNALS:
    /// Other rows may be there now: another moment, world or mark, or something was written.
    void stale();

protected:
    /// Of the moment shown; empty: it changes without notice.
    virtual std::string momentKey() const { return {}; }
    virtual OpenTables opener() const { return {}; }
    virtual std::string keyOf(const TableMoment&) const { return momentKey(); }
    virtual OpenTables openerOf(const TableMoment&) const { return opener(); }
    virtual void markNow() {}
    virtual void forgetMark() {}

    SystemCore& m_core;
    const FramePump& m_frames;

private:
    template <typename T>
    bool askOf(std::string key, OpenTables open, QObject* receiver, std::function<Result<T>(Tables&)> look,
               std::function<void(const Result<T>&)> take);

    const QString m_why_none;
    Answers::Receiver m_receiver;
    bool m_is_marked = false;
    std::int64_t m_marked_us = 0;
    TableWorker m_worker;
};

template <typename T>
bool TableDesk::askOf(std::string key, OpenTables open, QObject* receiver, std::function<Result<T>(Tables&)> look,
                      std::function<void(const Result<T>&)> take)
{
    if (!m_why_none.isEmpty())
        return false;
    auto reply = m_receiver.ask();
    if (!reply)
        return false;
    TableWorker::Look all = [look = std::move(look), take = std::move(take), guard = QPointer<QObject>(receiver)](
                                const Result<std::shared_ptr<Tables>>& tables) -> std::function<void()> {
        auto answer = std::make_shared<const Result<T>>(tables ? look(**tables) : Result<T>(tables.error()));
        return [answer, take, guard] {
            if (guard)
                take(*answer);
        };
    };
    return m_worker.ask({std::move(key), std::move(open), std::move(all)}, std::move(*reply));
}

/// Of a Lab in this process: PostgreSQL as it is now, or a copy of what is in memory now.
class LabTableDesk final : public TableDesk {
    Q_OBJECT
public:
    LabTableDesk(LabCore& core, const FramePump& frames, QObject* parent);

    QString source() const override;
    QString whyNoMark() const override;

protected:
    std::string momentKey() const override;
    OpenTables opener() const override { return openerFor(m_before); }
    OpenTables openerOf(const TableMoment&) const override { return openerFor({}); }
    void markNow() override;
    void forgetMark() override { m_before.reset(); }

private:
    struct Before;
    OpenTables openerFor(std::shared_ptr<Before> before) const;

    LabCore& m_lab_core;
    const bool m_is_memory;
    std::shared_ptr<Before> m_before; ///< Its rows are the worker's.
};

} // namespace orderlab::ui
