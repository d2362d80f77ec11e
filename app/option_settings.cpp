#include "option_settings.h"

#include "config_file.h"
#include "documents/command_text.h"
#include "lab_options.h"
#include "option_origin.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <set>

namespace orderlab {

namespace {

constexpr std::size_t value_bytes_max = 1'000;
const std::set<std::string> may_hold_a_password{"postgres", "redis"};

/// The options as the command line of this process sets them.
struct Parsed {
    explicit Parsed(const std::vector<std::string>& arguments) : words(arguments)
    {
        addLabOptions(app, options);
        app.allow_extras(); // Those of the window.
        for (std::string& word : words)
            argv.push_back(word.data());
        argv.push_back(nullptr);
    }
    int argc() const { return int(words.size()); }

    std::vector<std::string> words;
    std::vector<char*> argv;
    LabOptions options;
    CLI::App app;
};

std::string withoutOption(const std::string& complaint, const std::string& name)
{
    const std::string dashed = "--" + name + ": ";
    return complaint.starts_with(dashed) ? complaint.substr(dashed.size()) : complaint;
}

Result<void> setValue(CLI::App& app, const std::string& name, const std::string& value)
{
    CLI::Option* const option = app.get_option_no_throw("--" + name);
    if (!option || option->get_envname().empty() || name == "config")
        return invalidArgument(name, "there is no such setting");
    if (value.size() > value_bytes_max)
        return invalidArgument(name, "has more than " + std::to_string(value_bytes_max) + " bytes");
    if (may_hold_a_password.contains(name) && withoutPassword(value) != value)
        return invalidArgument(name, "holds a password, and settings are kept as plain text: put it into "
                                         + option->get_envname());
    try {
        option->run_callback_for_default()->default_val(value);
    } catch (const CLI::Error& error) {
        return invalidArgument(name, withoutOption(error.what(), name));
    }
    return {};
}

Result<void> parse(Parsed& parsed, const LabSettings::Values& values)
{
    for (const auto& [name, value] : values) {
        if (!value.empty())
            ORDERLAB_TRY(return, setValue(parsed.app, name, value));
    }
    ORDERLAB_TRY(return, configFile().applyTo(parsed.app));
    try {
        parseOptions(parsed.app, parsed.argc(), parsed.argv.data());
    } catch (const CLI::ParseError& error) {
        return invalidArgument("", error.what());
    }
    return {};
}

std::string originOf(const Parsed& parsed, const CLI::Option& option)
{
    std::vector<char*> argv = parsed.argv;
    if (const std::string variable = variableBehind(option, parsed.argc(), argv.data()); !variable.empty())
        return variable;
    return option.count() > 0 ? "the command line" : configFile().originOf(option.get_lnames().front());
}

} // namespace

bool isPolicyOption(std::string_view name)
{
    return name == "retry-style" || name == "max-attempts" || name == "handler-timeout" || name == "throttle";
}

OptionSettings::OptionSettings(int argc, const char* const* argv) : m_arguments(argv, argv + argc) {}

std::vector<LabSetting> OptionSettings::all(const Values& values) const
{
    Parsed usual(m_arguments), parsed(m_arguments);
    const CommandText text = commandTextOf(usual.app);
    if (!parse(parsed, values))
        (void)parse(parsed, {}); // What is wrong is told by configWith().
    std::vector<LabSetting> settings;
    for (const OptionText& option : text.options) {
        const CLI::Option* const one = parsed.app.get_option_no_throw(option.names.back());
        if (!one || option.variable.empty() || one->get_lnames().front() == "config")
            continue;
        LabSetting setting;
        setting.name = one->get_lnames().front();
        setting.about = option.description;
        setting.value = one->count() > 0 ? CLI::detail::join(one->results()) : one->get_default_str();
        setting.usual = option.default_value;
        setting.choices = option.choices;
        setting.fixed_by = originOf(parsed, *one);
        setting.applies_at_once = isPolicyOption(setting.name);
        settings.push_back(std::move(setting));
    }
    return settings;
}

Result<LabConfig> OptionSettings::configWith(const Values& values) const
{
    Parsed parsed(m_arguments);
    ORDERLAB_TRY(return, parse(parsed, values));
    auto chosen = chooseLab(parsed.options);
    if (!chosen)
        return chosen.error();
    return std::move(chosen->config);
}

} // namespace orderlab
