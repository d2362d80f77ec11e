#include "ui/charts/charts_panel.h"

#include "ui/export/picture_export.h"
#include "ui/models/format.h"
#include "ui/panels/labels.h"
#include "ui/timeline/timeline_view.h"
#include "ui/worlds/comparison.h"
#include "ui/worlds/worlds.h"

#include <QEvent>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTableView>

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr int charts_refresh_ms = 250;
constexpr int chart_width_least = 224;

} // namespace

ChartsPanel::ChartsPanel(LabBridge& bridge, QWidget* parent)
    : Panel(tr("Charts"), parent), m_bridge(bridge), m_charts(chartKinds().size()), m_shown(chartKinds().size())
{
    setObjectName(QStringLiteral("chartsDock"));
    if (bridge.worlds()) {
        m_bands = new SeedBands(bridge, this);
        connect(m_bands, &SeedBands::changed, this, &ChartsPanel::planRefresh);
        connect(bridge.worlds(), &Worlds::changed, this, &ChartsPanel::planRefresh);
    }
    setTitleBarWidget(new QWidget(this));
    auto* body = new QWidget(this);
    body->setObjectName(QStringLiteral("panel"));
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(10, 4, 10, 4);
    column->setSpacing(2);
    column->addWidget(makeBar(body));
    m_pages = new QStackedWidget(body);
    auto* scroll = new QScrollArea(m_pages);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    m_area = new QWidget(scroll);
    m_area->setObjectName(QStringLiteral("panel"));
    m_area->installEventFilter(this);
    m_grid = new QGridLayout(m_area);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(8);
    scroll->setWidget(m_area);
    m_pages->addWidget(scroll);
    m_table_view = new QTableView(m_pages);
    m_table_view->setObjectName(QStringLiteral("chartsTable"));
    m_table_view->setAccessibleName(tr("Charts as a table"));
    m_table_view->setModel(&m_table);
    m_table_view->verticalHeader()->hide();
    m_table_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_pages->addWidget(m_table_view);
    column->addWidget(m_pages, 1);
    setWidget(body);
    setFocusProxy(m_choose);
    for (std::size_t kind = 0; kind < chartKinds().size(); ++kind)
        m_shown[kind] = chartKinds()[kind].is_usual;
    m_due.setSingleShot(true);
    m_due.setInterval(charts_refresh_ms);
    connect(&m_due, &QTimer::timeout, this, &ChartsPanel::refresh);
    connect(&bridge.frames(), &FramePump::grown, this, &ChartsPanel::planRefresh);
    connect(&bridge.frames(), &FramePump::worldChanged, this, &ChartsPanel::forget);
    connect(&bridge.frames(), &FramePump::momentChanged, this, &ChartsPanel::showMoment);
    connect(&bridge.range(), &TimeRange::changed, this, &ChartsPanel::forget);
    connect(m_table_view, &QTableView::activated, this,
            [this](const QModelIndex& index) { m_bridge.places().goToTime(timeOf(m_table.secondsOf(index.row()))); });
    place();
}

QWidget* ChartsPanel::makeBar(QWidget* body)
{
    auto* bar = new QWidget(body);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    m_choose = new QPushButton(bar);
    m_choose->setObjectName(QStringLiteral("chooseCharts"));
    auto* menu = new QMenu(m_choose);
    for (std::size_t kind = 0; kind < chartKinds().size(); ++kind) {
        QAction* const action = menu->addAction(chartKinds()[kind].titleText());
        action->setObjectName(QStringLiteral("chart-") + QLatin1String(chartKinds()[kind].name));
        action->setCheckable(true);
        action->setChecked(chartKinds()[kind].is_usual);
        connect(action, &QAction::toggled, this, [this, kind](bool shown) { showChart(kind, shown); });
    }
    m_choose->setMenu(menu);
    m_state = mutedLabel({}, bar);
    m_state->setObjectName(QStringLiteral("chartsState"));
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_as_table = new QPushButton(tr("As a table"), bar);
    m_as_table->setObjectName(QStringLiteral("chartsAsTable"));
    m_as_table->setCheckable(true);
    auto* save = new QPushButton(tr("Save picture…"), bar);
    save->setObjectName(QStringLiteral("saveCharts"));
    row->addWidget(m_choose);
    row->addWidget(m_state, 1);
    m_many = new QPushButton(tr("%1 worlds").arg(SeedBands::seeds), bar);
    m_many->setObjectName(QStringLiteral("chartsOfManyWorlds"));
    m_many->setCheckable(true);
    m_many->setVisible(m_bridge.worlds() != nullptr);
    m_many->setToolTip(tr("Behind each line what it is in %1 worlds with other seeds: the middle four fifths of them, "
                          "and their median")
                           .arg(SeedBands::seeds));
    row->addWidget(m_many);
    row->addWidget(m_as_table);
    row->addWidget(save);
    connect(m_many, &QPushButton::toggled, this, [this](bool is_on) {
        if (!is_on)
            m_bands->forget();
        refresh();
    });
    connect(m_as_table, &QPushButton::toggled, this, [this](bool is_table) {
        m_pages->setCurrentIndex(is_table ? 1 : 0);
        refresh();
    });
    connect(save, &QPushButton::clicked, this, &ChartsPanel::save);
    return bar;
}

