#include "ui/worlds/outcomes_dialog.h"

#include "ui/models/fault_texts.h"
#include "ui/models/format.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timeline_view.h"
#include "ui/worlds/worlds.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace orderlab::ui {

namespace {

constexpr int world_width = 150;

struct Count {
    const char* title;
    std::int64_t Totals::*count;
};
constexpr Count outcome_counts[] = {
    {QT_TRANSLATE_NOOP("orderlab::ui::OutcomesDialog", "Accepted"), &Totals::accepted},
    {QT_TRANSLATE_NOOP("orderlab::ui::OutcomesDialog", "Paid"), &Totals::paid},
    {QT_TRANSLATE_NOOP("orderlab::ui::OutcomesDialog", "Failed"), &Totals::failed},
    {QT_TRANSLATE_NOOP("orderlab::ui::OutcomesDialog", "Canceled"), &Totals::canceled},
    {QT_TRANSLATE_NOOP("orderlab::ui::OutcomesDialog", "Dead-lettered"), &Totals::dead_lettered},
    {QT_TRANSLATE_NOOP("orderlab::ui::OutcomesDialog", "In flight"), &Totals::in_flight},
    {QT_TRANSLATE_NOOP("orderlab::ui::OutcomesDialog", "Charges"), &Totals::charges},
    {QT_TRANSLATE_NOOP("orderlab::ui::OutcomesDialog", "Refunds"), &Totals::refunds},
    {QT_TRANSLATE_NOOP("orderlab::ui::OutcomesDialog", "Notifications"), &Totals::notifications},
    {QT_TRANSLATE_NOOP("orderlab::ui::OutcomesDialog", "Failed attempts"), &Totals::attempts_failed},
    {QT_TRANSLATE_NOOP("orderlab::ui::OutcomesDialog", "Retries"), &Totals::retries},
    {QT_TRANSLATE_NOOP("orderlab::ui::OutcomesDialog", "Duplicates skipped"), &Totals::duplicates_skipped},
};

} // namespace

OutcomesDialog::OutcomesDialog(const Worlds& worlds, QWidget* parent) : QDialog(parent), m_worlds(worlds)
{
    setObjectName(QStringLiteral("outcomes"));
    setWindowTitle(tr("How the worlds have ended"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* column = new QVBoxLayout(this);
    m_table = new QTableWidget(this);
    m_table->setObjectName(QStringLiteral("outcomesTable"));
    m_table->setAccessibleName(tr("Outcomes of all worlds"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionMode(QAbstractItemView::ContiguousSelection);
    m_table->horizontalHeader()->setDefaultSectionSize(world_width);
    column->addWidget(m_table);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_only_different = new QCheckBox(tr("only what differs"), this);
    m_only_different->setObjectName(QStringLiteral("onlyDifferent"));
    buttons->addButton(m_only_different, QDialogButtonBox::ResetRole);
    QPushButton* const copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    copy->setObjectName(QStringLiteral("copyOutcomes"));
    column->addWidget(buttons);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    connect(m_only_different, &QCheckBox::toggled, this, &OutcomesDialog::hideEqual);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&worlds, &Worlds::changed, this, &OutcomesDialog::refresh);
    connect(&worlds, &QObject::destroyed, this, &QDialog::reject);
    refresh();
    const int wanted = 190 + world_width * int(std::min<std::size_t>(worlds.all().size(), 6));
    resize(std::max(460, wanted), std::min(680, 110 + m_table->rowCount() * m_table->rowHeight(0)));
}

void OutcomesDialog::refresh()
{
    const std::vector<World>& worlds = m_worlds.all();
    QStringList titles;
    for (const Count& count : outcome_counts)
        titles << tr(count.title);
    titles << tr("Seconds to the end");
    const World* known = nullptr; // One that tells the promises.
    for (const World& world : worlds)
        known = !known && world.outcome ? &world : known;
    for (std::size_t i = 0; known && i < known->outcome->invariants.size(); ++i)
        titles << invariantTitle(known->outcome->invariants[i].name);
    m_table->setRowCount(int(titles.size()));
    m_table->setColumnCount(int(worlds.size()));
    m_table->setVerticalHeaderLabels(titles);
    for (std::size_t w = 0; w < worlds.size(); ++w) {
        const World& world = worlds[w];
        auto* head = new QTableWidgetItem(world.name);
        head->setToolTip(world.parent == 0 ? world.name
                                           : tr("%1, parts at %2").arg(world.name, momentText(world.parts_at.count())));
        m_table->setHorizontalHeaderItem(int(w), head);
        QStringList values;
        if (world.outcome) {
            for (const Count& count : outcome_counts)
                values << grouped(world.outcome->totals.*count.count);
            values << QString::number(world.outcome->virtual_seconds, 'f', 3);
            for (const InvariantOutcome& one : world.outcome->invariants)
                values << (one.holds ? tr("holds") : tr("✕ %1 times").arg(one.violations));
        }
        for (int row = 0; row < titles.size(); ++row) {
            auto* item = new QTableWidgetItem(values.isEmpty()      ? QStringLiteral("…")
                                              : row < values.size() ? values[row]
                                                                    : QString());
            item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            const QTableWidgetItem* const first = m_table->item(row, 0);
            const bool differs = w > 0 && first && first->text() != item->text();
            item->setFont(Theme::monoFont(12, differs ? QFont::Bold : QFont::Normal));
            if (item->text().startsWith(QStringLiteral("✕")))
                item->setForeground(colours().failure);
            else if (differs)
                item->setForeground(colours().accent);
            m_table->setItem(row, int(w), item);
        }
    }
    hideEqual();
}

void OutcomesDialog::hideEqual()
{
    for (int row = 0; row < m_table->rowCount(); ++row) {
        bool is_equal = true;
        for (int column = 1; column < m_table->columnCount(); ++column)
            is_equal = is_equal && m_table->item(row, column)->text() == m_table->item(row, 0)->text();
        m_table->setRowHidden(row, m_only_different->isChecked() && is_equal);
    }
}

QString OutcomesDialog::text() const
{
    QStringList lines;
    QStringList names{QString()};
    for (int column = 0; column < m_table->columnCount(); ++column)
        names << m_table->horizontalHeaderItem(column)->text();
    lines << names.join(QLatin1Char('\t'));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        if (m_table->isRowHidden(row))
            continue;
        QStringList cells{m_table->verticalHeaderItem(row)->text()};
        for (int column = 0; column < m_table->columnCount(); ++column)
            cells << m_table->item(row, column)->text();
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace orderlab::ui
