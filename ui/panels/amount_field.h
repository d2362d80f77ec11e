#pragma once
#include "ui/models/fault_presets.h"

#include <QStackedWidget>

class QLineEdit;
class QPushButton;

namespace orderlab::ui {

/// How much of a failure, edited where it stands: a click, Enter or Space opens the usual amounts; "Other…", or just
/// typing a digit, turns it into a field. Enter takes what was typed, Escape leaves it. GUI thread.
class AmountField final : public QStackedWidget {
    Q_OBJECT
public:
    /// `about` names the failure for screen readers.
    explicit AmountField(const QString& about, QWidget* parent = nullptr);

    FaultAmount amount() const { return m_amount; }
    void setAmount(const FaultAmount& amount);
    /// What has the focus while nothing is typed.
    QWidget* control() const;
    /// Whether the failure is on: then the amount stands out.
    void setActive(bool active);
    /// What is shown in its place while it is on and counts down; empty: the amount.
    void setLeft(const QString& left);

public Q_SLOTS:
    void edit(const QString& first = {});

Q_SIGNALS:
    /// The user has chosen another one.
    void amountChosen(const orderlab::ui::FaultAmount& amount);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void openMenu();
    void take();
    void leave();
    void choose(const FaultAmount& amount);
    void showText();

    QString m_about;
    FaultAmount m_amount;
    QString m_left;
    QPushButton* m_button;
    QLineEdit* m_edit;
};

} // namespace orderlab::ui
