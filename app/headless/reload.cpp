#include "headless/reload.h"

#include "config_file.h"
#include "headless/server_link.h"
#include "option_origin.h"
#include "option_settings.h"

#include <CLI/CLI.hpp>

#include <set>

namespace orderlab {

namespace {

bool mayChange(const std::string& name)
{
    return isPolicyOption(name) || name == "log-level";
}

/// New files for TLS apply at once; whether there is TLS does not.
bool isOtherTls(const std::string& name, const std::string& before, const std::string& now)
{
    return (name == "tls-cert" || name == "tls-key") && before.empty() == now.empty();
}

struct Read {
    ServeOptions options;
    std::map<std::string, std::string> values; ///< By the option's name; of properties as one.
};

Result<Read> readAll(int argc, char** argv)
{
    const auto file = ConfigFile::read(argc, argv);
    if (!file)
        return file.error();
    Read read;
    CLI::App app;
    CLI::App* serve = app.add_subcommand("serve");
    addServeOptions(*serve, read.options);
    ServerAddress client; // The file is one for all commands.
    addTlsCaOption(*app.add_subcommand("client"), client);
    ORDERLAB_TRY(return, file->applyTo(app));
    try {
        parseOptions(app, argc, argv);
    } catch (const CLI::ParseError& error) {
        return invalidArgument("config", error.what());
    }
    if (const auto chosen = chooseLab(read.options.lab); !chosen)
        return invalidArgument("config", chosen.error().field + ": " + chosen.error().message);
    for (const CLI::Option* option : serve->get_options()) {
        if (option->get_envname().empty() || option->get_lnames().empty())
            continue;
        const std::string& name = option->get_lnames().front();
        const std::string* const in_file = file->find(name);
        read.values[name] = option->count() > 0 ? CLI::detail::join(option->results())
                            : in_file           ? *in_file
                                                : option->get_default_str();
    }
    for (const auto& [name, value] : file->kafkaProperties())
        read.values["kafka." + name] = value;
    return read;
}

} // namespace

Reload::Reload(int argc, char** argv) : m_argc(argc), m_argv(argv)
{
    if (auto read = readAll(argc, argv))
        m_last = std::move(read->values);
}

Result<Reload::Changes> Reload::read()
{
    auto read = readAll(m_argc, m_argv);
    if (!read)
        return read.error();
    Changes changes;
    std::set<std::string> names;
    for (const auto* values : {&m_last, &read->values}) {
        for (const auto& [name, value] : *values)
            names.insert(name);
    }
    for (const std::string& name : names) {
        const auto before = m_last.find(name), now = read->values.find(name);
        const bool is_same = before != m_last.end() && now != read->values.end() && before->second == now->second;
        if (is_same)
            continue;
        const bool applies =
            mayChange(name)
            || (before != m_last.end() && now != read->values.end() && isOtherTls(name, before->second, now->second));
        (applies ? changes.in_force : changes.next_start).push_back(name);
    }
    m_last = std::move(read->values);
    changes.options = std::move(read->options);
    return changes;
}

} // namespace orderlab
