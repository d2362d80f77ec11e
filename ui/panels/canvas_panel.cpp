#include "ui/panels/canvas_panel.h"

#include "ui/models/format.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>

namespace orderlab::ui {

CanvasPanel::CanvasPanel(const LabBridge& bridge, QWidget* parent) : QWidget(parent), m_bridge(bridge)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new QWidget(this);
    head->setObjectName(QStringLiteral("canvasHeader"));
    head->setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(20, 12, 20, 4);
    row->setSpacing(12);
    auto* title = new QLabel(QStringLiteral("Event flow"), head);
    title->setFont(Theme::textFont(14, QFont::DemiBold));
    title->setProperty("role", QStringLiteral("title"));
    const LabConfig& config = bridge.config();
    auto* about = mutedLabel(QStringLiteral("in-memory bus · %1 topics × %2 partitions · %3 consumer groups")
                                 .arg(event_type_count)
                                 .arg(config.partitions)
                                 .arg(config.workers.size()),
                             head);
    m_note = new QLabel(head);
    m_note->setObjectName(QStringLiteral("flowNote"));
    m_note->setFont(Theme::textFont(11, QFont::Medium));
    row->addWidget(title);
    row->addWidget(about);
    row->addStretch(1);
    row->addWidget(m_note);
    m_view = new EventFlowView(bridge, this);
    column->addWidget(head);
    column->addWidget(m_view, 1);
    connect(m_view, &EventFlowView::samplingChanged, this, [this](quint64 every) {
        m_sample = every;
        showNote();
    });
    connect(m_view, &EventFlowView::zoomChanged, this, &CanvasPanel::showNote);
}

void CanvasPanel::setPlaying(bool playing)
{
    m_view->setPlaying(playing);
    showNote();
}

void CanvasPanel::showNote()
{
    QStringList notes;
    if (!m_view->isPlaying())
        notes << QStringLiteral("animation paused, the system goes on");
    else if (m_sample > 1)
        notes << QStringLiteral("showing 1 order in %1").arg(grouped(std::int64_t(m_sample)));
    if (m_view->zoom() != 1)
        notes << QStringLiteral("zoom %1 % · Ctrl+0 fits").arg(qRound(m_view->zoom() * 100));
    m_note->setText(notes.join(QStringLiteral(" · ")));
}

QString CanvasPanel::note() const { return m_note->text(); }

} // namespace orderlab::ui
