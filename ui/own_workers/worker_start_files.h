#pragma once
#include "base/result.h"

#include <QStringList>

namespace orderlab::ui {

/// What is to be run after a start of a worker was written.
struct WrittenStart {
    QString command;
    QString build; ///< To be run first, in its folder; empty: nothing.
    QStringList files;
};

/// What `orderlabd worker new LANGUAGE GROUP` writes, into `folder`. Nothing is overwritten; a library that is there
/// stays. Errors: InvalidArgument; Conflict: a file is there already; Internal: it cannot be written.
Result<WrittenStart> writeWorkerStart(const QString& folder, const QString& language, const QString& group);

} // namespace orderlab::ui
