#pragma once
#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace orderlab::ui {

/// Asks where a recording goes and how large it may become. Before a file is replaced a person is asked. GUI thread.
class RecordDialog final : public QDialog {
    Q_OBJECT
public:
    static constexpr int mib_max = 65'536;

    /// `folder`: offered; empty: the user's documents.
    RecordDialog(const QString& folder, int mib, QWidget* parent);

    QString file() const;
    int mib() const;

public Q_SLOTS:
    void accept() override;

private:
    void browse();
    void check();

    QLineEdit* m_file;
    QLabel* m_note;
    QSpinBox* m_mib;
    QPushButton* m_record = nullptr;
};

} // namespace orderlab::ui