void ChartsPanel::showChart(std::size_t kind, bool shown)
{
    m_shown[kind] = shown;
    place();
    refresh();
}

LineChart* ChartsPanel::chart(const char* name) const
{
    for (std::size_t kind = 0; kind < chartKinds().size(); ++kind) {
        if (qstrcmp(chartKinds()[kind].name, name) == 0)
            return m_charts[kind];
    }
    return nullptr;
}

/// As many beside each other as have room.
int ChartsPanel::columnsWanted() const
{
    const auto count = int(std::count(m_shown.begin(), m_shown.end(), true));
    return std::clamp(m_area->width() / chart_width_least, 1, std::max(1, count));
}

void ChartsPanel::place()
{
    const auto count = int(std::count(m_shown.begin(), m_shown.end(), true));
    m_choose->setText(tr("%1 of %2 charts").arg(count).arg(m_shown.size()));
    m_columns = columnsWanted();
    int at = 0;
    for (std::size_t kind = 0; kind < m_shown.size(); ++kind) {
        LineChart*& chart = m_charts[kind];
        if (!m_shown[kind]) {
            delete std::exchange(chart, nullptr);
            continue;
        }
        if (!chart) {
            chart = new LineChart(chartKinds()[kind].titleText(), chartKinds()[kind].unitText(), m_area);
            chart->setObjectName(QStringLiteral("lines-") + QLatin1String(chartKinds()[kind].name));
            connect(chart, &LineChart::hovered, this, [this](double seconds) { showCursor(seconds); });
            connect(chart, &LineChart::left, this, [this] { showCursor({}); });
            connect(chart, &LineChart::picked, this,
                    [this](double seconds) { m_bridge.places().goToTime(timeOf(seconds)); });
            connect(chart, &LineChart::brushed, this,
                    [this](double from, double to) { m_bridge.range().set(timeOf(from), timeOf(to)); });
        }
        m_grid->addWidget(chart, at / m_columns, at % m_columns);
        ++at;
    }
}

bool ChartsPanel::eventFilter(QObject* object, QEvent* event)
{
    if (object == m_area && event->type() == QEvent::Resize && columnsWanted() != m_columns)
        place();
    return Panel::eventFilter(object, event);
}

void ChartsPanel::setComparison(const WorldComparison* comparison)
{
    m_comparison = comparison;
    if (comparison)
        connect(comparison, &WorldComparison::changed, this, &ChartsPanel::planRefresh);
    forget();
}

void ChartsPanel::forget()
{
    m_series.reset();
    m_other.reset();
    m_read = m_other_read = 0;
    if (m_bands)
        m_bands->forget();
    planRefresh();
}

void ChartsPanel::planRefresh()
{
    if (!m_due.isActive() && isSeen())
        m_due.start();
}

void ChartsPanel::read(std::optional<RunSeries>& series, const FramePump& frames, std::uint64_t& next,
                       const std::optional<TimeRange::Span>& span, const std::vector<std::string>& groups)
{
    if (!series)
        series.emplace(frames.names(), groups, span);
    const Timeline& timeline = frames.timeline();
    for (next = std::max(next, timeline.firstIndex()); next < timeline.endIndex(); ++next)
        series->append(timeline.at(next));
}

std::int64_t ChartsPanel::startUs() const
{
    return toMicros(m_bridge.session().startedAt());
}

