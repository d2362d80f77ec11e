#pragma once
#include "ui/observe/order_spans.h"
#include "ui/panels/panel.h"

#include <QTimer>

class QLabel;
class QTextBrowser;
class QTreeWidget;
class QTreeWidgetItem;

namespace orderlab::ui {

class ContentOrEmpty;

/// The spans of the order of the story as a waterfall: what it waited for, and how long. What is to come at the moment
/// is dim. A click shows a span's attributes, and moves the moment to its beginning unless it follows; a double click
/// or Enter always moves it. GUI thread.
class TracesPanel final : public Panel {
    Q_OBJECT
public:
    explicit TracesPanel(LabBridge& bridge, QWidget* parent = nullptr);

    void showOrder(OrderId order) override;
    const std::vector<OrderSpan>& spans() const { return m_spans; }

protected:
    void seenChanged() override { refresh(); }

private:
    QWidget* makeBar();
    QWidget* makeViews();
    void planRefresh();
    void refresh();
    std::int64_t endUs() const;
    void fill();
    void showMoment();
    void showDetail(const QTreeWidgetItem* item);
    void goTo(const QTreeWidgetItem* item);
    void showState();

    LabBridge& m_bridge;
    OrderId m_order;
    std::vector<OrderSpan> m_spans;
    bool m_is_stale = true;
    QLabel* m_state = nullptr;
    QTreeWidget* m_tree = nullptr;
    QTextBrowser* m_detail = nullptr;
    ContentOrEmpty* m_content = nullptr;
    QTimer m_due;
};

} // namespace orderlab::ui
