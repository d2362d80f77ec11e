#pragma once
#include "ui/panels/banner.h"

namespace orderlab::ui {

class LabBridge;

/// Over the upper edge of the event flow, which stays where it is: what the system is doing while it does not run, a
/// switch of the bus, and what went wrong with a command; above it, a notice for as long as it runs, with what the
/// system has told last. GUI thread.
class StatusBanners final : public QWidget {
    Q_OBJECT
public:
    /// `store_notice`: to be told while it runs; empty: nothing.
    StatusBanners(LabBridge& bridge, const QString& store_notice, QWidget* parent);

    /// Lies over this widget, a sibling, from so far below its upper edge.
    void lieOver(QWidget* under, int below);

    Banner& banner() { return *m_banner; }
    void warn(const QString& text);
    void tell(const QString& text);

Q_SIGNALS:
    /// A sentence that is shown, other than what the system is doing.
    void said(const QString& sentence);
    /// The system did not start; a person wants to start it again: as it is, in another folder, or without a database.
    void startWanted();
    void otherFolderWanted();
    void memoryWanted();

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void place();
    std::vector<Banner::Action> waysOut();

    void showState();
    void showBus();
    void showNotice();

    LabBridge& m_bridge;
    QString m_store_notice;
    QStringList m_told; ///< See LabBridge::told(); the last is the newest.
    Banner* m_notice;
    Banner* m_banner;
    QWidget* m_under = nullptr;
    int m_below = 0;
    bool m_is_switching_bus = false; ///< The banner says so.
};

} // namespace orderlab::ui
