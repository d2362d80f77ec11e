#include "ui/settings/settings_dialog.h"

#include "ui/main_window.h"
#include "ui/panels/labels.h"
#include "ui/panels/switch.h"
#include "ui/settings/window_settings.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace orderlab::ui {

namespace {

constexpr int editor_width = 220;
constexpr int text_letters_max = 1'000;

bool fits(const Setting& setting, const QString& text)
{
    for (const QString& word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        bool has = false;
        for (const QString& where : {setting.title, setting.about, setting.section, setting.key})
            has = has || where.contains(word, Qt::CaseInsensitive);
        if (!has)
            return false;
    }
    return true;
}

} // namespace

SettingsDialog::SettingsDialog(WindowSettings& settings, const QString& search, MainWindow& window)
    : QDialog(&window), m_window(window), m_settings(settings)
{
    setObjectName(QStringLiteral("settingsDialog"));
    setWindowTitle(tr("Settings"));
    resize(800, 600);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(18, 16, 18, 14);
    whole->setSpacing(12);
    m_find = new QLineEdit(this);
    m_find->setObjectName(QStringLiteral("settingsFind"));
    m_find->setAccessibleName(tr("Search in the settings"));
    m_find->setPlaceholderText(tr("Search in all settings"));
    m_find->setClearButtonEnabled(true);
    whole->addWidget(m_find);

    auto* middle = new QHBoxLayout;
    middle->setSpacing(14);
    m_list = new QListWidget(this);
    m_list->setObjectName(QStringLiteral("settingsSections"));
    m_list->setAccessibleName(tr("Sections"));
    m_list->setFixedWidth(150);
    middle->addWidget(m_list);
    m_scroll = new QScrollArea(this);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* body = new QWidget(m_scroll);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 12, 0);
    column->setSpacing(10);
    for (Setting& setting : settings.all()) {
        if (m_sections.empty() || m_sections.back().title != setting.section)
            addSection(setting.section, column);
        addRow(std::move(setting), column);
    }
    m_none = new QLabel(tr("No setting fits. Clear the search to see all of them."), body);
    m_none->setProperty("role", QStringLiteral("empty"));
    column->addWidget(m_none);
    column->addStretch(1);
    m_scroll->setWidget(body);
    middle->addWidget(m_scroll, 1);
    whole->addLayout(middle, 1);
    makeFoot(whole);

    connect(m_find, &QLineEdit::textChanged, this, &SettingsDialog::find);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0)
            m_scroll->verticalScrollBar()->setValue(m_sections[std::size_t(row)].head->y());
    });
    connect(&settings, &WindowSettings::changed, this, &SettingsDialog::refresh);
    m_find->setText(search);
    find(search);
    refresh();
    m_find->setFocus();
}

void SettingsDialog::makeFoot(QVBoxLayout* column)
{
    auto* foot = new QHBoxLayout;
    foot->setSpacing(8);
    m_waiting = mutedLabel({}, this);
    m_waiting->setObjectName(QStringLiteral("settingsWaiting"));
    m_waiting->setWordWrap(true);
    m_again = new QPushButton(tr("Start it again now"), this);
    m_again->setObjectName(QStringLiteral("settingsStartAgain"));
    m_again->setAutoDefault(false);
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("settingsCancel"));
    cancel->setAutoDefault(false);
    cancel->setToolTip(tr("Takes back what was chosen since this dialog was opened"));
    auto* close = new QPushButton(tr("Done"), this);
    close->setObjectName(QStringLiteral("settingsDone"));
    close->setProperty("primary", true);
    close->setDefault(true);
    foot->addWidget(m_waiting, 1);
    foot->addWidget(m_again);
    foot->addWidget(cancel);
    foot->addWidget(close);
    column->addLayout(foot);
    connect(cancel, &QPushButton::clicked, this, &SettingsDialog::reject);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_again, &QPushButton::clicked, this, [this] {
        accept();
        // The dialog is a part of the window, which is made anew.
        QMetaObject::invokeMethod(
            &m_window, [window = &m_window] { window->startSystem(); }, Qt::QueuedConnection);
    });
}

