#pragma once
#include <QWidget>

class QLabel;
class QStackedLayout;

namespace orderlab::ui {

/// A view, or in its place a sentence that says why there is nothing to see. GUI thread.
class ContentOrEmpty final : public QWidget {
    Q_OBJECT
public:
    explicit ContentOrEmpty(QWidget* parent);
    /// Once; takes `content` as its child.
    void setContent(QWidget* content);
    /// `reason` is shown while there is no content.
    void show(bool has_content, const QString& reason);

private:
    QStackedLayout* m_pages;
    QLabel* m_empty;
};

} // namespace orderlab::ui
