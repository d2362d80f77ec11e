#pragma once
#include "ui/topics/record_model.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace orderlab::ui {

/// One record: what it is, its value as JSON, text or bytes, its headers, and what can be done with it. GUI thread.
class RecordView final : public QWidget {
    Q_OBJECT
public:
    explicit RecordView(QWidget* parent);

    /// Null: none is selected. `problem`: why it is no event of ours; `readers`: RecordModel::readersOf().
    void showRecord(const QString& topic, const LogRecord* record, const QString& problem,
                    const QList<RecordModel::Reader>& readers);
    /// Why a record like it cannot be published, and why it cannot go to one group again; empty: it can.
    void allowPublishing(const QString& why_no_copy, const QString& why_no_redelivery);

public Q_SLOTS:
    void copyJson();

Q_SIGNALS:
    void cloneWanted();
    void redeliveryWanted();
    /// A sentence for a person.
    void told(const QString& sentence);

private:
    enum class Part : std::uint8_t { Json, Text, Hex, Headers };
    QWidget* makeParts();
    void choose(Part part);
    void showPart();

    std::optional<LogRecord> m_record;
    QString m_topic;
    QString m_problem;
    Part m_part = Part::Json;
    bool m_is_chosen = false; ///< A person has said which part; else it is the one that shows most.
    std::array<QToolButton*, 4> m_buttons{};
    QLabel* m_title = nullptr;
    QLabel* m_about = nullptr;
    QPlainTextEdit* m_text = nullptr;
    QPushButton* m_copy = nullptr;
    QPushButton* m_clone = nullptr;
    QPushButton* m_redeliver = nullptr;
};

} // namespace orderlab::ui
