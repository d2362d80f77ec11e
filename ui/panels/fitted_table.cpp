#include "ui/panels/fitted_table.h"

#include "ui/theme/theme.h"

#include <QHeaderView>

#include <numeric>

namespace orderlab::ui {

namespace {

constexpr double shrink_max = 0.72; ///< Narrower than that, and words are cut: rather scroll.

} // namespace

FittedTable::FittedTable(QWidget* parent) : QTableView(parent)
{
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(metrics::row_height);
    verticalHeader()->setMinimumSectionSize(metrics::row_height);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setMinimumSectionSize(36);
    horizontalHeader()->setStretchLastSection(true);
}

void FittedTable::setColumnWeights(std::vector<int> weights)
{
    m_weights = std::move(weights);
    fit();
}

void FittedTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fit();
}

void FittedTable::fit()
{
    const int total = std::accumulate(m_weights.begin(), m_weights.end(), 0);
    if (total == 0)
        return;
    const double factor = std::max(shrink_max, double(viewport()->width()) / total);
    for (std::size_t column = 0; column < m_weights.size(); ++column)
        setColumnWidth(int(column), int(m_weights[column] * factor));
}

} // namespace orderlab::ui
