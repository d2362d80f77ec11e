#include "ui/panels/fitted_table.h"

#include "ui/dialogs/columns_dialog.h"
#include "ui/panels/held_rows.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QTimer>

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr double shrink_max = 0.72; ///< Narrower than that, and words are cut: rather scroll.

} // namespace

FittedTable::FittedTable(QWidget* parent) : QTableView(parent), m_held(new HeldRows(*this))
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
    horizontalHeader()->setMinimumSectionSize(ColumnLayout::width_min);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    horizontalHeader()->viewport()->installEventFilter(this);
    connect(horizontalHeader(), &QWidget::customContextMenuRequested, this, &FittedTable::openHeaderMenu);
    connect(horizontalHeader(), &QHeaderView::sectionMoved, this, [this] {
        if (!m_is_arranging)
            Q_EMIT columnsChanged();
    });
    connect(this, &QTableView::doubleClicked, this, &FittedTable::momentWanted);
    // What is chosen stays in sight, wherever its row goes.
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &FittedTable::keepInSight);
}

void FittedTable::keepInSight()
{
    m_held->letGo();
    // Later: the rows are sorted by then.
    QTimer::singleShot(0, this, [this] {
        if (!currentIndex().isValid())
            return;
        m_held->letGo();
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
        for (int place = 0; place < model()->columnCount(); ++place) {
            const int column = horizontalHeader()->logicalIndex(place);
            if (!isColumnHidden(column)) // What is seen is what is copied.
                cells << currentIndex().siblingAtColumn(column).data().toString();
        }
        QGuiApplication::clipboard()->setText(cells.join(QLatin1Char('\t')));
        return;
    }
    QTableView::keyPressEvent(event);
}

void FittedTable::setModel(QAbstractItemModel* model)
{
    QTableView::setModel(model);
    m_held->follow(model);
}

// Columns -------------------------------------------------------------------------------------------------------------

void FittedTable::setColumnWeights(std::vector<int> weights)
{
    m_weights_at_first = std::move(weights);
    m_weights = m_weights_at_first;
    fit();
}

void FittedTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) // A scroll bar below takes no width.
        fit();
}

void FittedTable::fit()
{
    int total = 0;
    for (std::size_t column = 0; column < m_weights.size(); ++column)
        total += isColumnHidden(int(column)) ? 0 : m_weights[column];
    if (total == 0)
        return;
    const double factor = std::max(shrink_max, double(viewport()->width()) / total);
    for (std::size_t column = 0; column < m_weights.size(); ++column) {
        if (!isColumnHidden(int(column)))
            setColumnWidth(int(column), int(m_weights[column] * factor));
    }
}

/// A person drags between these two: all other widths come from fit().
bool FittedTable::eventFilter(QObject* object, QEvent* event)
{
    if (object == horizontalHeader()->viewport()) {
        if (event->type() == QEvent::MouseButtonPress)
            m_widths_before = widths();
        else if (event->type() == QEvent::MouseButtonRelease)
            QTimer::singleShot(0, this, &FittedTable::takeWidths);
    }
    return QTableView::eventFilter(object, event);
}

std::vector<int> FittedTable::widths() const
{
    std::vector<int> all;
    for (int column = 0; column < int(m_weights.size()); ++column)
        all.push_back(columnWidth(column));
    return all;
}

void FittedTable::takeWidths()
{
    if (m_widths_before.empty() || widths() == m_widths_before)
        return;
    m_widths_before.clear();
    for (int column = 0; column < int(m_weights.size()); ++column) {
        if (!isColumnHidden(column))
            m_weights[std::size_t(column)] =
                std::clamp(columnWidth(column), ColumnLayout::width_min, ColumnLayout::width_max);
    }
    Q_EMIT columnsChanged();
}

ColumnLayout FittedTable::columnLayout() const
{
    ColumnLayout layout;
    const QHeaderView* const header = horizontalHeader();
    for (int place = 0; place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        const int width = std::size_t(column) < m_weights.size() ? m_weights[std::size_t(column)] : columnWidth(column);
        layout.columns.push_back({column, width, !header->isSectionHidden(column)});
    }
    return layout;
}

void FittedTable::setColumnLayout(const ColumnLayout& layout)
{
    QHeaderView* const header = horizontalHeader();
    if (int(layout.columns.size()) != header->count())
        return;
    m_is_arranging = true;
    m_weights.resize(layout.columns.size(), ColumnLayout::width_min);
    for (int place = 0; place < int(layout.columns.size()); ++place) {
        const ColumnLayout::Column& column = layout.columns[std::size_t(place)];
        header->moveSection(header->visualIndex(column.column), place);
        header->setSectionHidden(column.column, !column.is_shown);
        m_weights[std::size_t(column.column)] = column.width;
    }
    m_is_arranging = false;
    fit();
    Q_EMIT columnsChanged();
}

void FittedTable::resetColumns()
{
    ColumnLayout layout;
    for (std::size_t column = 0; column < m_weights_at_first.size(); ++column)
        layout.columns.push_back({int(column), m_weights_at_first[column], true});
    setColumnLayout(layout);
}

void FittedTable::showColumn(int column, bool is_shown)
{
    ColumnLayout layout = columnLayout();
    const auto shown = std::count_if(layout.columns.begin(), layout.columns.end(),
                                     [](const ColumnLayout::Column& one) { return one.is_shown; });
    for (ColumnLayout::Column& one : layout.columns) {
        if (one.column == column && (is_shown || shown > 1))
            one.is_shown = is_shown;
    }
    setColumnLayout(layout);
}

QString FittedTable::columnTitle(int column) const
{
    const QString title = model() ? model()->headerData(column, Qt::Horizontal).toString() : QString();
    return title.isEmpty() ? tr("Bar") : title;
}

void FittedTable::openHeaderMenu(const QPoint& at)
{
    QMenu menu(this);
    menu.setObjectName(QStringLiteral("columnsMenu"));
    const ColumnLayout layout = columnLayout();
    const auto shown = std::count_if(layout.columns.begin(), layout.columns.end(),
                                     [](const ColumnLayout::Column& one) { return one.is_shown; });
    for (const ColumnLayout::Column& one : layout.columns) {
        QAction* const action = menu.addAction(columnTitle(one.column));
        action->setCheckable(true);
        action->setChecked(one.is_shown);
        action->setEnabled(shown > 1 || !one.is_shown);
        connect(action, &QAction::toggled, this,
                [this, column = one.column](bool is_on) { showColumn(column, is_on); });
    }
    menu.addSeparator();
    menu.addAction(tr("&Arrange columns…"), this, [this] { ColumnsDialog(*this).exec(); });
    menu.addAction(tr("&Reset columns"), this, &FittedTable::resetColumns);
    menu.exec(horizontalHeader()->viewport()->mapToGlobal(at));
}

} // namespace orderlab::ui
