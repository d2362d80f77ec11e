#pragma once
#include "base/result.h"

#include <QString>
#include <QStringList>

namespace orderlab::ui {

/// A steady flow of orders to play by itself, read from a small JSON file:
/// {"orders": 100, "rate_per_s": 40, "seconds": 10, "customers": ["ada", "user-flaky"]}.
/// Every member is optional; "description" is for readers. `orders` orders come at once, then the flow begins.
struct FlowScenario {
    int orders = 0;         ///< Created at once, before the flow; 0 to 100,000.
    double rate_per_s = 10; ///< Orders a second; above 0, at most 2,000.
    double seconds = 0;     ///< How long the flow lasts; 0: until the window is closed. At most 86,400.
    QStringList customers;  ///< Taken in turn; empty: the built-in mix.

    /// Error: InvalidArgument with the member to blame; unknown members are errors too.
    static Result<FlowScenario> parse(const QByteArray& json);
    /// Error: NotFound when the file cannot be read, else as parse(). At most 64 KiB.
    static Result<FlowScenario> load(const QString& path);
};

} // namespace orderlab::ui
