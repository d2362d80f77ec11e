#pragma once
#include "ui/bridge/lab_bridge.h"

#include <QFrame>

class QLabel;

namespace orderlab::ui {

/// Which promise was broken for an order, when, and how; hidden where none was. The time is a link to its moment. GUI
/// thread.
class WhyBox final : public QFrame {
    Q_OBJECT
public:
    WhyBox(LabBridge& bridge, QWidget* parent);

    /// Null: none was broken.
    void show(OrderId order, const Violation* violation);

Q_SIGNALS:
    /// Another violation, of any order.
    void violationWanted(bool next);

private:
    QString inWordsOfPeople(const std::string& explanation) const;

    LabBridge& m_bridge;
    std::int64_t m_time_us = 0;
    QLabel* m_title = nullptr;
    QLabel* m_text = nullptr;
    QLabel* m_place = nullptr; ///< "3 of 17"
};

} // namespace orderlab::ui
