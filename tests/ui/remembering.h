#pragma once
#include "desktop.h"
#include "support/scratch_folder.h"

#include <QSettings>

namespace orderlab::ui {

/// Settings of its own for windows that remember.
struct Remembering {
    Remembering()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("orderlab-test"));
        QCoreApplication::setApplicationName(QStringLiteral("orderlab-test"));
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope,
                           QString::fromStdString(folder.path().string()));
        QSettings().clear();
    }
    ~Remembering()
    {
        QCoreApplication::setOrganizationName({});
        QCoreApplication::setApplicationName({});
    }
    Remembering(const Remembering&) = delete;
    Remembering& operator=(const Remembering&) = delete;
    static WindowOptions options()
    {
        WindowOptions options = Desktop::forgetful();
        options.remember = true;
        options.engine.reset();
        return options;
    }
    test::ScratchFolder folder;
};

} // namespace orderlab::ui
