#pragma once
#include "fault_model/guarantees.h"
#include "faults/fault.h"
#include "ui/models/fault_desk.h"

#include <QStringList>

#include <array>
#include <optional>

namespace orderlab::ui {

/// What a failure at `seam` means in a real system; one or two sentences.
QString seamSentence(Seam seam);
/// What `action` does; one sentence.
QString actionSentence(FaultAction action);
/// Where it is, for a list: "The payment gateway is asked".
QString seamTitle(Seam seam);
/// What happens there, for a list: "Done, but the answer is lost".
QString actionTitle(FaultAction action);
/// What is known of a call at `seam`, so that a fault there can be limited to it: as FaultPoint is filled there.
struct SeamKnows {
    bool event = false, group = false, worker = false, customer = false, order = false;
};
SeamKnows knownAt(Seam seam);
/// "2 of 5 left", "8 s left", "begins in 3 s"; empty when it goes on until it is switched off.
QString leftText(const FaultDesk::Item& item, TimePoint now);

struct GuaranteeText {
    Guarantee guarantee;
    QString title;    ///< "Payment key"
    QString prevents; ///< A few words: what it is good for.
    QString anomaly;  ///< A few words: what can be seen while it is off.
    QString sentence;
};
const std::array<GuaranteeText, guarantee_count>& guaranteeTexts();

struct InvariantText {
    std::string_view name;
    QString title; ///< "Charged at most once"
    QString sentence;
};
/// Of all nine, in the order in which they are listed.
const std::array<InvariantText, 9>& invariantTexts();
/// The name itself for one that is unknown.
QString invariantTitle(std::string_view name);

} // namespace orderlab::ui
