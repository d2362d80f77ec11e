#pragma once
#include <QWidget>

namespace orderlab::ui {

class Banner;
class LabBridge;

/// Over the event flow: what the system is doing while it does not run, a switch of the bus, and what went wrong with a
/// command; above it, a notice for as long as it runs, with what the system has told last. GUI thread.
class StatusBanners final : public QWidget {
    Q_OBJECT
public:
    /// `store_notice`: to be told while it runs; empty: nothing.
    StatusBanners(LabBridge& bridge, const QString& store_notice, QWidget* parent);

    Banner& banner() { return *m_banner; }
    void warn(const QString& text);
    void tell(const QString& text);

private:
    void showState();
    void showBus();
    void showNotice();

    LabBridge& m_bridge;
    QString m_store_notice;
    QStringList m_told; ///< See LabBridge::told(); the last is the newest.
    Banner* m_notice;
    Banner* m_banner;
    bool m_is_switching_bus = false; ///< The banner says so.
};

} // namespace orderlab::ui
