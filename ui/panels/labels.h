#pragma once
#include <QFrame>
#include <QLabel>

namespace orderlab::ui {

/// Labels with the roles that the style sheet knows. The caller's layout owns them.
QLabel* mutedLabel(const QString& text, QWidget* parent = nullptr);
QLabel* faintLabel(const QString& text, QWidget* parent = nullptr);
/// In capitals, with wide spacing.
QLabel* headingLabel(const QString& text, QWidget* parent = nullptr);
/// A dialog's first line: what it is about, as plain text.
QLabel* titleLabel(const QString& text, QWidget* parent);
/// A muted label of parts that stand between dots: those that have no room are left out whole. All of them are in the
/// tooltip.
class PartsLabel final : public QLabel {
    Q_OBJECT
public:
    explicit PartsLabel(QWidget* parent = nullptr);
    /// The first `important` ones are in the text's own colour.
    void setParts(const QStringList& parts, qsizetype important = 0);
    /// What is shown, as plain text.
    const QString& shown() const { return m_shown; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
    QStringList m_parts;
    qsizetype m_important = 0;
    QString m_shown;
};
/// Room for a label whose text changes often: a change of text does not lay out the window anew, unless the label needs
/// more room than it has, or less than half of it. Hidden and shown with the label.
class SteadyRoom final : public QWidget {
    Q_OBJECT
public:
    /// Owns `label` from here on.
    explicit SteadyRoom(QLabel* label);
    QSize sizeHint() const override { return m_room; }
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* label, QEvent* event) override;

private:
    void fit();
    QLabel* const m_label;
    QSize m_room;
};
/// A hairline.
QFrame* ruleLine(QWidget* parent = nullptr);
/// Sets a dynamic property and has the style sheet look again.
void restyle(QWidget* widget, const char* property, const QVariant& value);

} // namespace orderlab::ui
