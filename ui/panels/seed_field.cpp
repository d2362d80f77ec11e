#include "ui/panels/seed_field.h"

#include "ui/theme/theme.h"
#include "ui/worlds/worlds.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QRandomGenerator>
#include <QRegularExpressionValidator>
#include <QToolButton>

namespace orderlab::ui {

namespace {

constexpr quint32 thrown_max = 10'000; ///< Short enough to be said aloud.

} // namespace

SeedField::SeedField(Worlds& worlds, QWidget* parent) : QWidget(parent), m_worlds(worlds)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    m_seed = new QLineEdit(this);
    m_seed->setObjectName(QStringLiteral("seedField"));
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setToolTip(tr("The seed decides all that chance decides. The same seed: the same world."));
    m_seed->setFont(Theme::monoFont(12, QFont::Medium));
    m_seed->setAlignment(Qt::AlignCenter);
    m_seed->setFixedWidth(58);
    m_seed->setValidator(new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{1,19}")), m_seed));
    row->addWidget(m_seed);
    auto* dice = new QToolButton(this);
    dice->setObjectName(QStringLiteral("diceButton"));
    dice->setText(QStringLiteral("⚄"));
    dice->setFixedSize(28, 28);
    dice->setToolTip(tr("Throw another seed"));
    dice->setAccessibleName(dice->toolTip());
    row->addWidget(dice);
    connect(m_seed, &QLineEdit::editingFinished, this, &SeedField::take);
    connect(dice, &QToolButton::clicked, this,
            [this] { m_worlds.setSeed(1 + QRandomGenerator::global()->bounded(thrown_max)); });
    connect(&worlds, &Worlds::changed, this, &SeedField::refresh);
    refresh();
}

void SeedField::take()
{
    bool is_number = false;
    const quint64 seed = m_seed->text().toULongLong(&is_number);
    if (is_number)
        m_worlds.setSeed(seed);
    refresh();
}

void SeedField::refresh()
{
    if (!m_seed->hasFocus() || !m_seed->isModified())
        m_seed->setText(QString::number(m_worlds.shown().seed));
}

} // namespace orderlab::ui
