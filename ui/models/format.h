#pragma once
#include "base/time.h"
#include "base/uuid.h"

#include <QString>

namespace orderlab::ui {

/// "1 284": groups of three digits, with a narrow no-break space between.
QString grouped(std::int64_t number);
/// "1 event", "2 611 events", in the language of the window. `text`: QT_TRANSLATE_N_NOOP("counted", "%n events"). The
/// forms of English are in resources/translations/orderlab_en.ts.
QString counted(std::int64_t number, const char* text);
/// "19.99" from minor units.
QString amountText(std::int64_t minor);
inline constexpr int short_id_digits = 8;
/// The last eight digits: the first ones of a UUIDv7 are its time and look alike.
QString shortId(const Uuid& id);
/// "14:03:07.123", the local time of day.
QString clockText(std::int64_t time_us);
/// "0.4 s", "12 ms", "1 min 5 s".
QString durationText(std::int64_t us);
/// "412/s".
QString rateText(double per_second);
QString toQt(std::string_view text);

} // namespace orderlab::ui
