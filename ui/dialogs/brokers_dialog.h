#pragma once
#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace orderlab::ui {

/// Asks for the addresses of a Kafka cluster, and says at once what is wrong with them. GUI thread.
class BrokersDialog final : public QDialog {
    Q_OBJECT
public:
    BrokersDialog(const QString& brokers, const QString& topic_prefix, QWidget* parent = nullptr);
    /// "host:port,host:port", without blanks.
    QString brokers() const;

private:
    void check();

    QLineEdit* m_brokers;
    QLabel* m_note;
    QPushButton* m_use;
};

} // namespace orderlab::ui
