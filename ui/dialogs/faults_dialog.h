#pragma once
#include "ui/bridge/lab_bridge.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace orderlab::ui {

/// Composes any failure, with the rules that core itself checks it by, and lists those that are on with how often each
/// has struck. What is composed stands there as text too, as the command line and scenario files have it: the fields
/// and the text follow each other. GUI thread.
class FaultsDialog final : public QDialog {
    Q_OBJECT
public:
    explicit FaultsDialog(LabBridge& bridge, QWidget* parent = nullptr);

private:
    QWidget* makeForm();
    QWidget* makeList();
    void fillActions();
    void showFieldsOf(FaultAction action);
    void composeText();
    void check();
    void readText();
    void inject();
    void showProblem(const QString& problem);
    void refresh();
    void stopSelected();
    void copySelected();

    LabBridge& m_bridge;
    QComboBox* m_seam = nullptr;
    QComboBox* m_action = nullptr;
    QLabel* m_about = nullptr;
    QLineEdit *m_probability = nullptr, *m_count = nullptr, *m_start = nullptr, *m_length = nullptr, *m_delay = nullptr,
              *m_rate = nullptr;
    QLabel *m_delay_title = nullptr, *m_rate_title = nullptr;
    QComboBox *m_event = nullptr, *m_group = nullptr;
    QLineEdit *m_worker = nullptr, *m_order = nullptr, *m_customer = nullptr;
    QLineEdit* m_text = nullptr;
    QPushButton* m_inject = nullptr;
    QLabel* m_problem = nullptr;
    QTreeWidget* m_list = nullptr;
    QPushButton *m_stop = nullptr, *m_copy = nullptr, *m_stop_all = nullptr;
    QTimer* m_clock = nullptr;
    bool m_filling = false; ///< The fields are being set from the text.
};

} // namespace orderlab::ui
