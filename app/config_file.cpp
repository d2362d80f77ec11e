#include "config_file.h"

#include "base/suggestion.h"

#include <CLI/CLI.hpp>
#include <toml++/toml.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace orderlab {

namespace {

constexpr std::uintmax_t file_bytes_max = 1 << 20; ///< All options together are a few kilobytes.
constexpr std::string_view kafka_table = "kafka";
const std::set<std::string> may_be_secret{"api-token", "postgres"};

Error wrong(const std::string& complaint)
{
    return invalidArgument("config", complaint);
}

std::string placeOf(const std::string& name, const toml::source_region& source)
{
    return name + ':' + std::to_string(source.begin.line) + ':' + std::to_string(source.begin.column);
}

std::string nearestSetting(std::string_view key, const std::set<std::string>& names)
{
    const std::vector<std::string_view> all(names.begin(), names.end());
    return suggestion(key, all);
}

/// As somebody would type it. Error: nothing that an option takes.
std::optional<std::string> textOf(const toml::node& node)
{
    if (const auto* text = node.as_string())
        return text->get();
    if (const auto* number = node.as_integer())
        return std::to_string(number->get());
    if (const auto* truth = node.as_boolean())
        return truth->get() ? "true" : "false";
    if (const auto* number = node.as_floating_point()) {
        std::ostringstream text;
        text << number->get();
        return text.str();
    }
    const auto* array = node.as_array();
    if (!array)
        return std::nullopt;
    std::string all;
    for (const toml::node& element : *array) {
        const auto* text = element.as_string();
        if (!text)
            return std::nullopt;
        all += (all.empty() ? "" : ",") + text->get();
    }
    return all;
}

/// The options of `app` and its commands that the environment may set, by their names without dashes.
std::multimap<std::string, CLI::Option*> settable(CLI::App& app)
{
    std::multimap<std::string, CLI::Option*> options;
    for (CLI::Option* option : app.get_options()) {
        if (const auto& names = option->get_lnames(); !names.empty() && !option->get_envname().empty())
            options.emplace(names.front(), option);
    }
    options.erase("config");
    for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
        options.merge(settable(*command));
    return options;
}

std::string nameOfFile(int argc, char** argv)
{
    constexpr std::string_view flag = "--config";
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument(argv[i]);
        if (argument == flag)
            return i + 1 < argc ? argv[i + 1] : "";
        if (argument.starts_with(flag) && argument.substr(flag.size()).starts_with('='))
            return std::string(argument.substr(flag.size() + 1));
    }
    const char* variable = std::getenv("ORDERLAB_CONFIG");
    return variable ? variable : "";
}

ConfigFile& theFile()
{
    static ConfigFile file;
    return file;
}

} // namespace

Result<ConfigFile> ConfigFile::read(int argc, char** argv)
{
    const std::string name = nameOfFile(argc, argv);
    if (name.empty())
        return ConfigFile();
    std::error_code error;
    const auto status = std::filesystem::status(name, error);
    if (!std::filesystem::exists(status))
        return wrong("there is no file " + name);
    if (std::filesystem::is_directory(status))
        return wrong(name + " is a directory; name the file in it");
    std::ifstream file(name, std::ios::binary);
    if (!file)
        return wrong(name + " cannot be read: " + std::generic_category().message(errno));
    std::string text(file_bytes_max + 1, '\0');
    file.read(text.data(), std::streamsize(text.size()));
    text.resize(std::size_t(file.gcount()));
    if (text.size() > file_bytes_max)
        return wrong(name + " has more than " + std::to_string(file_bytes_max) + " bytes: it is no configuration");
    return parse(text, name);
}

Result<ConfigFile> ConfigFile::parse(std::string_view text, std::string name)
{
    ConfigFile file;
    file.m_name = std::move(name);
    toml::table table;
    try {
        table = toml::parse(text, file.m_name);
    } catch (const toml::parse_error& error) {
        return wrong(placeOf(file.m_name, error.source()) + ": " + std::string(error.description()));
    }
    const auto take = [&](const toml::table& from, auto& into) -> Result<void> {
        for (const auto& [key, node] : from) {
            const bool is_properties = &from == &table && key.str() == kafka_table;
            if (is_properties && node.is_table())
                continue;
            const auto value = textOf(node);
            if (!value)
                return wrong(placeOf(file.m_name, node.source()) + ": " + std::string(key.str())
                             + (node.is_table() ? ": there is no such table; the only one is [kafka]"
                                                : ": must be a text, a number, true, false or a list of texts"));
            into[std::string(key.str())] = {*value, int(node.source().begin.line)};
        }
        return {};
    };
    ORDERLAB_TRY(return, take(table, file.m_values));
    if (const toml::table* properties = table[kafka_table].as_table())
        ORDERLAB_TRY(return, take(*properties, file.m_kafka_properties));
    return file;
}

Result<void> ConfigFile::applyTo(CLI::App& app) const
{
    const auto options = settable(app);
    std::set<std::string> names;
    for (const auto& [name, option] : options)
        names.insert(name);
    for (const auto& [key, value] : m_values) {
        if (!names.contains(key))
            return wrong(originOf(key) + ": there is no setting " + key + nearestSetting(key, names));
        if (value.text.empty())
            continue; // As an empty variable: not given.
        const auto [first, last] = options.equal_range(key);
        for (auto option = first; option != last; ++option) {
            try {
                option->second->run_callback_for_default()->default_val(value.text);
                if (may_be_secret.contains(key)) // --help prints defaults.
                    option->second->default_str('(' + originOf(key) + ')');
            } catch (const CLI::Error& error) {
                const std::string complaint = error.what(), dashed = "--" + key + ": ";
                return wrong(originOf(key) + ": " + key + ": "
                             + (complaint.starts_with(dashed) ? complaint.substr(dashed.size()) : complaint));
            }
        }
    }
    return {};
}

const std::string* ConfigFile::find(std::string_view key) const
{
    const auto found = m_values.find(key);
    return found == m_values.end() ? nullptr : &found->second.text;
}

std::string ConfigFile::originOf(std::string_view key) const
{
    const auto found = m_values.find(key);
    return found == m_values.end() ? std::string() : m_name + ':' + std::to_string(found->second.line);
}

std::vector<std::pair<std::string, std::string>> ConfigFile::kafkaProperties() const
{
    std::vector<std::pair<std::string, std::string>> properties;
    for (const auto& [name, value] : m_kafka_properties)
        properties.emplace_back(name, value.text);
    return properties;
}

const ConfigFile& configFile()
{
    return theFile();
}

Result<void> takeConfigFile(CLI::App& app, int argc, char** argv)
{
    auto file = ConfigFile::read(argc, argv);
    if (!file)
        return file.error();
    ORDERLAB_TRY(return, file->applyTo(app));
    theFile() = std::move(*file);
    return {};
}

std::string settingOf(const char* variable, std::string_view key)
{
    if (const char* value = std::getenv(variable); value && *value)
        return value;
    const std::string* value = configFile().find(key);
    return value ? *value : std::string();
}

void addConfigOption(CLI::App& app)
{
    app.add_option_function<std::string>(
           "--config", [](const std::string&) {},
           "TOML file with values for these options, such as bus = \"kafka\"; flags and the environment win")
        ->envname("ORDERLAB_CONFIG");
}

} // namespace orderlab
