#pragma once
#include "bus/topic_browser.h"

#include <QDialog>

#include <functional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace orderlab::ui {

/// What a person writes to be published, as bytes, and what it is to those who read it. A value.
struct DraftRecord {
    EventType topic = EventType::OrderCreated;
    QString key;
    QString headers; ///< "name: value" a line.
    QString value;

    /// A valid event about an order that nobody has made.
    static DraftRecord of(EventType topic, const Uuid& event, const Uuid& order, TimePoint now);
    /// The same record once more; `event`: its new id.
    static DraftRecord like(EventType topic, const LogRecord& record, const Uuid& event);
    /// As it would be in the log. Error: InvalidArgument for a line that is no header.
    Result<LogRecord> record() const;
    /// As it is published; `event` is the id of a record that is no event. Its problem: see problem().
    Event event(const Uuid& event) const;
    /// Why workers would give it up at once; empty: it is a valid event.
    QString problem() const;
};

/// Writes a record and publishes it. What is no valid event needs a second click that says what becomes of it. GUI
/// thread.
class PublishDialog final : public QDialog {
    Q_OBJECT
public:
    /// `newer`: a draft for another topic.
    PublishDialog(DraftRecord draft, std::function<DraftRecord(EventType)> newer, QWidget* parent);

    DraftRecord draft() const;

private:
    void fill(const DraftRecord& draft);
    void check();
    void publish();

    std::function<DraftRecord(EventType)> m_newer;
    bool m_is_warned = false; ///< Of what is no event, as it is written now.
    QComboBox* m_topic = nullptr;
    QLineEdit* m_key = nullptr;
    QPlainTextEdit* m_headers = nullptr;
    QPlainTextEdit* m_value = nullptr;
    QLabel* m_state = nullptr;
    QPushButton* m_publish = nullptr;
};

} // namespace orderlab::ui
