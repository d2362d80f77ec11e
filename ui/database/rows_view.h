#pragma once
#include "ui/bridge/lab_bridge.h"
#include "ui/bridge/table_desk.h"
#include "ui/database/row_writer.h"
#include "ui/database/table_page_model.h"

#include <QElapsedTimer>
#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;
class QTableView;
class QTreeWidget;

namespace orderlab::ui {

class FilterHeader;

/// The list of tables, and the rows of one: filtered, sorted, compared with a marked moment, and who wrote each. It
/// asks for what is in sight, and only while it is. GUI thread.
class RowsView final : public QWidget {
    Q_OBJECT
public:
    /// At most this often, and at most a quarter of the time: what is asked for takes as long as it takes.
    static constexpr int refresh_every_ms = 250;

    RowsView(LabBridge& bridge, QWidget* parent);

    TablePageModel& model() { return m_model; }
    /// What is shown, and the mark; for whoever places it above the view.
    QWidget* bar() const { return m_bar; }
    /// False: there is no such table.
    bool showTable(const QString& name);
    /// The table with these rows only, which a person may undo by its filters. Once the table is known.
    void showPlace(const RowsPlace& place);
    /// Rows at these places are marked, and the tables that have some.
    void setTouched(std::vector<RowsPlace> places);
    /// Whether a person sees it, or would see it were there something to see.
    void setSeen(bool is_seen);
    /// Why nothing is shown; empty: something is.
    const QString& problem() const { return m_problem; }
    /// Whether what is shown is of the moment shown, and nothing is being asked.
    bool isCurrent() const { return !m_is_stale && !m_is_asking; }

public Q_SLOTS:
    void refresh();

Q_SIGNALS:
    void orderSelected(orderlab::OrderId id);
    /// problem() or the state of the view.
    void changed();

private:
    /// What one question brings.
    struct Seen {
        std::vector<TableInfo> tables;
        std::string table; ///< That was asked for; the first where there is no such.
        TablePage page;
        QString notice;
        std::int64_t at_us = 0;
    };
    QWidget* makeList(QWidget* parent);
    QWidget* makeRows(QWidget* parent);
    QWidget* makeBar(QWidget* parent);
    QWidget* makeFoot(QWidget* parent);
    void askLater();
    void ask();
    void take(const Result<Seen>& seen);
    void showList(const std::vector<TableInfo>& tables);
    void showState(const Seen& seen);
    void showMark();
    void markLook();
    void showSelected();
    void fitColumns();
    void sortBy(int column);
    PageQuery query() const;
    QString momentText(std::int64_t at_us) const;
    void goToWriter();
    void keepInSight();
    void showTouched();
    void filterWanted();

    LabBridge& m_bridge;
    TableDesk& m_desk;
    TablePageModel m_model;
    QString m_problem;
    std::string m_table = "orders";
    std::string m_columns_of; ///< The table whose columns the header has, with how many of them.
    std::string m_sort;
    bool m_is_descending = false;
    std::int64_t m_first = 0;
    bool m_is_seen = false;
    bool m_is_stale = true;
    bool m_is_asking = false;
    bool m_is_planned = false;
    int m_pause_ms = refresh_every_ms;
    QElapsedTimer m_since_ask;
    QString m_selected; ///< Key of the selected row.
    std::vector<RowsPlace> m_touched;
    std::optional<RowsPlace> m_wanted; ///< To be filtered for, once the columns of its table are there.
    std::optional<RowWriter> m_writer;
    QWidget* m_bar = nullptr;
    QTreeWidget* m_list = nullptr;
    QTableView* m_rows = nullptr;
    FilterHeader* m_header = nullptr;
    QLabel* m_state = nullptr;
    QPushButton* m_mark = nullptr;
    QCheckBox* m_changed_only = nullptr;
    QCheckBox* m_since_look = nullptr; ///< The mark is where the rows were out of sight.
    QLabel* m_written = nullptr;
    QPushButton* m_go = nullptr;
};

} // namespace orderlab::ui
