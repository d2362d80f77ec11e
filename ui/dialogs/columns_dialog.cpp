#include "ui/dialogs/columns_dialog.h"

#include "ui/panels/fitted_table.h"
#include "ui/panels/labels.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>

#include <algorithm>

namespace orderlab::ui {

ColumnsDialog::ColumnsDialog(FittedTable& table)
    : QDialog(&table), m_table(table), m_before(table.columnLayout()), m_layout(m_before),
      m_list(new QListWidget(this)), m_up(new QPushButton(tr("&Up"), this)), m_down(new QPushButton(tr("&Down"), this)),
      m_width(new QSpinBox(this))
{
    setObjectName(QStringLiteral("columnsDialog"));
    setWindowTitle(tr("Columns"));
    resize(380, 380);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 16);
    column->setSpacing(10);
    column->addWidget(titleLabel(tr("Columns of “%1”").arg(table.accessibleName()), this));
    column->addWidget(mutedLabel(tr("Space shows or hides a column."), this));
    m_list->setObjectName(QStringLiteral("columnsList"));
    m_list->setAccessibleName(tr("Columns, from the left"));
    column->addWidget(m_list, 1);
    auto* row = new QHBoxLayout;
    m_up->setObjectName(QStringLiteral("columnUp"));
    m_up->setToolTip(tr("Further to the left"));
    m_down->setObjectName(QStringLiteral("columnDown"));
    m_down->setToolTip(tr("Further to the right"));
    QLabel* width_title = mutedLabel(tr("&Width"), this);
    width_title->setBuddy(m_width);
    m_width->setObjectName(QStringLiteral("columnWidth"));
    m_width->setAccessibleName(tr("Width of the chosen column"));
    m_width->setRange(ColumnLayout::width_min, ColumnLayout::width_max);
    m_width->setSingleStep(10);
    row->addWidget(m_up);
    row->addWidget(m_down);
    row->addStretch(1);
    row->addWidget(width_title);
    row->addWidget(m_width);
    column->addLayout(row);
    auto* buttons = new QHBoxLayout;
    auto* reset = new QPushButton(tr("&Reset columns"), this);
    reset->setObjectName(QStringLiteral("columnsReset"));
    auto* cancel = new QPushButton(tr("Cancel"), this);
    auto* ok = new QPushButton(tr("OK"), this);
    ok->setProperty("primary", true);
    ok->setDefault(true);
    for (QPushButton* button : {m_up, m_down, reset, cancel})
        button->setAutoDefault(false);
    buttons->addWidget(reset);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(ok);
    column->addLayout(buttons);
    connect(m_list, &QListWidget::currentRowChanged, this, &ColumnsDialog::showCurrent);
    connect(m_list, &QListWidget::itemChanged, this, &ColumnsDialog::apply);
    connect(m_width, &QSpinBox::valueChanged, this, &ColumnsDialog::apply);
    connect(m_up, &QPushButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { move(1); });
    connect(reset, &QPushButton::clicked, this, [this] {
        m_table.resetColumns();
        m_layout = m_table.columnLayout();
        fill();
    });
    connect(cancel, &QPushButton::clicked, this, &ColumnsDialog::reject);
    connect(ok, &QPushButton::clicked, this, &QDialog::accept);
    fill();
    m_list->setCurrentRow(0);
    m_list->setFocus();
}

void ColumnsDialog::reject()
{
    m_table.setColumnLayout(m_before);
    QDialog::reject();
}

void ColumnsDialog::fill()
{
    const int row = m_list->currentRow();
    m_is_filling = true;
    m_list->clear();
    for (const ColumnLayout::Column& column : m_layout.columns) {
        auto* item = new QListWidgetItem(m_table.columnTitle(column.column), m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(column.is_shown ? Qt::Checked : Qt::Unchecked);
    }
    m_is_filling = false;
    m_list->setCurrentRow(std::max(0, row));
    showCurrent();
}

void ColumnsDialog::showCurrent()
{
    const int row = m_list->currentRow();
    if (m_is_filling || row < 0 || std::size_t(row) >= m_layout.columns.size())
        return;
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row + 1 < m_list->count());
    m_is_filling = true;
    m_width->setValue(m_layout.columns[std::size_t(row)].width);
    m_is_filling = false;
}

void ColumnsDialog::apply()
{
    const int row = m_list->currentRow();
    if (m_is_filling || row < 0)
        return;
    ColumnLayout wanted = m_layout;
    for (int i = 0; i < m_list->count(); ++i)
        wanted.columns[std::size_t(i)].is_shown = m_list->item(i)->checkState() == Qt::Checked;
    wanted.columns[std::size_t(row)].width = m_width->value();
    const bool has_any = std::any_of(wanted.columns.begin(), wanted.columns.end(),
                                     [](const ColumnLayout::Column& one) { return one.is_shown; });
    if (!has_any)
        return fill(); // The last one stays.
    m_layout = std::move(wanted);
    m_table.setColumnLayout(m_layout);
}

void ColumnsDialog::move(int by)
{
    const int row = m_list->currentRow();
    const int to = row + by;
    if (row < 0 || to < 0 || to >= m_list->count())
        return;
    std::swap(m_layout.columns[std::size_t(row)], m_layout.columns[std::size_t(to)]);
    m_table.setColumnLayout(m_layout);
    fill();
    m_list->setCurrentRow(to);
}

} // namespace orderlab::ui
