#include "ui/models/format.h"
#include "ui/own_workers/own_worker_dialog.h"
#include "ui/panels/allowed.h"
#include "ui/panels/delegates.h"
#include "ui/panels/fitted_table.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSpinBox>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

// The tabs of the dialog: what its program says, and what becomes of the promises.

namespace orderlab::ui {

QWidget* OwnWorkerDialog::makeLog()
{
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(6);
    auto* row = new QHBoxLayout;
    m_find = new QLineEdit(page);
    m_find->setObjectName(QStringLiteral("ownFind"));
    m_find->setAccessibleName(tr("Find in the log"));
    m_find->setPlaceholderText(tr("Find in the log"));
    m_find->setClearButtonEnabled(true);
    auto* copy = new QPushButton(tr("Cop&y"), page);
    auto* clear = new QPushButton(tr("Cl&ear"), page);
    copy->setObjectName(QStringLiteral("ownCopy"));
    clear->setObjectName(QStringLiteral("ownClear"));
    row->addWidget(m_find, 1);
    for (QPushButton* one : {copy, clear}) {
        one->setAutoDefault(false);
        row->addWidget(one);
    }
    column->addLayout(row);
    m_shown_log = new QSortFilterProxyModel(page);
    m_shown_log->setSourceModel(&m_workers.log());
    m_shown_log->setFilterKeyColumn(-1);
    m_shown_log->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_shown_log->setSortRole(WorkerLogModel::time_role);
    m_shown_log->sort(WorkerLogModel::Time);
    m_log = new FittedTable(page);
    m_log->setObjectName(QStringLiteral("ownLog"));
    m_log->setAccessibleName(tr("What your workers say"));
    m_log->setModel(m_shown_log);
    m_log->setColumnWeights({90, 110, 560});
    m_log->setItemDelegate(new CellDelegate(true, m_log));
    column->addWidget(m_log, 1);
    m_log_empty = new QLabel(page);
    m_log_empty->setObjectName(QStringLiteral("ownLogEmpty"));
    m_log_empty->setProperty("role", QStringLiteral("empty"));
    m_log_empty->setWordWrap(true);
    m_log_empty->setAlignment(Qt::AlignCenter);
    column->addWidget(m_log_empty, 1);
    connect(m_find, &QLineEdit::textChanged, m_shown_log, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_find, &QLineEdit::textChanged, m_log, [this](const QString& text) {
        m_log->setProperty(wanted_property, text);
        m_log->viewport()->update();
    });
    connect(copy, &QPushButton::clicked, this, &OwnWorkerDialog::copyLog);
    connect(clear, &QPushButton::clicked, &m_workers.log(), &WorkerLogModel::clear);
    connect(m_log, &FittedTable::momentWanted, this, &OwnWorkerDialog::openLine);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_workers.log(), signal, this, &OwnWorkerDialog::refreshLog);
    connect(&m_workers.log(), &QAbstractItemModel::modelReset, this, &OwnWorkerDialog::refreshLog);
    return page;
}

void OwnWorkerDialog::refreshLog()
{
    const int lines = m_workers.log().rowCount();
    m_log->setVisible(lines > 0);
    m_log_empty->setVisible(lines == 0);
    m_log_empty->setText(m_workers.running().empty()
                             ? tr("Nothing yet. What a program of yours prints on standard error comes here, and which "
                                  "of its attempts failed.")
                             : tr("Nothing yet. It has printed nothing on standard error, and no attempt has failed. "
                                  "It is started for its first event."));
    m_tabs->setTabText(0, lines == 0 ? tr("&Log") : tr("&Log (%1)").arg(grouped(lines)));
}

void OwnWorkerDialog::openLine(const QModelIndex& index)
{
    const int row = m_shown_log->mapToSource(index).row();
    if (row < 0)
        return;
    const WorkerLogModel::Line& line = m_workers.log().line(row);
    if (!line.order.isNull())
        Q_EMIT attemptWanted(line.order, line.time_us);
}

/// What is shown, with tabs between the columns.
void OwnWorkerDialog::copyLog()
{
    QStringList lines;
    for (int row = 0; row < m_shown_log->rowCount(); ++row)
        lines << m_workers.log().text(m_shown_log->mapToSource(m_shown_log->index(row, 0)).row());
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
    say(tr("%1 lines are copied.").arg(grouped(lines.size())), false);
}

