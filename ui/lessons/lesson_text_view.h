#pragma once
#include <QTextBrowser>

namespace orderlab::ui {

/// Markdown of a lesson, as high as it is long: what is around it scrolls. Links are never followed by itself;
/// anchorClicked() tells of them. Times of the run ("0.233 s") are links of the scheme orderlab-time. GUI thread.
class LessonTextView final : public QTextBrowser {
    Q_OBJECT
public:
    explicit LessonTextView(QWidget* parent);

    void setText(const QString& markdown);
    /// With what is around it.
    int heightOf(int width) const;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    /// Nothing is read from anywhere.
    QVariant loadResource(int, const QUrl&) override { return {}; }

private:
    void show();
    void fit();

    QString m_text;
};

/// The text with its times, outside of code, as links.
QString withTimeLinks(const QString& markdown);

} // namespace orderlab::ui
