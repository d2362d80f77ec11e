#include "ui/own_workers/own_worker_dialog.h"

#include "handlers/group_registry.h"
#include "simulation/worker_starts.h"
#include "ui/models/format.h"
#include "ui/own_workers/command_files.h"
#include "ui/own_workers/worker_start_files.h"
#include "ui/panels/allowed.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"
#include "ui/window_memory.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

namespace orderlab::ui {

namespace {

constexpr int command_letters_max = 4'096; ///< As validateOwnWorkers() has it.
constexpr int name_letters_max = 40;

QPushButton* button(const QString& text, const char* object, QWidget* parent)
{
    auto* made = new QPushButton(text, parent);
    made->setObjectName(QLatin1String(object));
    made->setAutoDefault(false);
    return made;
}

} // namespace

OwnWorkerDialog::OwnWorkerDialog(OwnWorkers& workers, const WindowMemory& memory, QWidget* parent)
    : QDialog(parent), m_workers(workers), m_memory(memory)
{
    setObjectName(QStringLiteral("ownWorkerDialog"));
    setWindowTitle(tr("Your own worker"));
    resize(860, 620);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 16);
    column->setSpacing(10);
    column->addWidget(titleLabel(tr("A program of yours, in any language, handles a group's events"), this));
    column->addWidget(makeForm());
    column->addWidget(makeActions());
    m_said = new QLabel(this);
    m_said->setObjectName(QStringLiteral("ownSaid"));
    m_said->setTextFormat(Qt::PlainText);
    m_said->setWordWrap(true);
    m_said->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_said->hide();
    column->addWidget(m_said);
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(QStringLiteral("ownTabs"));
    m_tabs->addTab(makeLog(), tr("&Log"));
    m_tabs->addTab(makeTest(), tr("Man&y worlds"));
    column->addWidget(m_tabs, 1);

    connect(&workers, &OwnWorkers::changed, this, &OwnWorkerDialog::refresh);
    connect(&workers, &OwnWorkers::said, this, &OwnWorkerDialog::say);
    connect(&workers, &OwnWorkers::started, this, [this] { fillCommands(); });
    connect(&workers, &OwnWorkers::trialChanged, this, &OwnWorkerDialog::refreshTest);
    fillCommands();
    showGroup();
    showCommand();
    refresh();
    refreshLog();
    refreshTest();
    m_command->setFocus();
}

// The fields -------------------------------------------------------------------------------------------------------

