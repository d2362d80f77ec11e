#pragma once
#include "ui/own_workers/own_workers.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSortFilterProxyModel;
class QSpinBox;
class QTabWidget;

namespace orderlab::ui {

class FittedTable;
class WindowMemory;

/// A program of one's own in the place of a group's handler: which one, whether it works, what it says, and which
/// promises it keeps. Stays open beside the window. GUI thread.
class OwnWorkerDialog final : public QDialog {
    Q_OBJECT
public:
    /// Both outlive it.
    OwnWorkerDialog(OwnWorkers& workers, const WindowMemory& memory, QWidget* parent);

    /// As the fields say.
    OwnWorker chosen() const;
    /// What `orderlabd worker new` writes, into this folder; the command becomes that of what was written.
    void writeStart(const QString& language, const QString& folder);

Q_SIGNALS:
    /// A line of the log: the story of the order whose attempt failed.
    void attemptWanted(orderlab::OrderId order, qint64 time_us);
    /// The smallest world that breaks a promise of the tested program.
    void worldWanted(const orderlab::PromiseVerdict& promise);

private:
    QWidget* makeForm();
    QWidget* makeActions();
    QWidget* makeLog();
    QWidget* makeTest();
    void fillCommands();
    void showGroup();
    void showCommand();
    void browse();
    void askForFolder(const QString& language);
    void say(const QString& sentence, bool is_problem);
    void refresh();
    void refreshLog();
    void refreshTest();
    void openLine(const QModelIndex& index);
    void openWorld();
    void copyLog();

    OwnWorkers& m_workers;
    const WindowMemory& m_memory;
    QComboBox* m_group = nullptr;
    QLabel* m_name_title = nullptr;
    QLineEdit* m_name = nullptr;
    QLabel* m_topics_title = nullptr;
    QWidget* m_topics = nullptr;
    std::vector<QCheckBox*> m_topic_boxes; ///< By EventType.
    QComboBox* m_command = nullptr;
    QPushButton *m_browse = nullptr, *m_write = nullptr;
    QPushButton *m_start = nullptr, *m_stop = nullptr, *m_try = nullptr, *m_cancel = nullptr;
    QCheckBox* m_restarts = nullptr;
    QLabel* m_state = nullptr;
    QLabel* m_said = nullptr;
    QTabWidget* m_tabs = nullptr;
    QSortFilterProxyModel* m_shown_log = nullptr;
    FittedTable* m_log = nullptr;
    QLineEdit* m_find = nullptr;
    QLabel* m_log_empty = nullptr;
    QSpinBox* m_worlds = nullptr;
    QPushButton *m_test = nullptr, *m_open = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_test_state = nullptr;
    QLabel* m_details = nullptr;
    FittedTable* m_promises = nullptr;
};

} // namespace orderlab::ui
