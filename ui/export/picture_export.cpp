#include "ui/export/picture_export.h"

#include "ui/canvas/event_flow_view.h"
#include "ui/charts/line_chart.h"
#include "ui/export/whole_file.h"
#include "ui/theme/theme.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

namespace orderlab::ui {

namespace {

struct PictureExportWords {
    Q_DECLARE_TR_FUNCTIONS(PictureExportWords)
};

constexpr double png_scale = 2;

/// Parts that keep a picture of themselves are drawn as lines and words.
void draw(QWidget& widget, QPainter& painter)
{
    painter.fillRect(widget.rect(), colours().window);
    widget.render(&painter, {}, {}, QWidget::DrawChildren);
    QList<EventFlowView*> flows = widget.findChildren<EventFlowView*>();
    if (auto* const flow = qobject_cast<EventFlowView*>(&widget))
        flows << flow;
    for (EventFlowView* const flow : flows) {
        painter.save();
        painter.translate(flow->mapTo(&widget, QPoint()));
        painter.fillRect(flow->rect(), colours().window);
        flow->draw(painter);
        painter.restore();
    }
    for (LineChart* const chart : widget.findChildren<LineChart*>()) {
        const QRectF place(QPointF(chart->mapTo(&widget, QPoint())), QSizeF(chart->size()));
        painter.fillRect(place, colours().panel);
        chart->draw(painter, place);
    }
}

} // namespace

QString exportPicture(QWidget& widget, const QString& file)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    const QString ending = file.section(QLatin1Char('.'), -1).toLower();
    if (ending == QLatin1String("svg")) {
        QSvgGenerator svg;
        svg.setOutputDevice(&buffer);
        svg.setSize(widget.size());
        svg.setViewBox(widget.rect());
        svg.setTitle(QStringLiteral("Orderlab"));
        QPainter painter(&svg);
        draw(widget, painter);
    } else if (ending == QLatin1String("pdf")) {
        QPdfWriter pdf(&buffer);
        pdf.setResolution(96);
        pdf.setPageMargins({});
        pdf.setPageSize(QPageSize(QSizeF(widget.size()) * 72.0 / 96.0, QPageSize::Point));
        QPainter painter(&pdf);
        draw(widget, painter);
    } else if (ending == QLatin1String("png")) {
        QImage image(widget.size() * png_scale, QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(png_scale);
        QPainter painter(&image);
        draw(widget, painter);
        painter.end();
        image.save(&buffer, "PNG");
    } else {
        return PictureExportWords::tr("%1: pictures are written as .png, .svg or .pdf.").arg(file);
    }
    const QString problem = writeWhole(file, bytes);
    return problem.isEmpty() ? QString() : PictureExportWords::tr("%1 cannot be written: %2.").arg(file, problem);
}

} // namespace orderlab::ui
