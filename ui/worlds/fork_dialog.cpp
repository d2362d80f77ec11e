#include "ui/worlds/fork_dialog.h"

#include "runtime/virtual_runtime.h"
#include "ui/bridge/frame_pump.h"
#include "ui/models/fault_texts.h"
#include "ui/models/format.h"
#include "ui/panels/labels.h"
#include "ui/timeline/timeline_view.h"
#include "ui/worlds/worlds.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRandomGenerator>

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr quint32 seeds = 10'000;
constexpr int name_max = 60;
constexpr std::size_t deliveries_max = 20;    ///< That a box lists.
constexpr std::uint64_t look_ahead = 100'000; ///< Entries after the moment, among which they are looked for.
constexpr std::chrono::milliseconds delays[] = {std::chrono::milliseconds{100}, std::chrono::seconds{1},
                                                std::chrono::seconds{10}};

} // namespace

ForkDialog::ForkDialog(Worlds& worlds, const FramePump& frames, QWidget* parent)
    : QDialog(parent), m_worlds(worlds), m_frames(frames)
{
    setWindowTitle(tr("Fork at %1").arg(momentText(worlds.now().count())));
    setObjectName(QStringLiteral("forkDialog"));
    setMinimumWidth(460);
    auto* column = new QVBoxLayout(this);
    auto* about = new QLabel(tr("The second world is the same until this moment. What shall be different "
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
    m_ok = buttons->addButton(tr("Fork"), QDialogButtonBox::AcceptRole);
    m_ok->setProperty("primary", true);
    m_ok->setDefault(true);
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
        form->addRow(std::exchange(is_first, false) ? tr("Guarantees") : QString(), box);
        m_guarantees.emplace_back(text.guarantee, box);
        connect(box, &QCheckBox::toggled, this, &ForkDialog::refresh);
    }
}

void ForkDialog::makeOthers(QFormLayout* form)
{
    m_stop_faults = new QCheckBox(tr("no failures from here on"), this);
    m_stop_faults->setObjectName(QStringLiteral("forkStopFaults"));
    m_stop_faults->setEnabled(!m_worlds.settings().faults.empty());
    form->addRow(tr("Failures"), m_stop_faults);
    makeDeliveries(form);
    m_crash = new QComboBox(this);
    m_crash->setObjectName(QStringLiteral("forkCrash"));
    m_crash->addItem(tr("nobody"), QString());
    for (const QString& member : m_worlds.members())
        m_crash->addItem(member, member);
    form->addRow(tr("Crash now"), m_crash);
    m_reseed = new QCheckBox(tr("drawn anew from here on"), this);
    m_reseed->setObjectName(QStringLiteral("forkReseed"));
    form->addRow(tr("Chance"), m_reseed);
    m_more = new QLineEdit(this);
    m_more->setObjectName(QStringLiteral("forkMore"));
    m_more->setPlaceholderText(tr("max-attempts=3  members=4  fault=gateway-call=fail,count=3"));
    m_more->setToolTip(tr("Settings as orderlabd fork --set takes them, separated by blanks"));
    form->addRow(tr("Other settings"), m_more);
    m_name = new QLineEdit(this);
    m_name->setObjectName(QStringLiteral("forkName"));
    m_name->setMaxLength(name_max);
    form->addRow(tr("Name"), m_name);
    connect(m_stop_faults, &QCheckBox::toggled, this, &ForkDialog::refresh);
    connect(m_reseed, &QCheckBox::toggled, this, &ForkDialog::refresh);
    connect(m_crash, &QComboBox::currentIndexChanged, this, &ForkDialog::refresh);
    connect(m_more, &QLineEdit::textChanged, this, &ForkDialog::refresh);
}

void ForkDialog::makeDeliveries(QFormLayout* form)
{
    m_delivery = new QComboBox(this);
    m_delivery->setObjectName(QStringLiteral("forkDelivery"));
    m_delivery->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_delivery->setMinimumContentsLength(34);
    m_delivery->addItem(tr("all as they are"));
    const Timeline& timeline = m_frames.timeline();
    const JournalNames& names = m_frames.names();
    const std::uint64_t begin = m_frames.index();
    const std::uint64_t end = std::min(timeline.endIndex(), begin + look_ahead);
    // What the moment is about comes first.
    const Uuid about = begin > timeline.firstIndex() ? timeline.at(begin - 1).event : Uuid();
    std::vector<Entry> next;
    for (std::uint64_t i = begin; i < end && next.size() < deliveries_max; ++i) {
        const Entry entry = timeline.at(i);
        const bool is_known = std::any_of(next.begin(), next.end(), [&](const Entry& one) {
            return one.event == entry.event && one.group == entry.group;
        });
        if (entry.kind == EntryKind::EventDelivered && !entry.event.isNull() && !is_known)
            next.push_back(entry);
    }
    std::stable_partition(next.begin(), next.end(), [&](const Entry& entry) { return entry.event == about; });
    for (const Entry& entry : next) {
        m_deliveries.push_back({names.groupLabel(entry.group).toStdString(), entry.event});
        m_delivery->addItem(tr("%1 of %2 to %3, at %4")
                                .arg(names.text(entry.topic), shortId(OrderId(entry.order)),
                                     names.groupLabel(entry.group),
                                     momentText(entry.time_us - toMicros(VirtualRuntime::epoch()))));
    }
    m_fate = new QComboBox(this);
    m_fate->setObjectName(QStringLiteral("forkFate"));
    m_fate->addItem(tr("is lost"));
    m_fate->setItemData(0, tr("The member that has it in hand is killed before it begins"), Qt::ToolTipRole);
    for (const std::chrono::milliseconds delay : delays)
        m_fate->addItem(tr("comes %1 later").arg(durationText(std::chrono::microseconds(delay).count())));
    m_fate->setEnabled(false);
    m_delivery->setEnabled(!m_deliveries.empty());
    auto* row = new QHBoxLayout;
    row->addWidget(m_delivery, 1);
    row->addWidget(m_fate);
    form->addRow(tr("Next deliveries"), row);
    connect(m_delivery, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_fate->setEnabled(index > 0);
        refresh();
    });
    connect(m_fate, &QComboBox::currentIndexChanged, this, &ForkDialog::refresh);
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
    if (const int row = m_delivery->currentIndex(); row > 0) {
        const Delivery& delivery = m_deliveries[std::size_t(row - 1)];
        if (const int fate = m_fate->currentIndex(); fate == 0)
            settings.emplace_back(DropDelivery{delivery.group, delivery.event});
        else
            settings.emplace_back(DelayDelivery{delivery.group, delivery.event, delays[fate - 1]});
    }
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
    m_ok->setToolTip(settings.empty() ? tr("Choose what is different first") : QString());
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
    m_worlds.fork(std::move(settings), name.isEmpty() ? tr("fork") : name);
    accept();
}

} // namespace orderlab::ui
