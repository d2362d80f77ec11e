#pragma once
#include <QObject>

namespace orderlab::ui {

/// Whether things may glide, pulse and turn. Without, what moves stands at its start and then at its end. One for the
/// program. GUI thread.
class Motion final : public QObject {
    Q_OBJECT
public:
    static Motion& instance();
    /// As a person, the desktop or the style wants it.
    bool isReduced() const;
    /// What a person wants; the desktop may want less.
    bool isReducedByChoice() const { return m_is_reduced; }
    void setReduced(bool reduced);

Q_SIGNALS:
    void changed();

private:
    Motion();
    bool m_is_reduced = false;
};

} // namespace orderlab::ui
