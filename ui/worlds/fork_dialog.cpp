#include "ui/worlds/fork_dialog.h"

#include "ui/models/fault_texts.h"
#include "ui/models/format.h"
#include "ui/panels/labels.h"
#include "ui/timeline/timeline_view.h"
#include "ui/worlds/worlds.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRandomGenerator>

namespace orderlab::ui {

namespace {

constexpr quint32 seeds = 10'000;
constexpr int name_max = 60;

} // namespace

ForkDialog::ForkDialog(Worlds& worlds, QWidget* parent) : QDialog(parent), m_worlds(worlds)
{
    setWindowTitle(QStringLiteral("Fork at %1").arg(momentText(worlds.now().count())));
    setObjectName(QStringLiteral("forkDialog"));
    setMinimumWidth(460);
    auto* column = new QVBoxLayout(this);
    auto* about = new QLabel(QStringLiteral("The second world is the same until this moment. What shall be different "
                                            "from here on?"),
                             this);
    about->setWordWrap(true);
    column->addWidget(about);
    auto* form = new QFormLayout;
    column->addLayout(form);
    makeGuarantees(form);
    makeOthers(form);
    m_problem = new QLabel(this);
    m_problem->setObjectName(QStringLiteral("forkProblem"));
    m_problem->setWordWrap(true);
    m_problem->setProperty("role", QStringLiteral("warning"));
    column->addWidget(m_problem);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_ok = buttons->addButton(QStringLiteral("Fork"), QDialogButtonBox::AcceptRole);
    m_ok->setObjectName(QStringLiteral("forkOk"));
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &ForkDialog::fork);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    refresh();
}

void ForkDialog::makeGuarantees(QFormLayout* form)
{
    const Guarantees now = m_worlds.settings().guarantees;
    bool is_first = true;
    for (const GuaranteeText& text : guaranteeTexts()) {
        auto* box = new QCheckBox(text.title, this);
        box->setObjectName(QStringLiteral("fork-") + toQt(name(text.guarantee)));
        box->setChecked(now[text.guarantee]);
        box->setToolTip(text.sentence);
        form->addRow(std::exchange(is_first, false) ? QStringLiteral("Guarantees") : QString(), box);
        m_guarantees.emplace_back(text.guarantee, box);
        connect(box, &QCheckBox::toggled, this, &ForkDialog::refresh);
    }
}

void ForkDialog::makeOthers(QFormLayout* form)
{
    m_stop_faults = new QCheckBox(QStringLiteral("no failures from here on"), this);
    m_stop_faults->setObjectName(QStringLiteral("forkStopFaults"));
    m_stop_faults->setEnabled(!m_worlds.settings().faults.empty());
    form->addRow(QStringLiteral("Failures"), m_stop_faults);
    m_crash = new QComboBox(this);
    m_crash->setObjectName(QStringLiteral("forkCrash"));
    m_crash->addItem(QStringLiteral("nobody"), QString());
    for (const QString& member : m_worlds.members())
        m_crash->addItem(member, member);
    form->addRow(QStringLiteral("Crash now"), m_crash);
    m_reseed = new QCheckBox(QStringLiteral("drawn anew from here on"), this);
    m_reseed->setObjectName(QStringLiteral("forkReseed"));
    form->addRow(QStringLiteral("Chance"), m_reseed);
    m_more = new QLineEdit(this);
    m_more->setObjectName(QStringLiteral("forkMore"));
    m_more->setPlaceholderText(QStringLiteral("max-attempts=3  members=4  fault=gateway-call=fail,count=3"));
    m_more->setToolTip(QStringLiteral("Settings as orderlabd fork --set takes them, separated by blanks"));
    form->addRow(QStringLiteral("Other settings"), m_more);
    m_name = new QLineEdit(this);
    m_name->setObjectName(QStringLiteral("forkName"));
    m_name->setMaxLength(name_max);
    form->addRow(QStringLiteral("Name"), m_name);
    connect(m_stop_faults, &QCheckBox::toggled, this, &ForkDialog::refresh);
    connect(m_reseed, &QCheckBox::toggled, this, &ForkDialog::refresh);
    connect(m_crash, &QComboBox::currentIndexChanged, this, &ForkDialog::refresh);
    connect(m_more, &QLineEdit::textChanged, this, &ForkDialog::refresh);
}

std::vector<Change::Setting> ForkDialog::chosen(QString& problem) const
{
    std::vector<Change::Setting> settings;
    const Guarantees now = m_worlds.settings().guarantees;
    for (const auto& [guarantee, box] : m_guarantees) {
        if (box->isChecked() != now[guarantee])
            settings.emplace_back(SwitchGuarantee{guarantee, box->isChecked()});
    }
    if (m_stop_faults->isChecked())
        settings.emplace_back(StopFaults{});
    if (const QString member = m_crash->currentData().toString(); !member.isEmpty())
        settings.emplace_back(CrashMember{member.toStdString()});
    if (m_reseed->isChecked())
        settings.emplace_back(Reseed{1 + QRandomGenerator::global()->bounded(seeds)});
    for (const QString& text : m_more->text().split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        auto setting = parseSetting(text.toStdString());
        if (!setting) {
            problem = QString::fromStdString(setting.error().message);
            return {};
        }
        settings.push_back(std::move(*setting));
    }
    return settings;
}

void ForkDialog::refresh()
{
    if (!m_ok)
        return;
    QString problem;
    const std::vector<Change::Setting> settings = chosen(problem);
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_ok->setEnabled(problem.isEmpty() && !settings.empty());
    m_ok->setToolTip(settings.empty() ? QStringLiteral("Choose what is different first") : QString());
    QStringList names;
    for (const Change::Setting& setting : settings)
        names << settingText(setting);
    if (!m_name->isModified())
        m_name->setText(names.join(QStringLiteral(", ")).left(name_max));
}

void ForkDialog::fork()
{
    QString problem;
    std::vector<Change::Setting> settings = chosen(problem);
    if (settings.empty())
        return;
    const QString name = m_name->text().trimmed();
    m_worlds.fork(std::move(settings), name.isEmpty() ? QStringLiteral("fork") : name);
    accept();
}

} // namespace orderlab::ui
