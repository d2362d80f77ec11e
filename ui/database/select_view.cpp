#include "ui/database/select_view.h"

#include "ui/database/sql_edit.h"
#include "ui/database/table_cell_delegate.h"
#include "ui/models/format.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

namespace orderlab::ui {

namespace {

constexpr int column_width_max = 320;
constexpr int sized_rows = 50; ///< Rows that the columns' widths are taken from.

QString lineOf(const QString& statement)
{
    constexpr int letters_max = 90;
    const QString line = statement.simplified();
    return line.size() > letters_max ? line.left(letters_max) + QStringLiteral("…") : line;
}

} // namespace

SelectView::SelectView(LabBridge& bridge, QWidget* parent) : QWidget(parent), m_bridge(bridge), m_desk(bridge.tables())
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(makeInput(this), 2);
    row->addWidget(makeOutput(this), 3);
    setFocusProxy(m_edit);
    connect(&bridge.session(), &Session::stateChanged, this, &SelectView::showState);
    fillHistory();
    showState();
}

QWidget* SelectView::makeInput(QWidget* parent)
{
    auto* side = new QWidget(parent);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    m_edit = new SqlEdit(side);
    m_edit->setObjectName(QStringLiteral("sqlEdit"));
    m_edit->setAccessibleName(tr("SELECT statement"));
    const QString example = QStringLiteral("SELECT status, count(*) FROM orders GROUP BY status");
    m_edit->setPlaceholderText(example);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    m_run = new QPushButton(tr("Run"), side);
    m_run->setObjectName(QStringLiteral("runSelect"));
    m_run->setProperty("primary", true);
    m_run->setToolTip(tr("Run this SELECT (Ctrl+Enter). It only reads, for at most 5 s and 1,000 rows."));
    m_plan = new QPushButton(tr("Plan"), side);
    m_plan->setObjectName(QStringLiteral("planSelect"));
    m_plan->setToolTip(tr("How the database would run it"));
    m_cancel = new QPushButton(tr("Cancel"), side);
    m_cancel->setObjectName(QStringLiteral("cancelSelect"));
    m_past = new QToolButton(side);
    m_past->setObjectName(QStringLiteral("selectHistory"));
    m_past->setText(tr("History ▾"));
    m_past->setPopupMode(QToolButton::InstantPopup);
    m_past->setMenu(new QMenu(m_past));
    for (QWidget* button : std::initializer_list<QWidget*>{m_run, m_plan, m_cancel, m_past})
        buttons->addWidget(button);
    buttons->addStretch(1);
    m_message = mutedLabel({}, side);
    m_message->setObjectName(QStringLiteral("selectMessage"));
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_edit, 1);
    column->addWidget(m_message);
    column->addLayout(buttons);
    connect(m_edit, &SqlEdit::runWanted, this, &SelectView::run);
    connect(m_run, &QPushButton::clicked, this, &SelectView::run);
    connect(m_plan, &QPushButton::clicked, this, &SelectView::plan);
    connect(m_cancel, &QPushButton::clicked, this, &SelectView::cancel);
    return side;
}

QWidget* SelectView::makeOutput(QWidget* parent)
{
    m_output = new QStackedWidget(parent);
    m_rows = new QTableView(m_output);
    m_rows->setObjectName(QStringLiteral("selectedRows"));
    m_rows->setAccessibleName(tr("Rows of the SELECT"));
    m_rows->setModel(&m_model);
    m_rows->setItemDelegate(new TableCellDelegate(m_rows));
    m_rows->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_rows->setShowGrid(false);
    m_rows->setWordWrap(false);
    m_rows->setTabKeyNavigation(false);
    m_rows->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_rows->verticalHeader()->hide();
    m_rows->verticalHeader()->setDefaultSectionSize(metrics::row_height);
    m_rows->horizontalHeader()->setHighlightSections(false);
    m_rows->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_rows->horizontalHeader()->setMaximumSectionSize(column_width_max);
    m_rows->horizontalHeader()->setResizeContentsPrecision(sized_rows);
    m_plan_text = new QPlainTextEdit(m_output);
    m_plan_text->setObjectName(QStringLiteral("planText"));
    m_plan_text->setReadOnly(true);
    m_plan_text->setFont(Theme::monoFont(11.5));
    m_plan_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_output->addWidget(m_rows);
    m_output->addWidget(m_plan_text);
    return m_output;
}