void SettingsDialog::addSection(const QString& title, QVBoxLayout* column)
{
    Section section{title, headingLabel(title, m_scroll), {}};
    column->addWidget(section.head);
    m_sections.push_back(std::move(section));
    m_list->addItem(title);
}

void SettingsDialog::addRow(Setting setting, QVBoxLayout* column)
{
    const std::size_t index = m_rows.size();
    m_sections.back().rows.push_back(index);
    Row row;
    row.before = setting.get ? setting.get() : QString();
    row.setting = std::move(setting);
    row.box = new QWidget(m_scroll);
    row.box->setObjectName(QStringLiteral("setting-") + row.setting.key);
    m_rows.push_back(std::move(row));
    Row& made = m_rows.back();
    auto* line = new QHBoxLayout(made.box);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(16);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    auto* title = new QLabel(made.setting.title, made.box);
    title->setFont(Theme::textFont(12, QFont::DemiBold));
    texts->addWidget(title);
    QString about = made.setting.about;
    if (!made.setting.needs.isEmpty())
        about = tr("%1 %2", "a sentence about a setting, and when it is in force").arg(about, made.setting.needs);
    if (!made.setting.fixed_by.isEmpty())
        about = tr("%1 %2", "a sentence about a setting, and why it is fixed").arg(about, made.setting.fixed_by);
    QLabel* words = mutedLabel(about, made.box);
    words->setWordWrap(true);
    texts->addWidget(words);
    made.problem = mutedLabel({}, made.box);
    made.problem->setObjectName(QStringLiteral("problem-") + made.setting.key);
    made.problem->setProperty("role", QStringLiteral("error"));
    made.problem->setWordWrap(true);
    made.problem->hide();
    texts->addWidget(made.problem);
    line->addLayout(texts, 1);
    QWidget* editor = makeEditor(index);
    editor->setObjectName(QStringLiteral("edit-") + made.setting.key);
    editor->setAccessibleName(made.setting.title);
    editor->setAccessibleDescription(about);
    editor->setEnabled(made.setting.fixed_by.isEmpty());
    if (!made.setting.fixed_by.isEmpty())
        editor->setToolTip(made.setting.fixed_by);
    title->setBuddy(editor);
    line->addWidget(editor, 0, Qt::AlignTop);
    column->addWidget(made.box);
}

QWidget* SettingsDialog::makeEditor(std::size_t index)
{
    Row& row = m_rows[index];
    switch (row.setting.form) {
    case Setting::Form::Choice:
        row.choice = new QComboBox(row.box);
        row.choice->setFixedWidth(editor_width);
        for (const auto& [value, words] : row.setting.choices)
            row.choice->addItem(words, value);
        connect(row.choice, &QComboBox::activated, this,
                [this, index] { put(index, m_rows[index].choice->currentData().toString()); });
        return row.choice;
    case Setting::Form::Switch:
        row.on = new Switch(QString(), row.box);
        connect(row.on, &QAbstractButton::clicked, this,
                [this, index](bool on) { put(index, on ? switch_on : switch_off); });
        return row.on;
    case Setting::Form::Action:
        row.act = new QPushButton(row.setting.act, row.box);
        row.act->setAutoDefault(false);
        connect(row.act, &QPushButton::clicked, this, [this, index] { act(index); });
        return row.act;
    case Setting::Form::Text: break;
    }
    row.text = new QLineEdit(row.box);
    row.text->setFixedWidth(editor_width);
    row.text->setMaxLength(text_letters_max);
    row.text->setPlaceholderText(row.setting.usual);
    connect(row.text, &QLineEdit::editingFinished, this, [this, index] { put(index, m_rows[index].text->text()); });
    return row.text;
}

