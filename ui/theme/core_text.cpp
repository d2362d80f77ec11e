#include "ui/theme/core_text.h"

#include <QByteArray>
#include <QCoreApplication>

namespace orderlab::ui {

QString coreText(std::string_view text)
{
    // A copy, as it must end with a zero byte.
    return QCoreApplication::translate("core", QByteArray(text.data(), qsizetype(text.size())).constData());
}

} // namespace orderlab::ui