template <typename Answer>
void SelectView::ask(Result<Answer> (Tables::*question)(const std::string&), void (SelectView::*show)(const Answer&))
{
    if (m_is_running || !m_desk.whyNone().isEmpty() || !m_bridge.session().isRunning())
        return;
    const QString statement = m_edit->toPlainText();
    m_edit->showProblem(-1);
    m_moment.clear();
    if (m_desk.followsMoment()) {
        const double seconds = double(m_bridge.frames().nowUs() - toMicros(m_bridge.session().startedAt())) / 1e6;
        m_moment = QStringLiteral("%1 s").arg(seconds, 0, 'f', 3);
    }
    std::function<Result<Answer>(Tables&)> look = [question, sql = statement.toStdString()](Tables& tables) {
        return (tables.*question)(sql);
    };
    m_is_running = m_desk.ask<Answer>(this, std::move(look), [this, show](const Result<Answer>& answer) {
        m_is_running = false;
        if (answer)
            (this->*show)(*answer);
        else
            showProblem({sentence(answer.error()).toStdString(), -1});
        showState();
    });
    if (!m_is_running) {
        showProblem({tooManyQuestions().toStdString(), -1});
        return;
    }
    remember(statement);
    m_message->setText(tr("Running…"));
    restyle(m_message, "role", QStringLiteral("muted"));
    showState();
}

void SelectView::run()
{
    ask<Selected>(&Tables::select, &SelectView::showSelected);
}

void SelectView::plan()
{
    ask<SelectPlan>(&Tables::plan, &SelectView::showPlan);
}

void SelectView::cancel()
{
    if (m_is_running)
        m_desk.cancel();
}

void SelectView::showSelected(const Selected& selected)
{
    if (selected.problem) {
        showProblem(*selected.problem);
        return;
    }
    m_model.show(selected);
    m_rows->resizeColumnsToContents();
    m_output->setCurrentWidget(m_rows);
    QString text = counted(std::int64_t(selected.rows.size()), QT_TRANSLATE_N_NOOP("counted", "%n rows"));
    if (!m_moment.isEmpty())
        text = tr("%1 at %2").arg(text, m_moment);
    if (!selected.cut.empty())
        text += QStringLiteral(". ") + QString::fromStdString(selected.cut);
    m_message->setText(text);
    restyle(m_message, "role", selected.cut.empty() ? QStringLiteral("muted") : QStringLiteral("warning"));
}

void SelectView::showPlan(const SelectPlan& plan)
{
    if (plan.problem) {
        showProblem(*plan.problem);
        return;
    }
    m_plan_text->setPlainText(QString::fromStdString(plan.text));
    m_output->setCurrentWidget(m_plan_text);
    m_message->setText(tr("How the database would run it"));
    restyle(m_message, "role", QStringLiteral("muted"));
}

void SelectView::showProblem(const SqlProblem& problem)
{
    m_edit->showProblem(problem.position);
    m_message->setText(QString::fromStdString(problem.message));
    restyle(m_message, "role", QStringLiteral("error"));
}

void SelectView::showState()
{
    const bool can = m_desk.whyNone().isEmpty() && m_bridge.session().isRunning();
    m_run->setEnabled(can && !m_is_running);
    m_plan->setEnabled(can && !m_is_running);
    m_cancel->setEnabled(m_is_running);
}

void SelectView::remember(const QString& statement)
{
    const QString trimmed = statement.trimmed();
    if (trimmed.isEmpty() || trimmed.size() > int(Tables::statement_bytes_max))
        return;
    m_history.removeAll(trimmed);
    m_history.prepend(trimmed);
    while (m_history.size() > history_max)
        m_history.removeLast();
    fillHistory();
    Q_EMIT historyChanged(m_history);
}

void SelectView::setHistory(const QStringList& statements)
{
    m_history = statements.mid(0, history_max);
    fillHistory();
}

void SelectView::fillHistory()
{
    QMenu* menu = m_past->menu();
    menu->clear();
    for (const QString& statement : m_history) {
        QString line = lineOf(statement);
        line.replace(QLatin1Char('&'), QStringLiteral("&&"));
        menu->addAction(line, this, [this, statement] {
            m_edit->setPlainText(statement);
            m_edit->setFocus();
        });
    }
    m_past->setEnabled(!m_history.isEmpty());
}

} // namespace orderlab::ui
