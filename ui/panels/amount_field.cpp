#include "ui/panels/amount_field.h"

#include "ui/models/format.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolTip>

namespace orderlab::ui {

namespace {

constexpr int field_width = 62;
constexpr int field_height = 20;

} // namespace

AmountField::AmountField(const QString& about, QWidget* parent)
    : QStackedWidget(parent), m_about(about), m_button(new QPushButton(this)), m_edit(new QLineEdit(this))
{
    setFixedHeight(field_height);
    m_button->setProperty("amount", true);
    m_button->setObjectName(QStringLiteral("amountButton"));
    m_button->installEventFilter(this);
    m_edit->setProperty("amount", true);
    m_edit->setObjectName(QStringLiteral("amountEditor"));
    m_edit->setAccessibleName(tr("Amount of: %1").arg(about));
    m_edit->setAlignment(Qt::AlignRight);
    m_edit->setMaxLength(12);
    m_edit->installEventFilter(this);
    addWidget(m_button);
    addWidget(m_edit);
    connect(m_button, &QPushButton::clicked, this, &AmountField::openMenu);
    connect(m_edit, &QLineEdit::returnPressed, this, &AmountField::take);
    connect(m_edit, &QLineEdit::textEdited, this, [this] { restyle(m_edit, "invalid", false); });
    showText();
}

QWidget* AmountField::control() const
{
    return m_button;
}

void AmountField::setAmount(const FaultAmount& amount)
{
    m_amount = amount;
    showText();
}

void AmountField::setActive(bool active)
{
    restyle(m_button, "active", active);
}

void AmountField::setLeft(const QString& left)
{
    if (m_left == left)
        return;
    m_left = left;
    showText();
}

void AmountField::showText()
{
    m_button->setText(m_left.isEmpty() ? m_amount.text() : m_left);
    // No wider than it has to be: the failure's name needs the room.
    if (currentWidget() == m_button)
        setFixedWidth(QFontMetrics(Theme::textFont(11, QFont::DemiBold)).horizontalAdvance(m_button->text()) + 12);
    m_button->setAccessibleName(QStringLiteral("%1: %2").arg(m_about, m_amount.text()));
    m_button->setToolTip(tr("How often it happens: %1\nClick to change it").arg(m_amount.text()));
}

void AmountField::openMenu()
{
    QMenu menu(this);
    for (const QString& choice : amountChoices()) {
        QAction* action = menu.addAction(choice);
        action->setCheckable(true);
        action->setChecked(choice == m_amount.text());
        connect(action, &QAction::triggered, this, [this, choice] {
            if (const auto amount = FaultAmount::parse(choice))
                choose(*amount);
        });
    }
    menu.addSeparator();
    connect(menu.addAction(tr("Other…")), &QAction::triggered, this, [this] { edit(m_amount.text()); });
    menu.exec(m_button->mapToGlobal(QPoint(0, m_button->height())));
}

void AmountField::edit(const QString& first)
{
    m_edit->setText(first);
    restyle(m_edit, "invalid", false);
    setFixedWidth(field_width);
    setCurrentWidget(m_edit);
    m_edit->setFocus();
    if (first.size() > 1)
        m_edit->selectAll();
}

void AmountField::take()
{
    const auto amount = FaultAmount::parse(m_edit->text());
    if (!amount) {
        restyle(m_edit, "invalid", true);
        QToolTip::showText(m_edit->mapToGlobal(QPoint(0, m_edit->height())),
                           tr("The %1 %2.").arg(toQt(amount.error().field), toQt(amount.error().message)), m_edit);
        return;
    }
    leave();
    m_button->setFocus();
    choose(*amount);
}

void AmountField::leave()
{
    setCurrentWidget(m_button);
    showText();
    QToolTip::hideText();
}

void AmountField::choose(const FaultAmount& amount)
{
    if (amount == m_amount)
        return;
    setAmount(amount);
    Q_EMIT amountChosen(amount);
}

bool AmountField::eventFilter(QObject* object, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (object == m_button && !key->text().isEmpty() && key->text().front().isDigit()) {
            edit(key->text());
            return true;
        }
        if (object == m_button
            && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter || key->key() == Qt::Key_Down)) {
            openMenu();
            return true;
        }
        if (object == m_edit && key->key() == Qt::Key_Escape) {
            leave();
            m_button->setFocus();
            return true;
        }
    } else if (object == m_edit && event->type() == QEvent::FocusOut) {
        leave();
    }
    return QStackedWidget::eventFilter(object, event);
}

} // namespace orderlab::ui