std::int64_t ChartsPanel::timeOf(double seconds) const
{
    return startUs() + std::int64_t(seconds * 1e6);
}

/// Once the shown world is whole: its end says how long the charts are.
void ChartsPanel::refreshBands()
{
    if (m_many->isChecked() && m_bridge.frames().isWhole() && !m_series->steps().empty())
        m_bands->want({m_series->beginUs(), m_series->stepUs(), m_series->steps().size()},
                      m_bridge.session().config().workers);
}

QString ChartsPanel::bandsText() const
{
    if (!m_many->isChecked())
        return {};
    if (!m_bands->problem().isEmpty())
        return m_bands->problem();
    return m_bands->isDone() ? tr("pale: the middle four fifths of %1 worlds").arg(SeedBands::seeds)
                             : tr("%1 of %2 worlds…").arg(m_bands->done()).arg(SeedBands::seeds);
}

void ChartsPanel::refresh()
{
    if (!isSeen())
        return;
    const auto& span = m_bridge.range().span();
    const std::vector<std::string>& groups = m_bridge.session().config().workers;
    read(m_series, m_bridge.frames(), m_read, span, groups);
    if (m_comparison)
        read(m_other, m_comparison->other(), m_other_read, span, groups);
    // The last step is not over while the run goes on.
    const bool is_growing = !span && !m_bridge.frames().isWhole();
    const std::size_t steps = m_series->steps().size() - (is_growing && !m_series->steps().empty() ? 1 : 0);
    const std::int64_t begin_us = m_series->beginUs();
    const auto endOf = [&](const RunSeries& series) {
        return double(series.beginUs() + series.stepUs() * std::int64_t(series.steps().size()) - startUs()) / 1e6;
    };
    double end = std::max(endOf(*m_series), m_other ? endOf(*m_other) : 0);
    double from = double(begin_us - startUs()) / 1e6;
    if (span) {
        from = double(span->from_us - startUs()) / 1e6;
        end = double(span->to_us - startUs()) / 1e6;
    }
    refreshBands();
    std::vector<SeriesTable::Chart> charts;
    for (std::size_t kind = 0; kind < m_charts.size(); ++kind) {
        if (!m_charts[kind])
            continue;
        std::vector<ChartLine> lines = chartKinds()[kind].lines(*m_series, steps, startUs());
        if (m_other)
            lines = besides(std::move(lines), chartKinds()[kind].lines(*m_other, m_other->steps().size(), startUs()));
        if (m_bands)
            m_bands->addTo(kind, lines, startUs());
        if (m_as_table->isChecked())
            charts.push_back({chartKinds()[kind].titleText(), chartKinds()[kind].unitText(), lines});
        m_charts[kind]->setLines(std::move(lines), from, end);
    }
    if (m_as_table->isChecked())
        m_table.show(charts);
    QString state;
    if (!m_series->steps().empty()) {
        state = tr("a point is %1").arg(durationText(m_series->stepUs()))
                + (span ? tr(" · only the chosen range") : QString())
                + (m_other ? tr(" · pale and in brackets: %1").arg(m_comparison->otherName()) : QString());
        if (const QString bands = bandsText(); !bands.isEmpty())
            state = bands + QStringLiteral(" · ") + state;
    }
    m_state->setText(state);
    m_state->setToolTip(state);
    showMoment();
}

void ChartsPanel::showMoment()
{
    if (!isSeen())
        return;
    const FramePump& frames = m_bridge.frames();
    const double now = double(frames.nowUs() - startUs()) / 1e6;
    for (LineChart* const chart : m_charts) {
        if (chart)
            chart->setMoment(frames.isFollowing() && !frames.isWhole() ? std::nullopt : std::optional(now));
    }
}

void ChartsPanel::showCursor(std::optional<double> seconds)
{
    for (LineChart* const chart : m_charts) {
        if (chart)
            chart->setCursor(seconds);
    }
}

void ChartsPanel::save()
{
    const QString file = QFileDialog::getSaveFileName(this, tr("Save the charts"), QStringLiteral("charts.svg"),
                                                      tr("Pictures (*.svg *.pdf *.png)"));
    if (const QString problem = file.isEmpty() ? QString() : exportPicture(*m_area, file); !problem.isEmpty())
        m_state->setText(problem);
}

} // namespace orderlab::ui
