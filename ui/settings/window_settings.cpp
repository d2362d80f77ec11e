#include "ui/settings/window_settings.h"

#include "ui/main_window.h"
#include "ui/models/format.h"
#include "ui/theme/core_text.h"
#include "ui/theme/motion.h"
#include "ui/theme/theme.h"
#include "ui/theme/zoom.h"

#include <set>

namespace orderlab::ui {

namespace {

/// "max-attempts": Max attempts.
QString titleOf(const std::string& name)
{
    QString title = toQt(name).replace(QLatin1Char('-'), QLatin1Char(' '));
    title[0] = title[0].toUpper();
    return title;
}

QString sentenceOf(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text.isEmpty() || text.endsWith(QLatin1Char('.')) ? text : text + QLatin1Char('.');
}

} // namespace

WindowSettings::WindowSettings(MainWindow& window, const WindowMemory& memory,
                               std::shared_ptr<const LabSettings> system)
    : m_window(window), m_memory(memory), m_system(std::move(system)), m_values(memory.systemValues()),
      m_started(m_values)
{}

std::vector<Setting> WindowSettings::all()
{
    std::vector<Setting> all;
    addAppearance(all);
    if (m_system)
        addSystem(all);
    addMemories(all);
    return all;
}

void WindowSettings::addAppearance(std::vector<Setting>& all)
{
    const QString section = tr("Appearance");
    Setting theme{QStringLiteral("theme"), section, tr("Theme"), tr("The colours of the whole window."), {}};
    theme.form = Setting::Form::Choice;
    theme.choices = {{name(ThemeName::System), tr("Follow the system")},
                     {name(ThemeName::Dark), tr("Dark")},
                     {name(ThemeName::Light), tr("Light")},
                     {name(ThemeName::Contrast), tr("High contrast")}};
    theme.get = [] { return name(Theme::instance().chosen()); };
    theme.set = [this](const QString& value) {
        if (const auto chosen = themeOf(value))
            m_window.setTheme(*chosen);
        Q_EMIT changed();
        return QString();
    };
    all.push_back(std::move(theme));

    Setting language{QStringLiteral("language"), section, tr("Language"),
                     tr("The language of the window. The command line and files speak English."),
                     tr("With the next start of Orderlab.")};
    language.form = Setting::Form::Choice;
    language.choices = {{name(Language::System), tr("Follow the system")},
                        {name(Language::English), QStringLiteral("English")},
                        {name(Language::German), QStringLiteral("Deutsch")}};
    language.get = [this] { return name(m_memory.language()); };
    language.set = [this](const QString& value) {
        if (const auto chosen = languageOf(value))
            m_memory.keepLanguage(*chosen);
        Q_EMIT changed();
        return QString();
    };
    if (!m_memory.remembers())
        language.fixed_by = tr("This window remembers nothing.");
    all.push_back(std::move(language));

    Setting zoom{
        QStringLiteral("zoom"), section, tr("Zoom"), tr("How large all of the window is (Ctrl++, Ctrl+−)."), {}};
    zoom.form = Setting::Form::Choice;
    for (const int percent : Zoom::steps())
        zoom.choices << std::pair(QString::number(percent), tr("%1 %", "a zoom").arg(percent));
    zoom.get = [] { return QString::number(Zoom::instance().percent()); };
    zoom.set = [this](const QString& value) {
        Zoom::instance().set(value.toInt());
        Q_EMIT changed();
        return QString();
    };
    all.push_back(std::move(zoom));

    Setting motion{QStringLiteral("reduced-motion"),
                   section,
                   tr("Reduce motion"),
                   tr("Nothing glides, turns or pulses: events jump from place to place."),
                   {}};
    motion.form = Setting::Form::Switch;
    motion.get = [] { return Motion::instance().isReducedByChoice() ? switch_on : switch_off; };
    motion.set = [this](const QString& value) {
        Motion::instance().setReduced(value == switch_on);
        Q_EMIT changed();
        return QString();
    };
    all.push_back(std::move(motion));

    Setting bar{QStringLiteral("status-bar"),
                section,
                tr("Status bar"),
                tr("The line at the lower edge: what runs, the moment, rates and notices."),
                {}};
    bar.form = Setting::Form::Switch;
    bar.get = [this] { return m_window.hasStatusBar() ? switch_on : switch_off; };
    bar.set = [this](const QString& value) {
        m_window.setStatusBarShown(value == switch_on);
        Q_EMIT changed();
        return QString();
    };
    all.push_back(std::move(bar));

    Setting layout{QStringLiteral("reset-layout"),
                   section,
                   tr("Layout of the panels"),
                   tr("All panels are shown where they are at the first start."),
                   {}};
    layout.form = Setting::Form::Action;
    layout.act = tr("Reset");
    layout.run = [this] { m_window.resetLayout(); };
    all.push_back(std::move(layout));

    Setting keys{
        QStringLiteral("keys"), tr("Keyboard"), tr("Keyboard shortcuts"), tr("All keys of the window (F1)."), {}};
    keys.form = Setting::Form::Action;
    keys.act = tr("Show");
    keys.run = [this] { m_window.showShortcuts(); };
    all.push_back(std::move(keys));
}

void WindowSettings::addSystem(std::vector<Setting>& all)
{
    const QString section = tr("Real system");
    for (const LabSetting& one : m_system->all(m_values)) {
        Setting setting{toQt(one.name), section, coreText(titleOf(one.name).toStdString()),
                        sentenceOf(coreText(one.about)),
                        one.applies_at_once ? QString() : tr("With the next start of the real system.")};
        setting.usual = toQt(one.usual);
        if (!one.choices.empty()) {
            setting.form = Setting::Form::Choice;
            setting.choices << std::pair(QString(),
                                         one.usual.empty() ? tr("as usual") : tr("as usual: %1").arg(toQt(one.usual)));
            for (const std::string& choice : one.choices)
                setting.choices << std::pair(toQt(choice), toQt(choice));
        }
        if (!one.fixed_by.empty())
            setting.fixed_by = tr("Set by %1, which wins: %2").arg(toQt(one.fixed_by), toQt(one.value));
        setting.get = [this, key = one.name] {
            const auto found = m_values.find(key);
            return found == m_values.end() ? QString() : toQt(found->second);
        };
        setting.set = [this, key = one.name](const QString& value) { return setSystem(key, value); };
        all.push_back(std::move(setting));
    }
}

QString WindowSettings::setSystem(const std::string& name, const QString& value)
{
    LabSettings::Values values = m_values;
    if (const std::string text = value.trimmed().toStdString(); text.empty())
        values.erase(name);
    else
        values[name] = text;
    if (values == m_values)
        return {};
    auto config = m_system->configWith(values);
    if (!config)
        return sentenceOf(toQt(config.error().message));
    m_values = std::move(values);
    m_memory.keepSystemValues(m_values);
    m_window.useConfig(std::move(*config), m_values.contains("bus") || m_values.contains("kafka-brokers"));
    Q_EMIT changed();
    return {};
}

void WindowSettings::addMemories(std::vector<Setting>& all)
{
    const QString section = tr("Remembered");
    for (const WindowMemory::Kept& kept : m_memory.kept()) {
        Setting setting{QStringLiteral("forget-") + kept.key, section, kept.title, kept.about, {}};
        setting.form = Setting::Form::Action;
        setting.act = tr("Forget");
        setting.warning = tr("It is forgotten for good: Cancel does not bring it back.");
        if (!m_memory.remembers())
            setting.fixed_by = tr("This window remembers nothing.");
        else if (!kept.is_there)
            setting.fixed_by = tr("Nothing is remembered.");
        setting.run = [this, key = kept.key] {
            m_memory.forget(key);
            Q_EMIT changed();
        };
        all.push_back(std::move(setting));
    }
}

void WindowSettings::noteStart()
{
    m_started = m_values;
}

QStringList WindowSettings::waiting() const
{
    QStringList names;
    if (!m_system || m_window.bridge().engine() != Engine::Kind::OwnSystem)
        return names;
    for (const LabSetting& one : m_system->all(m_values)) {
        const auto now = m_values.find(one.name), before = m_started.find(one.name);
        const std::string wanted = now == m_values.end() ? std::string() : now->second;
        if (!one.applies_at_once && wanted != (before == m_started.end() ? std::string() : before->second))
            names << titleOf(one.name);
    }
    return names;
}

} // namespace orderlab::ui
