#include "ui/own_workers/worker_start_files.h"

#include "simulation/worker_starts.h"
#include "ui/export/whole_file.h"
#include "ui/models/format.h"
#include "ui/own_workers/command_files.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace orderlab::ui {

Result<WrittenStart> writeWorkerStart(const QString& folder, const QString& language, const QString& group)
{
    const auto start = findWorkerStart(language.toStdString(), group.toStdString());
    if (!start)
        return start.error();
    const QDir where(folder);
    WrittenStart written;
    for (const WorkerStart::File& file : start->files) {
        const QString path = where.filePath(toQt(file.path));
        if (!file.is_library && QFileInfo::exists(path))
            return Error{ErrorCode::Conflict, Retry::Never,

                         QCoreApplication::translate("orderlab::ui::OwnWorkerDialog",
                                                     "%1 is there already. Choose another folder.")
                             .arg(path)
                             .toStdString(),
                         "folder"};
    }
    for (const WorkerStart::File& file : start->files) {
        const QString path = where.filePath(toQt(file.path));
        written.files << path;
        if (QFileInfo::exists(path))
            continue; // A library that is there already.
        QDir().mkpath(QFileInfo(path).absolutePath());
        const QString problem = writeWhole(path, QByteArray(file.text.data(), qsizetype(file.text.size())));
        if (!problem.isEmpty())
            return internalError(QCoreApplication::translate("orderlab::ui::OwnWorkerDialog", "%1 was not written: %2")
                                     .arg(path, problem)
                                     .toStdString());
    }
    written.build = toQt(start->build);
    // The program's own folder is not ours: its file is named in full.
    const QString command = toQt(start->command);
    const qsizetype blank = command.indexOf(QLatin1Char(' '));
    const QString file = command.mid(blank + 1); // "./payment.bin" is one word.
    written.command =
        (blank < 0 ? QString() : command.left(blank + 1)) + quotedWord(QDir::cleanPath(where.absoluteFilePath(file)));
    return written;
}

} // namespace orderlab::ui
