#pragma once
#include "ui/models/dead_letters_model.h"
#include "ui/panels/panel.h"

class QComboBox;
class QLabel;
class QPushButton;
class QTextBrowser;
class QTreeView;

namespace orderlab::ui {

class ContentOrEmpty;

/// Events that a group gave up on, under their causes, with everything that is kept of one, and what a person can do:
/// replay one or all of a cause, edit and replay, discard. A double click on a letter goes to the moment of its death,
/// and each time in its detail is a link. Keys: Enter replays, E edits, Delete discards, G goes to its moment. GUI
/// thread.
class DeadLettersPanel final : public Panel {
    Q_OBJECT
public:
    explicit DeadLettersPanel(LabBridge& bridge, QWidget* parent = nullptr);
    DeadLettersModel& model() { return m_model; }

public Q_SLOTS:
    void showFrame(const orderlab::ui::Frame& frame) override;
    void replaySelected();
    void editSelected();
    void discardSelected();
    /// To when it was given up.
    void goToSelected();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    QWidget* makeBar(QWidget* parent);
    QWidget* makeContent(QWidget* parent);
    std::vector<DeadLetter> lettersInRange() const;
    std::vector<DeadLetterCause> causesOf(const std::vector<DeadLetter>& letters) const;
    void refresh();
    void fitColumns();
    void showEmptyState();
    void showSelected();
    void showActions();
    void openMenu(const QPoint& at);
    const DeadLetter* waitingLetter() const;
    QString orderOutcome(OrderId order) const;

    LabBridge& m_bridge;
    DeadLetterDesk& m_desk;
    DeadLettersModel m_model;
    QComboBox* m_state = nullptr;
    QLabel* m_count = nullptr;
    QPushButton *m_replay = nullptr, *m_edit = nullptr, *m_discard = nullptr;
    ContentOrEmpty* m_content = nullptr;
    QTreeView* m_tree = nullptr;
    QTextBrowser* m_detail = nullptr;
};

} // namespace orderlab::ui
