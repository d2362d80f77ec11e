#pragma once
#include "ui/panels/panel.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSlider;
class QToolButton;
class QVBoxLayout;

namespace orderlab::ui {

class FailuresSection;
class InvariantsSection;

/// The left column: creates orders (one, a burst, a steady flow, a file); below it the failures, the guarantees and the
/// invariants. GUI thread.
class CreateOrdersPanel final : public Panel {
    Q_OBJECT
public:
    explicit CreateOrdersPanel(LabBridge& bridge, QWidget* parent = nullptr);

    FailuresSection& failures() { return *m_failures; }
    InvariantsSection& invariants() { return *m_invariants; }

public Q_SLOTS:
    void createOrder();
    void createBurst();
    void focusCustomer();
    void showFrame(const orderlab::ui::Frame& frame) override;
    /// Shows the figures anew.
    void refresh();

Q_SIGNALS:
    void importWanted();

private:
    void makeForm(QWidget* parent, QVBoxLayout* column);
    void makeFlow(QWidget* parent, QVBoxLayout* column);
    QToolButton* makeCustomers(QWidget* parent);
    void showState();
    void showProblem(const QString& field, const QString& text);
    void showHint();
    void showRate();

    LabBridge& m_bridge;
    QLineEdit* m_customer = nullptr;
    QToolButton* m_customers = nullptr;
    QLineEdit* m_amount = nullptr;
    QComboBox* m_currency = nullptr;
    QPushButton* m_create = nullptr;
    QPushButton* m_burst = nullptr;
    QPushButton* m_import = nullptr;
    QSlider* m_flow = nullptr;
    QLabel* m_flow_rate = nullptr;
    QLabel* m_note = nullptr;
    FailuresSection* m_failures = nullptr;
    InvariantsSection* m_invariants = nullptr;
    bool m_refresh_planned = false;
};

} // namespace orderlab::ui
