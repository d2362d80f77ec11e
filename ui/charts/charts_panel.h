#pragma once
#include "ui/charts/chart_kinds.h"
#include "ui/charts/seed_bands.h"
#include "ui/charts/series_table.h"
#include "ui/panels/panel.h"

#include <QTimer>

class QGridLayout;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace orderlab::ui {

/// Figures of the run over its time, with the moment in all of them. A click in a chart moves the moment, dragging
/// chooses the range that tables and charts show. Reads only while it is seen, and draws at most four times a second.
/// GUI thread.
class ChartsPanel final : public Panel {
    Q_OBJECT
public:
    explicit ChartsPanel(LabBridge& bridge, QWidget* parent = nullptr);

    /// In the same charts, with the difference shaded.
    void setComparison(const WorldComparison* comparison) override;
    void showChart(std::size_t kind, bool shown);
    /// Null while it is not shown.
    LineChart* chart(const char* name) const;

protected:
    void seenChanged() override { refresh(); }
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    QWidget* makeBar(QWidget* body);
    void place();
    int columnsWanted() const;
    void planRefresh();
    void refresh();
    void refreshBands();
    QString bandsText() const;
    void showMoment();
    void showCursor(std::optional<double> seconds);
    void forget();
    void save();
    std::int64_t startUs() const;
    std::int64_t timeOf(double seconds) const;
    static void read(std::optional<RunSeries>& series, const FramePump& frames, std::uint64_t& next,
                     const std::optional<TimeRange::Span>& span, const std::vector<std::string>& groups);

    LabBridge& m_bridge;
    const WorldComparison* m_comparison = nullptr;
    std::optional<RunSeries> m_series, m_other;
    std::uint64_t m_read = 0, m_other_read = 0; ///< Entries before these are in.
    SeedBands* m_bands = nullptr;               ///< Null where there are no worlds.
    std::vector<LineChart*> m_charts;           ///< By kind.
    std::vector<bool> m_shown;
    SeriesTable m_table;
    QWidget* m_area = nullptr;
    QGridLayout* m_grid = nullptr;
    QStackedWidget* m_pages = nullptr;
    QTableView* m_table_view = nullptr;
    QPushButton* m_choose = nullptr;
    QPushButton* m_as_table = nullptr;
    QPushButton* m_many = nullptr; ///< Checked: with bands.
    QLabel* m_state = nullptr;
    QTimer m_due;
    int m_columns = 0;
};

} // namespace orderlab::ui
