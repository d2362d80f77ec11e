#include "ui/dialogs/replay_dialog.h"

#include "domain/event_codec.h"
#include "ui/dialogs/replay_rate.h"
#include "ui/models/dead_letter_text.h"
#include "ui/models/format.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>

namespace orderlab::ui {

namespace {

constexpr int outcome_every_ms = 200;

} // namespace

ReplayDialog::ReplayDialog(DeadLetterDesk& desk, LetterChoice choice, const QString& what, const Event* edited,
                           QWidget* parent)
    : QDialog(parent), m_desk(desk), m_choice(std::move(choice)), m_type(edited ? edited->type : EventType{}),
      m_data_before(edited ? dataText(edited->data) : QString())
{
    setObjectName(QStringLiteral("replayDialog"));
    setWindowTitle(edited ? tr("Edit and replay") : tr("Replay"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(520, edited ? 380 : m_choice.id ? 190 : 230);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 16);
    column->setSpacing(10);
    auto* title = titleLabel(what, this);
    column->addWidget(title);
    if (edited) {
        m_data = new QPlainTextEdit(m_data_before, this);
        m_data->setObjectName(QStringLiteral("replayData"));
        m_data->setAccessibleName(tr("The event's data, as JSON"));
        m_data->setFont(Theme::monoFont(12));
        m_data->setTabChangesFocus(true);
        column->addWidget(m_data, 1);
        connect(m_data, &QPlainTextEdit::textChanged, this, &ReplayDialog::checkData);
    }
    m_forecast = new QLabel(tr("Looking what that would do…"), this);
    m_forecast->setObjectName(QStringLiteral("replayForecast"));
    m_forecast->setWordWrap(true);
    m_problem = new QLabel(this);
    m_problem->setObjectName(QStringLiteral("replayProblem"));
    m_problem->setProperty("role", QStringLiteral("error"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_progress = new QProgressBar(this);
    m_progress->setObjectName(QStringLiteral("replayProgress"));
    m_progress->setAccessibleName(tr("Progress of the replay"));
    m_progress->setTextVisible(false);
    m_progress->hide();
    column->addWidget(m_forecast);
    column->addWidget(m_problem);
    column->addWidget(m_progress);
    if (!m_data)
        column->addStretch(1);
    if (!m_choice.id) {
        auto* line = new QHBoxLayout;
        m_rate = makeReplayRate(this);
        QLabel* rate_title = mutedLabel(tr("At most, a second"), this);
        rate_title->setBuddy(m_rate);
        line->addWidget(rate_title);
        line->addWidget(m_rate);
        line->addStretch(1);
        column->addLayout(line);
    }
    m_close = new QPushButton(tr("Cancel"), this);
    m_close->setObjectName(QStringLiteral("replayClose"));
    m_close->setAutoDefault(false);
    m_replay = new QPushButton(tr("Replay"), this);
    m_replay->setObjectName(QStringLiteral("replayButton"));
    m_replay->setProperty("primary", true);
    m_replay->setDefault(true);
    m_replay->setEnabled(false);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    buttons->addWidget(m_replay);
    column->addLayout(buttons);
    connect(m_close, &QPushButton::clicked, this, &ReplayDialog::reject);
    connect(m_replay, &QPushButton::clicked, this, &ReplayDialog::start);
    connect(&desk, &DeadLetterDesk::forecastReady, this, &ReplayDialog::showForecast);
    connect(&desk, &DeadLetterDesk::forecastFailed, this, [this](quint64 number, const QString& problem) {
        if (number == m_asked)
            m_forecast->setText(problem);
    });
    connect(&desk, &DeadLetterDesk::replayNews, this, &ReplayDialog::showNews);
    m_asked = m_desk.askForecast(m_choice);
}

void ReplayDialog::showForecast(quint64 number, const DeadLetterForecast& forecast)
{
    if (number != m_asked)
        return;
    m_total = forecast.to_replay;
    m_has_forecast = true;
    m_forecast->setText(QString::fromStdString(forecast.sentence()));
    checkData();
}

/// The same rules as where it is decoded, while it is typed.
void ReplayDialog::checkData()
{
    QString problem;
    if (m_data) {
        const auto decoded = decodeData(m_type, m_data->toPlainText().toStdString());
        if (!decoded)
            problem = toQt(decoded.error().field.empty() ? decoded.error().message
                                                         : decoded.error().field + ' ' + decoded.error().message);
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_replay->setEnabled(m_has_forecast && m_total > 0 && problem.isEmpty() && !m_is_running && !m_is_over);
    if (m_replay->isEnabled() && m_close->hasFocus()) // Enter does what the dialog is for.
        m_replay->setFocus();
}

void ReplayDialog::start()
{
    const bool is_edited = m_data && m_data->toPlainText() != m_data_before;
    if (!m_desk.replay(m_choice, m_total, is_edited ? m_data->toPlainText() : QString(),
                       m_rate ? m_rate->value() : replay_rate_usual)) {
        m_forecast->setText(tr("Another replay is under way. Wait for its end."));
        return;
    }
    m_is_running = true;
    m_replay->setEnabled(false);
    if (m_data)
        m_data->setReadOnly(true);
    if (m_rate)
        m_rate->setEnabled(false);
    m_close->setText(tr("Stop"));
    m_progress->setRange(0, int(std::min<std::int64_t>(m_total, 1'000'000)));
    m_progress->setValue(0);
    m_progress->show();
    m_forecast->setText(tr("0 of %1 replayed…").arg(grouped(m_total)));
}

void ReplayDialog::showNews(const ReplayNews& news)
{
    if (!m_is_running)
        return;
    m_progress->setValue(int(std::min<std::int64_t>(news.replayed + news.skipped, m_progress->maximum())));
    QString text = news.skipped > 0 ? tr("%1 of %2 replayed, %3 decided by somebody else")
                                          .arg(grouped(news.replayed), grouped(news.total), grouped(news.skipped))
                                    : tr("%1 of %2 replayed").arg(grouped(news.replayed), grouped(news.total));
    m_is_running = !news.is_finished;
    m_is_over = news.is_finished;
    if (news.is_finished && news.is_stopped)
        text = tr("%1; stopped, the rest waits as before").arg(text);
    m_result = text + (news.is_finished ? QStringLiteral(".") : QStringLiteral("…"));
    m_forecast->setText(m_result);
    m_problem->setText(news.problem);
    m_problem->setVisible(!news.problem.isEmpty());
    if (m_is_over) {
        m_close->setText(tr("Close"));
        m_close->setFocus();
        if (m_outcome) {
            auto* again = new QTimer(this);
            connect(again, &QTimer::timeout, this, &ReplayDialog::showOutcome);
            again->start(outcome_every_ms);
            showOutcome();
        }
    }
}

/// That it was given back is not yet that it is mended.
void ReplayDialog::showOutcome()
{
    const QString outcome = m_outcome();
    m_forecast->setText(outcome.isEmpty() ? m_result : m_result + QLatin1Char(' ') + outcome);
}

void ReplayDialog::done(int result)
{
    if (m_is_running)
        m_desk.stopReplay();
    QDialog::done(result);
}

} // namespace orderlab::ui
