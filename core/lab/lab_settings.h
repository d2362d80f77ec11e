#pragma once
#include "lab/lab_config.h"

#include <map>
#include <string>
#include <vector>

namespace orderlab {

/// Something about a system that a person may set, as the options of its programs know it. A value.
struct LabSetting {
    std::string name;                 ///< Of the option, without dashes: "max-attempts".
    std::string about;                ///< What it is, for a person.
    std::string value;                ///< In force at the next start. May be a secret.
    std::string usual;                ///< Where nobody says another; empty: the description tells.
    std::vector<std::string> choices; ///< The only values; empty: any that is accepted.
    /// What gives it a value that wins over LabSettings::Values: "the command line", "ORDERLAB_BUS", "orderlab.toml:3";
    /// empty: nothing.
    std::string fixed_by;
    bool applies_at_once = false; ///< While a system runs; else with its next start.
};

/// Values that a program has been given for its system besides the command line, the environment and the configuration
/// file, which all win over them. One thread at a time.
class LabSettings {
public:
    /// By the setting's name.
    using Values = std::map<std::string, std::string>;

    virtual ~LabSettings() = default;
    /// In the order of --help.
    virtual std::vector<LabSetting> all(const Values& values) const = 0;
    /// Errors: InvalidArgument; `field` is the setting's name.
    virtual Result<LabConfig> configWith(const Values& values) const = 0;
};

} // namespace orderlab
