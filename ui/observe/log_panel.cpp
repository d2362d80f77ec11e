#include "ui/observe/log_panel.h"

#include "ui/models/format.h"
#include "ui/panels/content_or_empty.h"
#include "ui/panels/delegates.h"
#include "ui/panels/fitted_table.h"
#include "ui/panels/labels.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>

namespace orderlab::ui {

namespace {

constexpr int log_refresh_ms = 200;

} // namespace

LogPanel::LogPanel(LabBridge& bridge, QWidget* parent) : Panel(tr("Log"), parent), m_bridge(bridge), m_model(bridge)
{
    setObjectName(QStringLiteral("logDock"));
    QWidget* const bar = makeBar();
    m_table = makeTable();
    m_content = setTabContent(bar, m_table);
    setFocusProxy(m_table);
    m_due.setSingleShot(true);
    m_due.setInterval(log_refresh_ms);
    connect(&m_due, &QTimer::timeout, this, &LogPanel::refresh);
    connect(&bridge.frames(), &FramePump::grown, this, &LogPanel::planRefresh);
    connect(&bridge.frames(), &FramePump::momentChanged, this, &LogPanel::planRefresh);
    connect(&bridge.frames(), &FramePump::worldChanged, this, [this] {
        m_model.forget();
        planRefresh();
    });
    connect(&bridge.range(), &TimeRange::changed, this, &LogPanel::applyFilter);
    showState();
}

QWidget* LogPanel::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(6, 2, 6, 2);
    row->setSpacing(8);
    m_level = new QComboBox(bar);
    m_level->setObjectName(QStringLiteral("logLevel"));
    m_level->setAccessibleName(tr("Show lines from this level on"));
    for (const auto& [text, level] :
         {std::pair(tr("all lines"), LogLevel::Debug), std::pair(tr("info and worse"), LogLevel::Info),
          std::pair(tr("warnings and errors"), LogLevel::Warning)})
        m_level->addItem(text, int(level));
    m_text = new QLineEdit(bar);
    m_text->setObjectName(QStringLiteral("logText"));
    m_text->setPlaceholderText(tr("message, group or order id"));
    m_text->setAccessibleName(tr("Show lines that contain"));
    m_text->setClearButtonEnabled(true);
    m_text->setMaximumWidth(260);
    m_count = mutedLabel({}, bar);
    m_count->setObjectName(QStringLiteral("logCount"));
    m_count->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(m_level);
    row->addWidget(m_text, 1);
    row->addWidget(m_count, 1);
    connect(m_level, &QComboBox::currentIndexChanged, this, &LogPanel::applyFilter);
    connect(m_text, &QLineEdit::textChanged, this, &LogPanel::applyFilter);
    return bar;
}

FittedTable* LogPanel::makeTable()
{
    auto* table = new FittedTable(this);
    table->setObjectName(QStringLiteral("logTable"));
    table->setAccessibleName(tr("Log"));
    table->setModel(&m_model);
    table->setItemDelegate(new CellDelegate(false, table));
    for (const int column : {LogModel::Time, LogModel::Order, LogModel::Attempt})
        table->setItemDelegateForColumn(column, new CellDelegate(true, table));
    table->setColumnWeights({82, 84, 78, 430, 92, 104, 66});
    table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(table, &QTableView::clicked, this, [this](const QModelIndex& index) {
        tellStory(index);
        if (!m_bridge.frames().isFollowing())
            goTo(index);
    });
    connect(table, &FittedTable::momentWanted, this, [this](const QModelIndex& index) {
        tellStory(index);
        goTo(index);
    });
    connect(table, &QTableView::customContextMenuRequested, this, &LogPanel::openMenu);
    return table;
}

void LogPanel::tellStory(const QModelIndex& index)
{
    if (const OrderId order = m_model.orderOf(index.row()); !order.isNull())
        Q_EMIT orderSelected(order);
}

void LogPanel::goTo(const QModelIndex& index)
{
    m_bridge.places().go(m_model.entryOf(index.row()) + 1);
}

void LogPanel::openMenu(const QPoint& at)
{
    const QModelIndex index = m_table->indexAt(at);
    if (!index.isValid())
        return;
    QMenu menu(this);
    menu.addAction(tr("Show this moment"), this, [this, index] { goTo(index); });
    if (const OrderId order = m_model.orderOf(index.row()); !order.isNull())
        menu.addAction(tr("Only this order"), this,
                       [this, order] { filter(QString::fromStdString(order.toString())); });
    menu.addAction(tr("Copy the line"), this, [this, index] {
        QStringList cells;
        for (int column = 0; column < LogModel::ColumnCount; ++column)
            cells << index.siblingAtColumn(column).data().toString();
        QGuiApplication::clipboard()->setText(cells.join(QLatin1Char('\t')));
    });
    menu.exec(m_table->viewport()->mapToGlobal(at));
}

void LogPanel::filter(const QString& text)
{
    m_text->setText(text);
}

void LogPanel::applyFilter()
{
    m_model.setFilter({LogLevel(m_level->currentData().toInt()), m_text->text().trimmed(), m_bridge.range().span()});
    refresh();
}

void LogPanel::planRefresh()
{
    if (!m_due.isActive() && isSeen())
        m_due.start();
}

void LogPanel::refresh()
{
    if (!isSeen())
        return;
    m_model.read();
    m_model.setMoment(m_bridge.frames().index());
    showState();
    const int passed = m_model.rowsPassed();
    if (passed == 0)
        return;
    const QModelIndex at = m_model.index(passed - 1, 0);
    if (m_bridge.frames().isFollowing()) {
        m_table->scrollToBottom();
    } else if (m_table->currentIndex().row() != at.row()) {
        m_table->setCurrentIndex(at);
        m_table->scrollTo(at);
    }
}

void LogPanel::showState()
{
    const int shown = m_model.rowCount();
    m_content->show(shown > 0, m_bridge.frames().timeline().endIndex() == 0 ? tr("Nothing has happened yet.")
                                                                            : tr("No line matches these filters."));
    QString count = tr("%1 of %2")
                        .arg(counted(shown, QT_TRANSLATE_N_NOOP("counted", "%n lines")),
                             counted(std::int64_t(m_bridge.frames().timeline().endIndex()),
                                     QT_TRANSLATE_N_NOOP("counted", "%n entries")));
    if (m_model.skipped() > 0)
        count = tr("%1; the oldest %2 were not looked through").arg(count, grouped(std::int64_t(m_model.skipped())));
    else if (std::size_t(shown) == LogModel::rows_max)
        count = tr("the newest %1 lines").arg(grouped(shown));
    m_count->setText(count);
    m_count->setToolTip(count);
}

} // namespace orderlab::ui
