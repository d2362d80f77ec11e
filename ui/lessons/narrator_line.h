#pragma once
#include "ui/bridge/lab_bridge.h"
#include "ui/models/story.h"

#include <QLabel>
#include <QTimer>

namespace orderlab::ui {

/// One line that says what has just happened, in the words of the story: of the order that is followed, else of the
/// last one of which something is told. Assistive technology hears it, too. GUI thread.
class NarratorLine final : public QLabel {
    Q_OBJECT
public:
    NarratorLine(LabBridge& bridge, QWidget* parent);

    /// Null: of all.
    void setOrder(OrderId order);
    /// For one that is looked at from far away.
    void setTextSize(int pixels);
    /// What is told at the moment that is shown; empty: nothing yet.
    QString sentence() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void fit();
    OrderId lastOrder() const;

    LabBridge& m_bridge;
    OrderId m_order;
    mutable OrderId m_told; ///< Whose story is kept.
    mutable Story m_story;
    QTimer m_timer;
};

} // namespace orderlab::ui
