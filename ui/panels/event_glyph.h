#pragma once
#include "domain/event.h"

#include <QWidget>

namespace orderlab::ui {

/// The shape and colour of an event type, as in the event flow. GUI thread.
class EventGlyph final : public QWidget {
    Q_OBJECT
public:
    explicit EventGlyph(EventType type, QWidget* parent = nullptr);
    QSize sizeHint() const override { return {16, 16}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    EventType m_type;
};

} // namespace orderlab::ui
