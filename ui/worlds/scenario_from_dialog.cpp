#include "ui/worlds/scenario_from_dialog.h"

#include "ui/export/whole_file.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace orderlab::ui {

namespace {

Result<ScenarioFromDialog::Made> makeOf(const std::string& file, const std::function<bool()>& give_up)
{
    const auto recording = readRecording(file);
    if (!recording)
        return recording.error();
    auto scenario = scenarioOf(*recording, QFileInfo(QString::fromStdString(file)).completeBaseName().toStdString());
    if (!scenario)
        return scenario.error();
    auto agreement = agreementOf(*recording, *scenario, give_up);
    if (!agreement)
        return agreement.error();
    expect(scenario->scenario, agreement->report);
    return ScenarioFromDialog::Made{std::move(*scenario), std::move(*agreement)};
}

QString listed(const std::vector<std::string>& sentences)
{
    QStringList lines;
    for (const std::string& one : sentences)
        lines << QStringLiteral("• ") + QString::fromStdString(one);
    return lines.join(QLatin1Char('\n'));
}

} // namespace

ScenarioFromDialog::ScenarioFromDialog(const QString& file, QWidget* parent)
    : QDialog(parent), m_file(file), m_work(nullptr), m_title(titleLabel({}, this)), m_agreement(new QLabel(this)),
      m_contents(new QLabel(this)), m_left_out(new QLabel(this)), m_note(new QLabel(this)),
      m_progress(new QProgressBar(this))
{
    setObjectName(QStringLiteral("scenarioFromDialog"));
    setWindowTitle(tr("Turn into a scenario"));
    setMinimumWidth(620);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 16);
    column->setSpacing(10);
    m_title->setText(tr("Making a scenario of %1, and running it…").arg(QFileInfo(file).fileName()));
    column->addWidget(m_title);
    m_progress->setRange(0, 0);
    column->addWidget(m_progress);
    auto* inside = new QWidget(this);
    auto* sections = new QVBoxLayout(inside);
    sections->setContentsMargins(0, 0, 0, 0);
    sections->setSpacing(6);
    const std::pair<QString, QLabel*> all[] = {{tr("Its run beside the recording"), m_agreement},
                                               {tr("In the scenario"), m_contents},
                                               {tr("Not in it"), m_left_out}};
    for (const auto& [heading, label] : all) {
        QLabel* const above = headingLabel(heading, inside);
        above->setVisible(false);
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setProperty("heading", QVariant::fromValue<QWidget*>(above));
        label->setVisible(false);
        sections->addWidget(above);
        sections->addWidget(label);
        sections->addSpacing(6);
    }
    sections->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setMinimumHeight(260);
    column->addWidget(scroll, 1);
    m_note->setObjectName(QStringLiteral("scenarioFromNote"));
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setVisible(false);
    column->addWidget(m_note);
    auto* buttons = new QHBoxLayout;
    m_save = new QPushButton(tr("Save…"), this);
    m_save->setAutoDefault(false);
    m_save->setEnabled(false);
    auto* stay = new QPushButton(tr("Cancel"), this);
    stay->setAutoDefault(false);
    m_simulate = new QPushButton(tr("Simulate it"), this);
    m_simulate->setObjectName(QStringLiteral("scenarioFromOk"));
    m_simulate->setProperty("primary", true);
    m_simulate->setDefault(true);
    m_simulate->setEnabled(false);
    buttons->addWidget(m_save);
    buttons->addStretch(1);
    buttons->addWidget(stay);
    buttons->addWidget(m_simulate);
    column->addLayout(buttons);
    connect(m_save, &QPushButton::clicked, this, &ScenarioFromDialog::askForFile);
    connect(stay, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_simulate, &QPushButton::clicked, this, &QDialog::accept);
    auto result = std::make_shared<std::optional<Result<Made>>>();
    m_work.start([path = file.toStdString(),
                  result](const std::function<bool()>& is_given_up) { *result = makeOf(path, is_given_up); },
                 [this, result] { take(std::move(**result)); });
}

void ScenarioFromDialog::take(Result<Made> made)
{
    m_progress->hide();
    if (!made) {
        m_title->setText(tr("No scenario was made"));
        m_note->setText(QString::fromStdString(made.error().message));
        m_note->show();
        return;
    }
    m_made = std::move(*made);
    const Agreement& agreement = m_made->agreement;
    m_title->setText(
        agreement.orders == 0
            ? tr("No order of the recording has ended: nothing can be compared")
            : tr("%1 of %2 orders end the same way in the simulation").arg(agreement.same_end).arg(agreement.orders));
    const std::pair<QLabel*, QString> all[] = {{m_agreement, listed(agreement.sentences())},
                                               {m_contents, listed(m_made->scenario.taken)},
                                               {m_left_out, listed(m_made->scenario.left_out)}};
    for (const auto& [label, text] : all) {
        label->setText(text);
        label->setVisible(!text.isEmpty());
        label->property("heading").value<QWidget*>()->setVisible(!text.isEmpty());
    }
    m_simulate->setEnabled(true);
    m_save->setEnabled(true);
    m_simulate->setFocus();
}

QString ScenarioFromDialog::text() const
{
    return QStringList{m_title->text(), m_agreement->text(), m_contents->text(), m_left_out->text(), m_note->text()}
        .join(QLatin1Char('\n'));
}

QString ScenarioFromDialog::saveTo(const QString& file) const
{
    if (!m_made)
        return tr("%1 is not saved: the scenario is not made yet").arg(file);
    const QString problem = writeWhole(file, QByteArray::fromStdString(m_made->scenario.scenario.toJson()));
    return problem.isEmpty() ? QString() : tr("%1 is not saved: %2").arg(file, problem);
}

void ScenarioFromDialog::askForFile()
{
    const QString file = QFileDialog::getSaveFileName(this, tr("Save the scenario"),
                                                      QFileInfo(m_file).absolutePath() + QLatin1Char('/')
                                                          + QString::fromStdString(m_made->scenario.scenario.name)
                                                          + QStringLiteral(".json"),
                                                      tr("Scenarios (*.json)"));
    if (file.isEmpty())
        return;
    const QString problem = saveTo(file);
    m_note->setText(problem.isEmpty() ? tr("Saved: %1").arg(file) : problem);
    m_note->show();
}

} // namespace orderlab::ui
