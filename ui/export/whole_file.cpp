#include "ui/export/whole_file.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>

namespace orderlab::ui {

namespace {

struct WholeFileWords {
    Q_DECLARE_TR_FUNCTIONS(WholeFileWords)
};

} // namespace

QString whyNoFile(const QString& file)
{
    const QFileInfo there(file);
    return there.exists() && !there.isFile() ? WholeFileWords::tr("it is no regular file") : QString();
}

QString writeWhole(const QString& file, const QByteArray& bytes)
{
    if (const QString why_not = whyNoFile(file); !why_not.isEmpty())
        return why_not;
    QSaveFile out(file);
    const bool is_written = out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() && out.commit();
    return is_written ? QString() : out.errorString();
}

} // namespace orderlab::ui