QWidget* OwnWorkerDialog::makeTest()
{
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(6);
    auto* row = new QHBoxLayout;
    m_worlds = new QSpinBox(page);
    m_worlds->setObjectName(QStringLiteral("ownWorlds"));
    m_worlds->setAccessibleName(tr("How many worlds"));
    m_worlds->setRange(1, OwnWorkers::worlds_max);
    m_worlds->setValue(OwnWorkers::worlds_usual);
    m_worlds->setSuffix(tr(" worlds"));
    m_test = new QPushButton(page);
    m_test->setObjectName(QStringLiteral("ownTest"));
    m_test->setAutoDefault(false);
    m_open = new QPushButton(tr("&Open the smallest failing world"), page);
    m_open->setObjectName(QStringLiteral("ownOpen"));
    m_open->setAutoDefault(false);
    m_test_state = mutedLabel({}, page);
    m_test_state->setObjectName(QStringLiteral("ownTestState"));
    m_test_state->setTextFormat(Qt::PlainText);
    m_test_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(m_worlds);
    row->addWidget(m_test);
    row->addWidget(m_test_state, 1);
    row->addWidget(m_open);
    column->addLayout(row);
    m_progress = new QProgressBar(page);
    m_progress->setObjectName(QStringLiteral("ownProgress"));
    m_progress->setAccessibleName(tr("Worlds done"));
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(4);
    column->addWidget(m_progress);
    m_promises = new FittedTable(page);
    m_promises->setObjectName(QStringLiteral("ownPromises"));
    m_promises->setAccessibleName(tr("What becomes of the promises"));
    m_promises->setModel(&m_workers.promises());
    m_promises->setColumnWeights({230, 80, 150, 320});
    m_promises->setItemDelegate(new CellDelegate(false, m_promises));
    column->addWidget(m_promises, 1);
    m_details = new QLabel(page);
    m_details->setObjectName(QStringLiteral("ownDetails"));
    m_details->setTextFormat(Qt::PlainText);
    m_details->setWordWrap(true);
    m_details->setProperty("role", QStringLiteral("muted"));
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addWidget(m_details);
    connect(m_test, &QPushButton::clicked, this, [this] {
        if (m_workers.isTesting())
            m_workers.cancelTest();
        else
            m_workers.test(chosen(), m_worlds->value());
    });
    connect(m_open, &QPushButton::clicked, this, &OwnWorkerDialog::openWorld);
    connect(m_promises, &FittedTable::momentWanted, this, &OwnWorkerDialog::openWorld);
    connect(m_promises->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &OwnWorkerDialog::refreshTest);
    connect(&m_workers.promises(), &QAbstractItemModel::modelReset, this, [this] {
        const int broken = m_workers.promises().firstBroken();
        if (m_workers.promises().trial())
            m_promises->selectRow(std::max(broken, 0));
    });
    if (m_workers.promises().trial()) // Of a dialog before this one.
        m_promises->selectRow(std::max(m_workers.promises().firstBroken(), 0));
    return page;
}

void OwnWorkerDialog::refreshTest()
{
    const bool is_testing = m_workers.isTesting();
    m_test->setText(is_testing ? tr("Cance&l") : tr("&Run"));
    m_worlds->setEnabled(!is_testing);
    const OwnWorker worker = chosen();
    const auto valid = validateOwnWorkers({&worker, 1});
    allow(m_test, is_testing || valid ? QString() : toQt(valid.error().message));
    m_progress->setVisible(is_testing);
    m_progress->setRange(0, m_workers.worldsDone() == 0 ? 0 : m_workers.worldsWanted());
    m_progress->setValue(m_workers.worldsDone());
    const QString text = m_workers.testText();
    m_test_state->setText(text.isEmpty() ? tr("The program is put through worlds in which all that can fail does.")
                                         : text);
    m_test_state->setToolTip(text);
    const int row = m_promises->currentIndex().row();
    m_details->setText(m_workers.promises().details(row));
    m_details->setVisible(!m_details->text().isEmpty());
    const PromiseVerdict* const promise = m_workers.promises().promise(row);
    allow(m_open, promise && promise->moment       ? QString()
                  : promise && promise->broken > 0 ? tr("No smaller world was found: its answers depend on chance.")
                                                   : tr("Choose a promise that is broken."));
}

void OwnWorkerDialog::openWorld()
{
    const PromiseVerdict* const promise = m_workers.promises().promise(m_promises->currentIndex().row());
    if (promise && promise->moment)
        Q_EMIT worldWanted(*promise);
}

} // namespace orderlab::ui
