#include "ui/bridge/system_core.h"

#include "ui/models/format.h"

#include <QCoreApplication>

namespace orderlab::ui {

QString sentence(const Error& error)
{
    QString text = toQt(error.message);
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text.isEmpty() || text.endsWith(QLatin1Char('.')) ? text : text + QLatin1Char('.');
}

QString tooManyQuestions()
{
    return QCoreApplication::translate("SystemCore", "%1 requests are under way. Wait until some have an answer.")
        .arg(Answers::places_max);
}

} // namespace orderlab::ui
