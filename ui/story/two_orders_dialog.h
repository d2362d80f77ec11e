#pragma once
#include "ui/bridge/lab_bridge.h"
#include "ui/story/two_stories_model.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QTableView;

namespace orderlab::ui {

class SequenceView;

/// The stories of two orders side by side: both diagrams, and below them their steps beside each other. The second
/// order is written by a part of its id, or selected in the window's table. GUI thread.
class TwoOrdersDialog final : public QDialog {
    Q_OBJECT
public:
    static constexpr int offered_max = 500; ///< Orders that the field knows to complete, the newest.

    TwoOrdersDialog(LabBridge& bridge, OrderId left, QWidget* parent);

    TwoStoriesModel& model() { return m_model; }
    OrderId right() const { return m_right; }
    /// The order at the right.
    void compareWith(OrderId right);

public Q_SLOTS:
    /// Another order was chosen in the window: it is the second one, while that is wanted.
    void follow(orderlab::OrderId id);

private:
    QWidget* makeHead();
    QWidget* makeViews();
    void offerOrders();
    void takeText();
    void refresh();
    void showState();
    QString nameOf(OrderId id, const Story& story) const;

    LabBridge& m_bridge;
    const OrderId m_left;
    OrderId m_right;
    TwoStoriesModel m_model;
    bool m_is_planned = false;
    QString m_problem; ///< What is wrong with what was written.
    QLineEdit* m_field = nullptr;
    QCheckBox* m_follows = nullptr;
    QLabel* m_state = nullptr;
    SequenceView* m_left_view = nullptr;
    SequenceView* m_right_view = nullptr;
    QTableView* m_table = nullptr;
};

} // namespace orderlab::ui
