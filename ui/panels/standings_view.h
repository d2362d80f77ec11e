#pragma once
#include "journal/world_state.h"

#include <QWidget>

namespace orderlab::ui {

/// Where the accepted orders stand, as a bar in parts and a line each: the parts always make the whole. GUI thread.
class StandingsView final : public QWidget {
    Q_OBJECT
public:
    explicit StandingsView(QWidget* parent = nullptr);
    void show(const Totals& totals);
    QSize sizeHint() const override { return {200, 132}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Part {
        QString name;
        std::int64_t count;
        QColor colour;
    };
    std::array<Part, 5> parts() const;

    Totals m_totals;
};

} // namespace orderlab::ui
