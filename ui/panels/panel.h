#pragma once
#include "ui/bridge/lab_bridge.h"

#include <QDockWidget>

class QLineEdit;

namespace orderlab::ui {

class ContentOrEmpty;
class WorldComparison;

/// A dock of the window; see panel_registry.h. Its focus proxy is what "Go to …" gives the focus to. GUI thread.
class Panel : public QDockWidget {
    Q_OBJECT
public:
    Panel(const QString& title, QWidget* parent);

    /// A dock behind another one's tab is visible as Qt says it, and is not seen.
    bool isSeen() const { return m_is_seen; }

    /// Another world beside the one that is shown; null: none. It outlives this, or is taken away before.
    virtual void setComparison(const WorldComparison*) {}
    /// The order whose story is told.
    virtual void showOrder(OrderId) {}
    /// Where one types what is to be seen of its list; null: it has none.
    virtual QLineEdit* findField() { return nullptr; }

protected:
    /// It is seen from now on, or no longer.
    virtual void seenChanged() {}
    /// The body of a panel whose title is its tab: `bar` above `view`, or above the sentence in the view's place. Once;
    /// takes both.
    ContentOrEmpty* setTabContent(QWidget* bar, QWidget* view);

public Q_SLOTS:
    /// What the journal has brought. Some dozen times a second.
    virtual void showFrame(const orderlab::ui::Frame&) {}

Q_SIGNALS:
    /// A person wants to see this order's story.
    void orderSelected(orderlab::OrderId id);
    /// A sentence for a person.
    void told(const QString& sentence);

private:
    bool m_is_seen = false;
};

} // namespace orderlab::ui
