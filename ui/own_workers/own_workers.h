#pragma once
#include "own_worker/own_worker.h"
#include "ui/own_workers/file_watch.h"
#include "ui/own_workers/promises_model.h"
#include "ui/own_workers/worker_log_model.h"
#include "ui/worlds/background.h"

#include <optional>

namespace orderlab::ui {

class LabBridge;

/// A person's programs in the place of handlers, for as long as the window is open and whichever engine it shows:
/// tried, started, followed, started anew when their files change, put through many worlds, stopped. One thing at a
/// time. GUI thread.
class OwnWorkers final : public QObject {
    Q_OBJECT
public:
    static constexpr int worlds_usual = 200, worlds_max = 10'000;

    explicit OwnWorkers(std::vector<OwnWorker> running, QObject* parent);
    ~OwnWorkers() override;

    /// The system that is shown from now on, which was made with running(); it outlives this, or is taken away before.
    void attach(LabBridge& bridge);
    void detach();

    const std::vector<OwnWorker>& running() const { return m_running; }
    const OwnWorker* find(const QString& group) const;
    /// Why no program can be started in what is shown now; empty: one can.
    QString whyNot() const;
    /// "payment is your own: python3 payment.py", without folders; empty: no program runs.
    QString shortSentence() const;
    /// The same with whole commands, a line each.
    QString sentence() const;

    /// Starts the program for a try, until it has said that it is ready. said() tells what is wrong with it.
    void tryOut(const OwnWorker& worker);
    /// Tries it, and puts it in the place of the group's handler, or of the program that is there.
    void start(const OwnWorker& worker);
    /// The built-in handler comes back; a further group ends.
    void stop(const QString& group);
    /// All programs' processes are started anew.
    void restart();
    /// What is under way; what ran before goes on. A real system is not kept from it: it takes seconds at most.
    void cancel();
    bool canCancel() const;
    bool isBusy() const { return m_step != Step::None; }
    /// "Trying it…"; empty: nothing is under way.
    QString busyText() const;

    bool restartsOnChange() const { return m_restarts_on_change; }
    void setRestartsOnChange(bool restarts);

    WorkerLogModel& log() { return m_log; }

    /// Puts the program through so many worlds of everything that can fail. trialChanged() tells of progress and end.
    void test(const OwnWorker& worker, int worlds);
    void cancelTest();
    bool isTesting() const { return m_testing.isRunning(); }
    int worldsDone() const { return m_worlds_done; }
    int worldsWanted() const { return m_worlds_wanted; }
    /// What it is doing, or how it has ended; empty: nothing was tested.
    QString testText() const { return m_test_text; }
    PromisesModel& promises() { return m_promises; }
    /// What promises() is about.
    const OwnWorker& tested() const { return m_tested; }
    /// Those that the next system is made with: for a world that a program was tested in.
    void setRunning(std::vector<OwnWorker> workers);

Q_SIGNALS:
    /// What runs, or whether something is under way.
    void changed();
    void trialChanged();
    /// A sentence for a person.
    void said(const QString& sentence, bool is_problem);
    /// A program has been started.
    void started(const orderlab::OwnWorker& worker);
    /// Further groups are others: the system has to be made anew with them.
    void systemWanted();

private:
    enum class Step : std::uint8_t { None, Trying, Replacing };

    void tryThen(const OwnWorker& worker, std::function<void()> then);
    void replace(const OwnWorker& worker);
    void takeReplaced(const QString& group, const QString& problem);
    void put(const OwnWorker& worker);
    void follow();
    void readFailures();
    void watchFiles();
    void filesChanged(const QStringList& files);
    void finish(const QString& sentence, bool is_problem);
    void takeTrial(const Result<WorkerTrial>& trial);

    LabBridge* m_bridge = nullptr;
    std::vector<OwnWorker> m_running;
    Step m_step = Step::None;
    OwnWorker m_wanted; ///< While something is under way.
    Background m_trying;
    Background m_testing;
    FileWatch m_files;
    QStringList m_changed_meanwhile; ///< Files that have changed while something was under way.
    bool m_restarts_on_change = true;
    WorkerLogModel m_log;
    std::shared_ptr<WorkerOutput> m_output;
    std::uint64_t m_read = 0; ///< Entries before this one were looked at.
    PromisesModel m_promises;
    OwnWorker m_tested;
    QString m_test_text;
    int m_worlds_done = 0;
    int m_worlds_wanted = 0;
};

} // namespace orderlab::ui
