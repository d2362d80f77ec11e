#include "ui/bridge/dead_letter_desk.h"

#include <QTimer>

namespace orderlab::ui {

quint64 DeadLetterDesk::askForecast(const LetterChoice&)
{
    const quint64 number = nextForecast();
    refuseForecast(number, m_capabilities.whyNot(Ask::DecideDeadLetters));
    return number;
}

void DeadLetterDesk::refuseForecast(quint64 number, const QString& problem)
{
    QTimer::singleShot(0, this, [this, number, problem] { Q_EMIT forecastFailed(number, problem); });
}

bool DeadLetterDesk::replay(const LetterChoice&, std::int64_t, const QString&, double)
{
    return false;
}

bool DeadLetterDesk::replayEdited(std::vector<LetterEdit>, double)
{
    return false;
}

void DeadLetterDesk::discard(const Uuid&, const QString&)
{
    Q_EMIT discardEnded(m_capabilities.whyNot(Ask::DecideDeadLetters));
}

} // namespace orderlab::ui
