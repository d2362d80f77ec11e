#pragma once
#include "lab/lab_settings.h"

namespace orderlab {

/// Whether the option is one of the workers' policies, which may change while they work. `name`: without dashes.
bool isPolicyOption(std::string_view name);

/// The settings of a system that the options of addLabOptions() are, read anew from the command line that this process
/// was started with, its environment and its configuration file (takeConfigFile() comes before).
class OptionSettings final : public LabSettings {
public:
    /// Copies the arguments.
    OptionSettings(int argc, const char* const* argv);

    std::vector<LabSetting> all(const Values& values) const override;
    /// A URL with a password is refused: what is kept for the next start is kept as plain text.
    Result<LabConfig> configWith(const Values& values) const override;

private:
    std::vector<std::string> m_arguments;
};

} // namespace orderlab
