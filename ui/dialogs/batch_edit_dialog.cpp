#include "ui/dialogs/batch_edit_dialog.h"

#include "ui/dialogs/field_grid.h"
#include "ui/dialogs/replay_rate.h"
#include "ui/models/format.h"
#include "ui/panels/delegates.h"
#include "ui/panels/fitted_table.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr int value_max = 1'000; ///< Characters.

} // namespace

BatchEditDialog::BatchEditDialog(DeadLetterDesk& desk, std::vector<DeadLetter> letters, std::int64_t count,
                                 const QString& group, QWidget* parent)
    : QDialog(parent), m_desk(desk), m_letters(std::move(letters)), m_count(count)
{
    setObjectName(QStringLiteral("batchEditDialog"));
    setWindowTitle(tr("Edit many and replay"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(660, 480);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 16);
    column->setSpacing(10);
    column->addWidget(titleLabel(tr("Set one field of %1 dead letters, then replay them to %2")
                                     .arg(grouped(std::int64_t(m_letters.size())), group),
                                 this));
    column->addWidget(makeForm());
    auto* table = new FittedTable(this);
    table->setObjectName(QStringLiteral("batchPreview"));
    table->setAccessibleName(tr("What changes in each dead letter"));
    table->setModel(&m_model);
    table->setItemDelegate(new CellDelegate(false, table));
    table->setItemDelegateForColumn(BatchEditModel::Order, new CellDelegate(true, table));
    table->setColumnWeights({84, 150, 150, 230});
    column->addWidget(table, 1);
    m_sentence = new QLabel(this);
    m_sentence->setObjectName(QStringLiteral("batchSentence"));
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_progress = new QProgressBar(this);
    m_progress->setObjectName(QStringLiteral("batchProgress"));
    m_progress->setAccessibleName(tr("Progress of the replay"));
    m_progress->setTextVisible(false);
    m_progress->hide();
    column->addWidget(m_sentence);
    column->addWidget(m_progress);
    m_close = new QPushButton(tr("Cancel"), this);
    m_close->setObjectName(QStringLiteral("batchClose"));
    m_close->setAutoDefault(false);
    m_replay = new QPushButton(this);
    m_replay->setObjectName(QStringLiteral("batchReplay"));
    m_replay->setProperty("primary", true);
    m_replay->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    buttons->addWidget(m_replay);
    column->addLayout(buttons);
    connect(m_path, &QComboBox::editTextChanged, this, &BatchEditDialog::plan);
    connect(m_value, &QLineEdit::textChanged, this, &BatchEditDialog::plan);
    connect(m_close, &QPushButton::clicked, this, &BatchEditDialog::reject);
    connect(m_replay, &QPushButton::clicked, this, &BatchEditDialog::start);
    connect(&desk, &DeadLetterDesk::replayNews, this, &BatchEditDialog::showNews);
    plan();
    m_value->setFocus();
}

QWidget* BatchEditDialog::makeForm()
{
    auto* form = new QWidget(this);
    auto* grid = new FieldGrid(form);
    m_path = new QComboBox(form);
    m_path->setEditable(true);
    m_path->addItems(pathsOf(m_letters));
    m_path->setToolTip(tr("Members with dots between them, such as details.reason"));
    m_value = new QLineEdit(form);
    m_value->setMaxLength(value_max);
    m_value->setFont(Theme::monoFont(12));
    m_rate = makeReplayRate(form);
    grid->put(0, 0, tr("Field"), m_path, "batchPath");
    grid->put(0, 1, tr("New value"), m_value, "batchValue");
    grid->put(1, 0, tr("At most, a second"), m_rate, "replayRate");
    return form;
}

void BatchEditDialog::plan()
{
    if (m_is_running)
        return;
    m_model.show(planEdit(m_letters, {m_path->currentText(), m_value->text()}));
    const auto& changes = m_model.changes();
    const auto done = std::count_if(changes.begin(), changes.end(), [](const auto& one) { return one.isDone(); });
    const auto wrong =
        std::count_if(changes.begin(), changes.end(), [](const auto& one) { return !one.problem.isEmpty(); });
    const auto same = std::int64_t(changes.size()) - done - wrong;
    QStringList parts;
    parts << counted(done, QT_TRANSLATE_N_NOOP("counted", "%n change and are replayed."));
    if (same > 0)
        parts << counted(same, QT_TRANSLATE_N_NOOP("counted", "%n have that value already and are left out."));
    if (wrong > 0)
        parts << counted(wrong, QT_TRANSLATE_N_NOOP("counted", "%n cannot be changed so and are left out."));
    if (m_count > std::int64_t(m_letters.size()))
        parts << tr("These are the newest %1 of %2.").arg(grouped(std::int64_t(m_letters.size())), grouped(m_count));
    m_sentence->setText(parts.join(QLatin1Char(' ')));
    m_replay->setText(tr("Change and replay %1").arg(grouped(done)));
    m_replay->setEnabled(done > 0);
}

void BatchEditDialog::start()
{
    std::vector<LetterEdit> edits;
    for (const BatchChange& change : m_model.changes()) {
        if (change.isDone())
            edits.push_back({change.letter, change.data});
    }
    const auto total = std::int64_t(edits.size());
    m_is_running = true; // Also what comes at once is ours.
    if (!m_desk.replayEdited(std::move(edits), m_rate->value())) {
        m_is_running = false;
        m_sentence->setText(tr("Another replay is under way. Wait for its end."));
        return;
    }
    for (QWidget* field : {static_cast<QWidget*>(m_path), static_cast<QWidget*>(m_value), static_cast<QWidget*>(m_rate),
                           static_cast<QWidget*>(m_replay)})
        field->setEnabled(false);
    m_close->setText(tr("Stop"));
    m_progress->setRange(0, int(total));
    m_progress->setValue(0);
    m_progress->show();
    m_sentence->setText(tr("0 of %1 replayed…").arg(grouped(total)));
}

void BatchEditDialog::showNews(const ReplayNews& news)
{
    if (!m_is_running)
        return;
    m_is_running = !news.is_finished;
    m_progress->setValue(int(std::min<std::int64_t>(news.replayed + news.skipped, m_progress->maximum())));
    QStringList parts{tr("%1 of %2 replayed.").arg(grouped(news.replayed), grouped(news.total))};
    if (news.skipped > 0)
        parts << tr("%1 were decided by somebody else.").arg(grouped(news.skipped));
    if (news.is_stopped)
        parts << tr("Stopped: the rest waits as before.");
    if (!news.problem.isEmpty())
        parts << news.problem;
    m_sentence->setText(parts.join(QLatin1Char(' ')));
    if (news.is_finished) {
        m_close->setText(tr("Close"));
        m_close->setFocus();
    }
}

void BatchEditDialog::done(int result)
{
    if (m_is_running)
        m_desk.stopReplay();
    QDialog::done(result);
}

} // namespace orderlab::ui
