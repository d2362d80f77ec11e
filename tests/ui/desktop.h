#pragma once
#include "lab/lab_config.h"
#include "support/test_program.h"
#include "ui/main_window.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QPixmap>

namespace orderlab::ui {

using test::patience_ms;

/// What a widget looks like once everything that has changed has found its place.
inline QPixmap pictureOf(QWidget& widget)
{
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    return widget.grab();
}

/// For people to look at: build/screenshots/NAME.png.
inline bool keepPicture(const QPixmap& picture, const QString& name)
{
    const QDir folder(QStringLiteral(ORDERLAB_BIN_DIR "/../../screenshots"));
    return folder.mkpath(QStringLiteral(".")) && picture.save(folder.filePath(name + QStringLiteral(".png")));
}

/// A window that remembers nothing, with its system.
struct Desktop {
    static WindowOptions forgetful() { return {.store_notice = {}, .remember = false, .theme = ThemeName::Dark}; }

    explicit Desktop(LabConfig config = {}, WindowOptions options = forgetful(), QSize size = {1'600, 1'000})
        : window(std::move(config), std::move(options))
    {
        if (size.isValid()) // else as large as it wants to be
            window.resize(size);
        window.show();
    }

    LabBridge& bridge() { return window.bridge(); }
    const Totals& totals() { return bridge().frames().world().totals(); }
    bool start()
    {
        return waitFor([this] { return bridge().session().state() == Session::State::Running; });
    }
    template <typename Condition>
    bool waitFor(Condition condition)
    {
        return QTest::qWaitFor(condition, patience_ms);
    }
    bool waitForAccepted(std::int64_t orders)
    {
        return waitFor([&] { return totals().accepted >= orders; });
    }
    bool waitForFinal(std::int64_t orders)
    {
        return waitFor([&] { return totals().accepted >= orders && totals().in_flight == 0; });
    }

    template <typename T>
    T* child(const char* name)
    {
        T* found = window.findChild<T*>(QLatin1String(name));
        if (!found)
            qFatal("no child %s", name);
        return found;
    }
    void click(const char* name) { QTest::mouseClick(child<QAbstractButton>(name), Qt::LeftButton); }

    MainWindow window;
};

} // namespace orderlab::ui
