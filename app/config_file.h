#pragma once
#include "base/result.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace orderlab {

/// Values for options from a TOML file. A key is an option's name without dashes (`keep-inbox = "7d"`); the table
/// [kafka] holds properties of librdkafka. A flag wins over the environment, that over the file, that over the default.
class ConfigFile {
public:
    /// The file that --config or ORDERLAB_CONFIG names; without values where neither does.
    /// Error: InvalidArgument, which names the file, with line and column where it is about one.
    static Result<ConfigFile> read(int argc, char** argv);
    /// `name`: the file's, for errors.
    static Result<ConfigFile> parse(std::string_view text, std::string name);

    /// Makes the values, unless they are empty, the defaults of those options of `app` and its commands that have an
    /// environment variable, too. Before `app` parses its arguments. Error: InvalidArgument for a key that no command
    /// has, or a wrong value.
    Result<void> applyTo(CLI::App& app) const;

    /// As written: "true" for a flag, array elements separated by commas. nullptr: not in the file.
    const std::string* find(std::string_view key) const;
    /// "FILE:LINE" for a key that is in the file, else empty.
    std::string originOf(std::string_view key) const;
    std::vector<std::pair<std::string, std::string>> kafkaProperties() const;
    const std::string& name() const { return m_name; } ///< Empty: there is none.

private:
    struct Value {
        std::string text;
        int line = 0;
    };
    std::string m_name;
    std::map<std::string, Value, std::less<>> m_values, m_kafka_properties;
};

/// The process' own, which main() reads at the start; as constant from then on as the environment.
const ConfigFile& configFile();
/// read() and applyTo(), and from then on configFile(). Once, before `app` parses the same arguments.
Result<void> takeConfigFile(CLI::App& app, int argc, char** argv);

/// For what is no option where it is read: the variable's value if it is set and not empty, else the file's for `key`,
/// else an empty text.
std::string settingOf(const char* variable, std::string_view key);

/// Declares --config, which read() looks for before other options are parsed.
void addConfigOption(CLI::App& app);

} // namespace orderlab
