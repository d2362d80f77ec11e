#pragma once
#include "ui/bridge/lab_bridge.h"
#include "ui/story/step_rows.h"

#include <QElapsedTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace orderlab::ui {

/// The rows that a step has written, each with what it was before where that is known. They are asked of the tables,
/// behind the window, while this is seen. GUI thread.
class StepRowsView final : public QWidget {
    Q_OBJECT
public:
    StepRowsView(LabBridge& bridge, QWidget* parent);

    void show(const StepRows& rows);
    /// Of an order of which the journal tells nothing.
    void showOrder(OrderId order);
    void clear();
    /// Whether a person looks at it.
    void setSeen(bool is_seen);
    /// Whether nothing is being asked, and what is shown is what was asked for.
    bool isCurrent() const { return !m_is_asking && !m_is_stale; }

Q_SIGNALS:
    /// A person wants to see these rows in the tables.
    void placeWanted(const orderlab::ui::RowsPlace& place);

private:
    /// Of a system whose tables are as they are now.
    static constexpr int refresh_every_ms = 1'000;

    void wantPlaces(std::vector<RowsPlace> places, const QString& about);
    void ask();
    void take(const Result<std::vector<WrittenRow>>& rows);
    void fill(const std::vector<WrittenRow>& rows);
    void addRow(const WrittenRow& row);
    void goToCurrent();

    LabBridge& m_bridge;
    std::vector<RowsPlace> m_places;
    std::vector<RowsPlace> m_asked;
    std::optional<TableMoment> m_moment;
    std::vector<WrittenRow> m_rows;
    QString m_about;
    bool m_is_seen = false;
    bool m_is_stale = false;
    bool m_is_asking = false;
    QTimer m_again;
    QLabel* m_note = nullptr;
    QTreeWidget* m_tree = nullptr;
    QPushButton* m_go = nullptr;
};

} // namespace orderlab::ui
