#pragma once
#include "fault_model/guarantees.h"
#include "faults/fault.h"
#include "lab/lab_settings.h"
#include "ui/bridge/lab_bridge.h"
#include "ui/theme/language.h"
#include "ui/theme/palette.h"

#include <QSize>
#include <QString>

#include <memory>

namespace orderlab {

/// What the command line and the environment of `orderlab` ask for.
struct DesktopOptions {
    LabConfig lab;
    QString store_notice;                      ///< Why the store is memory although nobody asked for that.
    std::shared_ptr<const LabSettings> system; ///< What a person may set of it in the window; null: nothing.
    std::optional<ui::ThemeName> theme;
    std::optional<ui::Language> language; ///< Nothing: the one that is set in the window.
    QString moment;                       ///< A line, of a moment to show; empty: none.
    QString scenario;                     ///< A file; empty: none.
    QString panel;                        ///< To show at the start; empty: as it was.
    QString screenshot;                   ///< A file; empty: an ordinary run.
    double after_s = 3;                   ///< When the screenshot is taken.
    QSize size;                           ///< Empty: as it was.
    bool benchmark = false;
    std::optional<ui::Engine> engine; ///< Nothing: that of the last start.
    std::vector<Fault> faults;        ///< Injected from the start on.
    Guarantees guarantees;            ///< At the start.
};

/// Reads arguments, then environment variables, then defaults. Prints help or a one-line error itself.
/// The exit code when the program should end now: 0 for help and version, 2 for bad usage.
std::optional<int> readDesktopOptions(int argc, char** argv, DesktopOptions& options);

} // namespace orderlab
