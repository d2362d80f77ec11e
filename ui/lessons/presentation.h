#pragma once
#include <QByteArray>
#include <QObject>
#include <QPointer>

class QWidget;

namespace orderlab::ui {

class MainWindow;

/// The window for people who sit far away: the event flow with the narrator's line, and the lesson or the story beside
/// it, as large as they can be (from 18 pt on), with a ring around the pointer. Space and Page Down go one step on,
/// Page Up one back, Escape leaves. Everything is as before then. GUI thread.
class Presentation final : public QObject {
    Q_OBJECT
public:
    static constexpr int text_pixels = 24; ///< 18 pt.

    /// `window` outlives it.
    explicit Presentation(MainWindow& window);
    ~Presentation() override;

    bool isOn() const { return m_is_on; }
    /// `full_screen`: else in the window as large as it is.
    void enter(bool full_screen = true);
    void leave();
    /// Once the window has other parts.
    void apply();
    void next();
    void back();

Q_SIGNALS:
    void changed(bool is_on);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    bool takesKey(int key) const;
    void stepOn(bool forward);

    MainWindow& m_window;
    bool m_is_on = false;
    bool m_was_full_screen = false;
    int m_zoom_before = 100;
    QByteArray m_layout_before;
    QPointer<QWidget> m_halo;
};

} // namespace orderlab::ui
