#pragma once
#include <QString>

namespace orderlab::ui {

/// What the window says where it depends on whose system it shows.
struct SystemTexts {
    QString window_title;
    QString notice;         ///< Above the event flow while it runs; empty: none.
    QString flow_about;     ///< Beside the event flow's title; empty: what the bus in use is.
    QString bus_place;      ///< In the frame of the bus; empty: where the bus in use is.
    QString api_sentence;   ///< Who creates orders.
    QString store_title;    ///< "PostgreSQL"
    QString store_lane;     ///< The same over a lane of the sequence diagram.
    QString store_sentence; ///< Empty while it is not known.
    QString no_orders;      ///< In place of a table of orders, while it runs.
    QString no_orders_hint; ///< How there will be some.
};

} // namespace orderlab::ui
