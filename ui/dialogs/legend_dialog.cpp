#include "ui/dialogs/legend_dialog.h"

#include "ui/canvas/scene_paint.h"
#include "ui/canvas/token_atlas.h"
#include "ui/panels/labels.h"
#include "ui/theme/event_faces.h"
#include "ui/theme/theme.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QPainter>

namespace orderlab::ui {

namespace {

constexpr QSize sample_size(34, 20);
constexpr double sample_radius = 6;

/// One picture of the legend.
class Sample final : public QWidget {
public:
    Sample(std::function<void(QPainter&, QPointF)> draw, QWidget* parent) : QWidget(parent), m_draw(std::move(draw))
    {
        setFixedSize(sample_size);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        m_draw(painter, QRectF(rect()).center());
    }

private:
    std::function<void(QPainter&, QPointF)> m_draw;
};

std::function<void(QPainter&, QPointF)> cell(TokenAtlas::Look look)
{
    return [look](QPainter& painter, QPointF centre) {
        TokenAtlas atlas;
        atlas.build(colours(), painter.device()->devicePixelRatioF(), sample_radius);
        atlas.add(centre, new_order_face, look);
        atlas.flush(painter);
    };
}

} // namespace

LegendDialog::LegendDialog(const std::vector<QString>& groups, QWidget* parent)
    : QDialog(parent), m_rows(new QGridLayout)
{
    setObjectName(QStringLiteral("legend"));
    setWindowTitle(tr("Legend of the event flow"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 16, 22, 14);
    column->setSpacing(12);
    m_rows->setHorizontalSpacing(10);
    m_rows->setVerticalSpacing(3);
    column->addLayout(m_rows);
    const auto pen = [](QPainter& painter, const QColor& colour, double width, Qt::PenStyle style = Qt::SolidLine) {
        painter.setPen(QPen(colour, width, style, Qt::RoundCap));
        painter.setBrush(Qt::NoBrush);
    };
    heading(tr("Events"));
    for (const EventType type : all_event_types)
        row(
            [type](QPainter& painter, QPointF centre) {
                painter.setPen(Qt::NoPen);
                painter.setBrush(colours().events[std::size_t(type)]);
                painter.drawPath(eventShape(type, centre, sample_radius));
            },
            eventTitle(type));
    row(
        [](QPainter& painter, QPointF centre) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(colours().dead);
            painter.drawPath(deadLetterShape(centre, sample_radius));
        },
        tr("dead letter: a group gave the event up"));
    heading(tr("In a partition"));
    row(cell(TokenAtlas::Look::Hollow), tr("hollow: published, its dot is still on the way here"));
    row(cell(TokenAtlas::Look::Bright), tr("bright: some group has not handled it yet"));
    row(cell(TokenAtlas::Look::Dim), tr("dim: every group has handled it"));
    row(
        [pen](QPainter& painter, QPointF centre) {
            cell(TokenAtlas::Look::Bright)(painter, centre);
            pen(painter, colours().text, 1.4);
            painter.drawEllipse(centre, 9, 9);
        },
        tr("circled: of the selected order"));
    row(
        [](QPainter& painter, QPointF centre) {
            text(painter, QRectF(centre.x() - 17, centre.y() - 8, 34, 16), Qt::AlignCenter, Theme::textFont(10),
                 colours().text, QStringLiteral("‹ 120"));
        },
        tr("the slowest group is so many events further back"));
    heading(tr("Groups: how far each has committed"));
    for (std::size_t g = 0; g < groups.size(); ++g)
        row(
            [g](QPainter& painter, QPointF centre) {
                painter.setPen(Qt::NoPen);
                painter.setBrush(colours().groups[g % colours().groups.size()]);
                groupMark(painter, centre + QPointF(0, -4), 5, g);
            },
            groups[g]);
    row([](QPainter& painter,
           QPointF centre) { painter.fillRect(QRectF(centre.x() - 15, centre.y() - 1.5, 30, 3), colours().groups[0]); },
        tr("line under events: what the slowest group has still to do (its lag)"));
    heading(tr("On the cards"));
    row(
        [pen](QPainter& painter, QPointF centre) {
            pen(painter, colours().edge, 1.4);
            painter.drawEllipse(centre, 7, 7);
            pen(painter, colours().groups[1], 3);
            painter.drawArc(QRectF(centre.x() - 7, centre.y() - 7, 14, 14), 90 * 16, -200 * 16);
        },
        tr("ring: turns while the group works; yellow while it waits for the next attempt"));
    row(
        [](QPainter& painter, QPointF centre) {
            chip(painter, QRectF(centre.x() - 14, centre.y() - 9, 28, 18), colours().raised,
                 Theme::textFont(11, QFont::DemiBold), colours().text, QStringLiteral("×2"));
        },
        tr("so many members share the group's partitions"));
    heading(tr("Lines"));
    row(
        [pen](QPainter& painter, QPointF centre) {
            pen(painter, colours().events[0], 1.6);
            painter.drawLine(centre - QPointF(15, 0), centre + QPointF(15, 0));
        },
        tr("order and its outbox row, in one transaction; then the relay publishes"));
    row(
        [pen](QPainter& painter, QPointF centre) {
            pen(painter, colours().ok, 1.3, Qt::DashLine);
            painter.drawLine(centre - QPointF(15, 0), centre + QPointF(15, 0));
        },
        tr("a handler's effects, its inbox row and new events, in one transaction"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

void LegendDialog::heading(const QString& text)
{
    const int at = m_rows->rowCount();
    QLabel* label = headingLabel(text, this);
    label->setContentsMargins(0, at > 1 ? 7 : 0, 0, 2);
    m_rows->addWidget(label, at, 0, 1, 2);
}

void LegendDialog::row(Draw draw, const QString& text)
{
    const int at = m_rows->rowCount();
    m_rows->addWidget(new Sample(std::move(draw), this), at, 0);
    m_rows->addWidget(new QLabel(text, this), at, 1);
}

} // namespace orderlab::ui