void SettingsDialog::put(std::size_t index, const QString& value)
{
    Row& row = m_rows[index];
    if (value == row.setting.get()) {
        row.problem->hide();
        if (row.text)
            restyle(row.text, "invalid", false);
        return;
    }
    const QString problem = row.setting.set(value);
    row.problem->setText(problem);
    row.problem->setVisible(!problem.isEmpty());
    if (row.text)
        restyle(row.text, "invalid", !problem.isEmpty());
    if (row.choice && !problem.isEmpty()) // What is chosen shows what is.
        row.choice->setCurrentIndex(std::max(0, row.choice->findData(row.setting.get())));
    refresh();
}

void SettingsDialog::act(std::size_t index)
{
    const Setting setting = m_rows[index].setting;
    if (!setting.warning.isEmpty()) {
        QMessageBox box(QMessageBox::Question, setting.title, setting.title, QMessageBox::NoButton, this);
        box.setInformativeText(setting.warning);
        QPushButton* yes = box.addButton(setting.act, QMessageBox::AcceptRole);
        box.setDefaultButton(box.addButton(tr("Keep it"), QMessageBox::RejectRole));
        box.exec();
        if (box.clickedButton() != yes)
            return;
        m_rows[index].act->setEnabled(false);
        m_rows[index].act->setToolTip(tr("It is forgotten."));
    }
    setting.run();
}

void SettingsDialog::refresh()
{
    for (const Row& row : m_rows) {
        if (!row.setting.get || !row.problem->isHidden())
            continue;
        const QString value = row.setting.get();
        if (row.choice)
            row.choice->setCurrentIndex(std::max(0, row.choice->findData(value)));
        if (row.on)
            row.on->setChecked(value == switch_on);
        if (row.text && !row.text->hasFocus())
            row.text->setText(value);
    }
    const QStringList waiting = m_settings.waiting();
    m_waiting->setText(waiting.isEmpty() ? QString()
                                         : tr("Waits until the real system is started again: %1")
                                               .arg(waiting.join(tr(", ", "between the names of settings"))));
    m_again->setVisible(!waiting.isEmpty());
}

void SettingsDialog::find(const QString& text)
{
    bool is_any = false;
    for (std::size_t i = 0; i < m_sections.size(); ++i) {
        bool is_section = false;
        for (const std::size_t row : m_sections[i].rows) {
            const bool is_shown = fits(m_rows[row].setting, text);
            m_rows[row].box->setVisible(is_shown);
            is_section = is_section || is_shown;
        }
        m_sections[i].head->setVisible(is_section);
        m_list->item(int(i))->setHidden(!is_section);
        is_any = is_any || is_section;
    }
    m_none->setVisible(!is_any);
    m_scroll->verticalScrollBar()->setValue(0);
}

/// What was typed is taken; what is wrong is mended before.
void SettingsDialog::accept()
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].text && m_rows[i].text->isEnabled())
            put(i, m_rows[i].text->text());
        if (!m_rows[i].text || m_rows[i].problem->isHidden())
            continue;
        m_find->clear();
        m_scroll->ensureWidgetVisible(m_rows[i].box);
        m_rows[i].text->setFocus();
        return;
    }
    for (const Row& row : m_rows) {
        const QString after = row.setting.get ? row.setting.get() : row.before;
        if (after != row.before)
            m_window.did(
                tr("setting “%1”").arg(row.setting.title),
                [set = row.setting.set, before = row.before] { (void)set(before); },
                [set = row.setting.set, after] { (void)set(after); });
    }
    QDialog::accept();
}

void SettingsDialog::reject()
{
    for (int pass = 0; pass < 2; ++pass) { // One may need another that comes later.
        for (const Row& row : m_rows) {
            if (row.setting.get && row.setting.fixed_by.isEmpty() && row.setting.get() != row.before)
                (void)row.setting.set(row.before);
        }
    }
    QDialog::reject();
}

} // namespace orderlab::ui
