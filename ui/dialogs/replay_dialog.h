#pragma once
#include "ui/bridge/dead_letter_desk.h"

#include <QDialog>

class QDoubleSpinBox;
class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;

#include <functional>

namespace orderlab::ui {

/// Gives dead letters back to their group: says first what that would do, then how far it is. One letter's data may be
/// edited before. The replay goes on behind the window; closing the dialog stops it after the letter in hand. GUI
/// thread.
class ReplayDialog final : public QDialog {
    Q_OBJECT
public:
    /// `what`: a line that says which ones. `edited`: whose data may be edited before; null: nothing is.
    ReplayDialog(DeadLetterDesk& desk, LetterChoice choice, const QString& what, const Event* edited,
                 QWidget* parent = nullptr);
    /// For one letter: a sentence about what has become of it, which is asked for again and again once it is replayed.
    void watch(std::function<QString()> outcome) { m_outcome = std::move(outcome); }
    void done(int result) override;

private:
    void showOutcome();
    void askForecast();
    void showForecast(quint64 number, const DeadLetterForecast& forecast);
    void showNews(const ReplayNews& news);
    void checkData();
    void start();

    DeadLetterDesk& m_desk;
    const LetterChoice m_choice;
    const EventType m_type; ///< Of what is edited.
    QLabel* m_forecast = nullptr;
    QPlainTextEdit* m_data = nullptr; ///< Null: nothing is edited.
    QDoubleSpinBox* m_rate = nullptr; ///< Null: it is one letter.
    QLabel* m_problem = nullptr;
    QProgressBar* m_progress = nullptr;
    QPushButton *m_replay = nullptr, *m_close = nullptr;
    QString m_data_before;
    quint64 m_asked = 0;
    std::int64_t m_total = 0;
    bool m_has_forecast = false;
    bool m_is_running = false;
    bool m_is_over = false;
    std::function<QString()> m_outcome;
    QString m_result; ///< How the replay ended.
};

} // namespace orderlab::ui
