#include "ui/theme/language.h"

#include <QCoreApplication>

namespace {

/// In every test with an application: the forms of English after numbers, as the program has them.
void speakEnglish()
{
    orderlab::ui::installLanguage(orderlab::ui::Language::English, *QCoreApplication::instance());
}

} // namespace

Q_COREAPP_STARTUP_FUNCTION(speakEnglish)