QWidget* OwnWorkerDialog::makeForm()
{
    auto* form = new QWidget(this);
    auto* grid = new QGridLayout(form);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(7);
    grid->setColumnStretch(3, 1);
    const auto titleOf = [&](const QString& text, QWidget* field, int row, int place) {
        QLabel* title = mutedLabel(text, form);
        title->setBuddy(field);
        grid->addWidget(title, row, place);
        return title;
    };
    m_group = new QComboBox(form);
    m_group->setObjectName(QStringLiteral("ownGroup"));
    m_group->setAccessibleName(tr("Group"));
    for (const std::string& name : groupNames())
        m_group->addItem(toQt(name), toQt(name));
    m_group->addItem(tr("a further group"), QString());
    titleOf(tr("&Group"), m_group, 0, 0);
    grid->addWidget(m_group, 0, 1);
    m_name = new QLineEdit(form);
    m_name->setObjectName(QStringLiteral("ownName"));
    m_name->setAccessibleName(tr("Name of the further group"));
    m_name->setMaxLength(name_letters_max);
    m_name->setPlaceholderText(tr("loyalty"));
    m_name_title = titleOf(tr("&Name"), m_name, 0, 2);
    grid->addWidget(m_name, 0, 3);

    m_topics = new QWidget(form);
    m_topics->setObjectName(QStringLiteral("ownTopics"));
    auto* topics = new QHBoxLayout(m_topics);
    topics->setContentsMargins(0, 0, 0, 0);
    topics->setSpacing(12);
    for (const EventType type : all_event_types) {
        auto* box = new QCheckBox(toQt(topicName(type)), m_topics);
        box->setObjectName(QStringLiteral("ownTopic-") + toQt(topicName(type)));
        connect(box, &QCheckBox::toggled, this, &OwnWorkerDialog::refresh);
        topics->addWidget(box);
        m_topic_boxes.push_back(box);
    }
    topics->addStretch(1);
    m_topics_title = mutedLabel(tr("Takes"), form);
    grid->addWidget(m_topics_title, 1, 0);
    grid->addWidget(m_topics, 1, 1, 1, 3);

    m_command = new QComboBox(form);
    m_command->setObjectName(QStringLiteral("ownCommand"));
    m_command->setAccessibleName(tr("Command"));
    m_command->setEditable(true);
    m_command->setInsertPolicy(QComboBox::NoInsert);
    m_command->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_command->setMinimumContentsLength(30);
    m_command->lineEdit()->setMaxLength(command_letters_max);
    m_command->lineEdit()->setPlaceholderText(tr("python3 /path/to/my_payment.py"));
    m_command->setToolTip(tr("Program and arguments. They are split as a shell does; no shell runs them."));
    m_browse = button(tr("&Browse…"), "ownBrowse", form);
    m_write = button(tr("&Write a start…"), "ownWrite", form);
    m_write->setToolTip(tr("Writes a program that works, and the library it uses, into a folder"));
    auto* languages = new QMenu(m_write);
    for (const auto& [language, title] :
         {std::pair("python", tr("Python")), {"go", tr("Go")}, {"javascript", tr("JavaScript")}, {"cpp", tr("C++")}})
        connect(languages->addAction(title), &QAction::triggered, this,
                [this, language = QLatin1String(language)] { askForFolder(language); });
    m_write->setMenu(languages);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_command, 1);
    line->addWidget(m_browse);
    line->addWidget(m_write);
    titleOf(tr("Comman&d"), m_command, 2, 0);
    grid->addLayout(line, 2, 1, 1, 3);

    connect(m_group, &QComboBox::currentIndexChanged, this, [this] {
        showGroup();
        showCommand();
        refresh();
    });
    connect(m_name, &QLineEdit::textChanged, this, &OwnWorkerDialog::refresh);
    connect(m_command, &QComboBox::editTextChanged, this, &OwnWorkerDialog::refresh);
    connect(m_command->lineEdit(), &QLineEdit::returnPressed, this, [this] {
        if (m_start->isEnabled())
            m_start->click();
    });
    connect(m_browse, &QPushButton::clicked, this, &OwnWorkerDialog::browse);
    return form;
}

QWidget* OwnWorkerDialog::makeActions()
{
    auto* actions = new QWidget(this);
    auto* row = new QHBoxLayout(actions);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_start = button(tr("&Start"), "ownStart", actions);
    m_start->setProperty("primary", true);
    m_stop = button(tr("St&op"), "ownStop", actions);
    m_try = button(tr("&Try"), "ownTry", actions);
    m_try->setToolTip(tr("Starts it once, until it has said that it is ready"));
    m_cancel = button(tr("&Cancel"), "ownCancel", actions);
    m_restarts = new QCheckBox(tr("Start it anew when its &file changes"), actions);
    m_restarts->setObjectName(QStringLiteral("ownRestarts"));
    m_restarts->setChecked(m_workers.restartsOnChange());
    m_state = mutedLabel({}, actions);
    m_state->setObjectName(QStringLiteral("ownState"));
    m_state->setTextFormat(Qt::PlainText);
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_state->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    for (QPushButton* one : {m_start, m_stop, m_try, m_cancel})
        row->addWidget(one);
    row->addSpacing(8);
    row->addWidget(m_restarts);
    row->addWidget(m_state, 1);
    connect(m_start, &QPushButton::clicked, this, [this] { m_workers.start(chosen()); });
    connect(m_stop, &QPushButton::clicked, this, [this] { m_workers.stop(toQt(chosen().group)); });
    connect(m_try, &QPushButton::clicked, this, [this] { m_workers.tryOut(chosen()); });
    connect(m_cancel, &QPushButton::clicked, &m_workers, &OwnWorkers::cancel);
    connect(m_restarts, &QCheckBox::toggled, &m_workers, &OwnWorkers::setRestartsOnChange);
    return actions;
}

