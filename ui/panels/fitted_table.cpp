#include "ui/panels/fitted_table.h"

#include "ui/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QTimer>

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
    connect(this, &QTableView::doubleClicked, this, &FittedTable::momentWanted);
    // What is chosen stays in sight, wherever its row goes.
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &FittedTable::keepInSight);
}

void FittedTable::keepInSight()
{
    // Later: the rows are sorted by then.
    QTimer::singleShot(0, this, [this] {
        if (!currentIndex().isValid())
            return;
        executeDelayedItemsLayout(); // Else the range of the scroll bar is that of the rows before.
        updateGeometries();
        scrollTo(currentIndex());
    });
}

void FittedTable::keyPressEvent(QKeyEvent* event)
{
    const bool is_plain = (event->modifiers() & ~Qt::KeypadModifier) == 0;
    const bool is_wanted = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_G;
    if (is_plain && is_wanted) {
        if (currentIndex().isValid())
            Q_EMIT momentWanted(currentIndex());
        return;
    }
    if (event->matches(QKeySequence::Copy) && currentIndex().isValid()) {
        QStringList cells;
        for (int column = 0; column < model()->columnCount(); ++column)
            cells << currentIndex().siblingAtColumn(column).data().toString();
        QGuiApplication::clipboard()->setText(cells.join(QLatin1Char('\t')));
        return;
    }
    QTableView::keyPressEvent(event);
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
