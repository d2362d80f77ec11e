#include "ui/lessons/work_row.h"

#include "ui/panels/labels.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>

namespace orderlab::ui {

WorkRow::WorkRow(LessonDesk& desk, LessonDesk::Work kind, QWidget* parent)
    : QWidget(parent), m_desk(desk), m_kind(kind), m_bar(new QProgressBar(this)), m_count(mutedLabel({}, this)),
      m_cancel(new QPushButton(tr("Cancel"), this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Worlds that are done"));
    m_cancel->setObjectName(QStringLiteral("cancelWork"));
    row->addWidget(m_bar, 1);
    row->addWidget(m_count);
    row->addWidget(m_cancel);
    connect(m_cancel, &QPushButton::clicked, &m_desk, &LessonDesk::cancel);
    connect(&m_desk, &LessonDesk::worked, this, &WorkRow::refresh);
    connect(&m_desk, &LessonDesk::changed, this, &WorkRow::refresh);
    refresh();
}

void WorkRow::refresh()
{
    setVisible(m_desk.work() == m_kind);
    const bool tells = m_kind != LessonDesk::Work::Counting; // Counting is done all at once.
    m_bar->setRange(0, tells ? int(m_desk.of()) : 0);
    m_bar->setValue(int(m_desk.done()));
    m_count->setText(tells ? tr("%1 of %2 worlds").arg(m_desk.done()).arg(m_desk.of())
                           : tr("%1 worlds").arg(m_desk.of()));
}

} // namespace orderlab::ui
