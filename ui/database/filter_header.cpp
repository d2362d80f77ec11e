#include "ui/database/filter_header.h"

#include <QLineEdit>
#include <QScrollBar>
#include <QTimer>

namespace orderlab::ui {

namespace {

constexpr int field_height = 20;
constexpr int pause_ms = 250; ///< Between letters, so that a word is one question.

} // namespace

FilterHeader::FilterHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent), m_pause(new QTimer(this))
{
    setHighlightSections(false);
    setSectionsClickable(true);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_pause->setSingleShot(true);
    m_pause->setInterval(pause_ms);
    connect(m_pause, &QTimer::timeout, this, &FilterHeader::filtersChanged);
    connect(this, &QHeaderView::sectionResized, this, &FilterHeader::place);
    connect(this, &QHeaderView::sectionCountChanged, this, &FilterHeader::place);
}

void FilterHeader::setColumns(const QStringList& names)
{
    m_pause->stop();
    qDeleteAll(m_fields);
    m_fields.clear();
    for (const QString& name : names) {
        QLineEdit* field = nullptr;
        if (!name.isEmpty()) {
            field = new QLineEdit(this);
            field->setObjectName(QStringLiteral("filter-") + name);
            field->setAccessibleName(tr("Show rows whose %1 contains").arg(name));
            field->setPlaceholderText(tr("contains"));
            field->setToolTip(tr("A part of it; =x: exactly x; null: NULL"));
            field->setStyleSheet(QStringLiteral("QLineEdit { min-height: 16px; padding: 0 4px; font-size: 11px; }"));
            connect(field, &QLineEdit::textEdited, m_pause, qOverload<>(&QTimer::start));
            connect(field, &QLineEdit::returnPressed, this, [this] {
                m_pause->stop();
                Q_EMIT filtersChanged();
            });
            field->show();
        }
        m_fields << field;
    }
    updateGeometries();
}

QString FilterHeader::filter(int column) const
{
    const QLineEdit* field = m_fields.value(column);
    return field ? field->text() : QString();
}

void FilterHeader::setFilter(int column, const QString& text)
{
    if (QLineEdit* field = m_fields.value(column))
        field->setText(text);
}

QSize FilterHeader::sizeHint() const
{
    return QHeaderView::sizeHint() + QSize(0, field_height + 4);
}

void FilterHeader::updateGeometries()
{
    setViewportMargins(0, 0, 0, field_height + 4);
    QHeaderView::updateGeometries();
    place();
}

void FilterHeader::place()
{
    const int y = QHeaderView::sizeHint().height();
    for (int column = 0; column < m_fields.size(); ++column) {
        QLineEdit* field = m_fields[column];
        if (!field)
            continue;
        field->setVisible(column < count() && !isSectionHidden(column));
        if (column < count())
            field->setGeometry(sectionViewportPosition(column) + 2, y, sectionSize(column) - 4, field_height);
    }
}

} // namespace orderlab::ui