OwnWorker OwnWorkerDialog::chosen() const
{
    OwnWorker worker;
    worker.command = m_command->currentText().trimmed().toStdString();
    const QString group = m_group->currentData().toString();
    worker.group = (group.isEmpty() ? m_name->text().trimmed() : group).toStdString();
    if (const GroupKind* kind = findGroupKind(worker.group)) {
        worker.topics.assign(kind->topics.begin(), kind->topics.end());
        return worker;
    }
    for (std::size_t i = 0; i < m_topic_boxes.size(); ++i) {
        if (m_topic_boxes[i]->isChecked())
            worker.topics.push_back(all_event_types[i]);
    }
    return worker;
}

void OwnWorkerDialog::showGroup()
{
    const bool is_further = m_group->currentData().toString().isEmpty();
    for (QWidget* one : std::initializer_list<QWidget*>{m_name_title, m_name, m_topics_title, m_topics})
        one->setVisible(is_further);
}

/// What runs for the group.
void OwnWorkerDialog::showCommand()
{
    if (const OwnWorker* running = m_workers.find(m_group->currentData().toString()))
        m_command->setEditText(toQt(running->command));
}

void OwnWorkerDialog::fillCommands()
{
    const QString typed = m_command->currentText();
    const QSignalBlocker quiet(m_command);
    m_command->clear();
    m_command->addItems(m_memory.workerCommands());
    m_command->setEditText(typed);
}

void OwnWorkerDialog::browse()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("A program of yours"), {},
                                                      tr("Programs (*.py *.js *.mjs *.bin);;All files (*)"));
    if (!file.isEmpty())
        m_command->setEditText(commandOf(file));
}

void OwnWorkerDialog::askForFolder(const QString& language)
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Where the start is written"), QDir::homePath());
    if (!folder.isEmpty())
        writeStart(language, folder);
}

void OwnWorkerDialog::writeStart(const QString& language, const QString& folder)
{
    OwnWorker wanted = chosen();
    wanted.command = "start";
    wanted.topics = {EventType::OrderCreated};
    if (const auto valid = validateOwnWorkers({&wanted, 1}); !valid) {
        say(tr("Nothing was written: %1.").arg(toQt(valid.error().message)), true);
        return;
    }
    const auto written = writeWorkerStart(folder, language, toQt(wanted.group));
    if (!written) {
        say(toQt(written.error().message), true);
        return;
    }
    m_command->setEditText(written->command);
    const QString file = QFileInfo(written->files.back()).fileName();
    say(written->build.isEmpty()
            ? tr("%1 is written, with its library. Change it as you like, and start it.").arg(file)
            : tr("%1 is written, with its library. Build it there first: %2").arg(file, written->build),
        false);
}

void OwnWorkerDialog::say(const QString& sentence, bool is_problem)
{
    m_said->setText(sentence);
    restyle(m_said, "role", is_problem ? QStringLiteral("error") : QStringLiteral("muted"));
    m_said->setVisible(!sentence.isEmpty());
}

void OwnWorkerDialog::refresh()
{
    const OwnWorker worker = chosen();
    const OwnWorker* const running = m_workers.find(toQt(worker.group));
    const auto valid = validateOwnWorkers({&worker, 1});
    const bool is_busy = m_workers.isBusy();
    QString problem;
    if (is_busy)
        problem = m_workers.busyText();
    else if (worker.command.empty())
        problem = tr("Say which program: type a command, browse for a file, or write a start.");
    else if (worker.topics.empty())
        problem = tr("Choose what the group takes.");
    else if (!valid)
        problem = toQt(valid.error().message);
    allow(m_try, problem);
    allow(m_start, problem.isEmpty() ? m_workers.whyNot() : problem);
    m_start->setText(running && running->command == worker.command ? tr("&Start anew")
                     : running                                     ? tr("&Start this one")
                                                                   : tr("&Start"));
    allow(m_stop, is_busy    ? m_workers.busyText()
                  : !running ? tr("No program of yours runs for this group.")
                             : QString());
    m_stop->setToolTip(m_stop->isEnabled() ? tr("The built-in handler comes back") : m_stop->toolTip());
    m_cancel->setVisible(m_workers.canCancel());
    m_state->setText(is_busy                       ? m_workers.busyText()
                     : running                     ? tr("%1 is your own").arg(toQt(worker.group))
                     : m_workers.running().empty() ? tr("Built-in handlers")
                                                   : m_workers.shortSentence());
    m_state->setToolTip(m_workers.sentence());
    refreshTest();
}

} // namespace orderlab::ui
