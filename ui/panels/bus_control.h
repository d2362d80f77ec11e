#pragma once
#include "ui/bridge/lab_bridge.h"

#include <QWidget>

class QAction;
class QMenu;
class QToolButton;

namespace orderlab::ui {

/// Which engine is in use, and the way to another: simulated, or the real system with a bus in memory, Kafka in this
/// process, Kafka at the address used last or at another. GUI thread.
class BusControl final : public QWidget {
    Q_OBJECT
public:
    explicit BusControl(LabBridge& bridge, QWidget* parent = nullptr);

    /// The address that the menu offers.
    void setBrokers(const QString& brokers);
    const QString& brokers() const { return m_brokers; }
    /// Goes on with this bus: from the simulated engine, with the real system.
    void choose(const BusChoice& bus);
    /// The same choices for the window's menu.
    QList<QAction*> choices() const
    {
        return {m_use_simulated, m_use_memory, m_use_embedded, m_use_brokers, m_use_other};
    }

Q_SIGNALS:
    void otherBrokersWanted();
    void simulatedWanted();
    /// The real system, with this bus, instead of the simulated engine.
    void realWanted(const orderlab::ui::BusChoice& bus);

private:
    QAction* choice(const char* object, const QString& text);
    void refresh();

    LabBridge& m_bridge;
    QString m_brokers = QStringLiteral("localhost:9092");
    QAction* m_use_simulated;
    QAction* m_use_memory;
    QAction* m_use_embedded;
    QAction* m_use_brokers;
    QAction* m_use_other;
    QToolButton* m_simulated;
    QToolButton* m_memory;
    QToolButton* m_kafka;
};

} // namespace orderlab::ui
