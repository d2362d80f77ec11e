#pragma once
#include <QWidget>

#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace orderlab::ui {

/// A line across the window that says what the user should know, and what can be done about it. GUI thread.
class Banner final : public QWidget {
    Q_OBJECT
public:
    enum class Kind : std::uint8_t { Info, Warning, Problem };
    struct Action {
        QString object;
        QString text;
        QString about; ///< As a tooltip.
        std::function<void()> run;
    };
    explicit Banner(QWidget* parent = nullptr);
    void showText(Kind kind, const QString& text, bool can_close = true, const std::vector<Action>& actions = {});
    QString text() const;

Q_SIGNALS:
    /// A text that can be closed is shown.
    void said(const QString& text);

private:
    void setActions(const std::vector<Action>& actions);

    QHBoxLayout* m_row;
    QLabel* m_text;
    QToolButton* m_close;
    std::vector<QPushButton*> m_buttons;
};

} // namespace orderlab::ui
