#pragma once
#include "ui/bridge/dead_letter_desk.h"
#include "ui/models/batch_edit.h"

#include <QDialog>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace orderlab::ui {

/// Sets one field of the data of many dead letters to one value and gives them back to their group: shows first what
/// changes in each, then how far it is. Letters that would stay as they are, or whose data would be wrong, are left
/// out. Closing it stops it after the letter in hand. GUI thread.
class BatchEditDialog final : public QDialog {
    Q_OBJECT
public:
    /// `letters`: those that are known of `count`. `group`: for people.
    BatchEditDialog(DeadLetterDesk& desk, std::vector<DeadLetter> letters, std::int64_t count, const QString& group,
                    QWidget* parent = nullptr);
    void done(int result) override;

private:
    QWidget* makeForm();
    void plan();
    void start();
    void showNews(const ReplayNews& news);

    DeadLetterDesk& m_desk;
    const std::vector<DeadLetter> m_letters;
    const std::int64_t m_count;
    BatchEditModel m_model;
    QComboBox* m_path = nullptr;
    QLineEdit* m_value = nullptr;
    QDoubleSpinBox* m_rate = nullptr;
    QLabel* m_sentence = nullptr;
    QProgressBar* m_progress = nullptr;
    QPushButton *m_replay = nullptr, *m_close = nullptr;
    bool m_is_running = false;
};

} // namespace orderlab::ui
