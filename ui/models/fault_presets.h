#pragma once
#include "ui/models/fault_desk.h"

#include <QString>
#include <QStringList>

namespace orderlab::ui {

/// How much of a failure: a share of the passages, so many times, or for so long. A value.
struct FaultAmount {
    enum class Kind : std::uint8_t { Share, Times, Time } kind = Kind::Share;
    double share = 1;        ///< For Share.
    std::uint32_t times = 1; ///< For Times.
    Duration time{0};        ///< For Time.

    bool operator==(const FaultAmount&) const = default;
    /// "30 %", "once", "5 times", "for 10 s".
    QString text() const;
    /// What text() gives, and shorter forms of it: "30%", "5x", "10s". Error: InvalidArgument, in words.
    static Result<FaultAmount> parse(const QString& text);
    static FaultAmount of(const Fault& fault);
    void applyTo(Fault& fault) const;
};

/// What is offered where an amount is chosen.
QStringList amountChoices();

/// A failure that has a switch of its own in the window.
struct FaultPreset {
    const char* key;  ///< For names of widgets.
    QString title;    ///< "Gateway loses answers"
    QString sentence; ///< What it means, for somebody who learns this.
    Fault fault;      ///< With its first amount.

    /// Whether `other` is this failure, in whatever amount.
    bool matches(const Fault& other) const;
};

const std::vector<FaultPreset>& faultPresets();

} // namespace orderlab::ui
