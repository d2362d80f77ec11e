#pragma once
#include <QWidget>

class QLabel;
class QToolButton;

namespace orderlab::ui {

/// A line across the window that says what the user should know. GUI thread.
class Banner final : public QWidget {
    Q_OBJECT
public:
    enum class Kind : std::uint8_t { Info, Warning, Problem };
    explicit Banner(QWidget* parent = nullptr);
    void showText(Kind kind, const QString& text, bool can_close = true);
    QString text() const;

private:
    QLabel* m_text;
    QToolButton* m_close;
};

} // namespace orderlab::ui
