#pragma once
#include "ui/bridge/lab_bridge.h"
#include "ui/models/reset_model.h"

#include <QDialog>

class QComboBox;
class QDateTimeEdit;
class QLabel;
class QLineEdit;
class QPushButton;

namespace orderlab::ui {

class ContentOrEmpty;

/// Lets a consumer group go on from another place of the log. It says first what that would do to each partition, asked
/// of the system anew whenever something is chosen; then the group's members leave, its offsets are moved, and the
/// members join again. Closes itself once that is done. GUI thread.
class ResetOffsetsDialog final : public QDialog {
    Q_OBJECT
public:
    /// What is chosen at first. `group` is without prefix; an empty topic and partition -1: all.
    struct Choice {
        QString group;
        QString topic = {};
        int partition = -1;
    };
    ResetOffsetsDialog(LabBridge& bridge, const Choice& choice, QWidget* parent = nullptr);

private:
    QWidget* makeForm();
    QWidget* makeButtons();
    void showTarget();
    void plan();
    void ask();
    void showForecast(quint64 number, const ResetForecast& forecast);
    void showSentence(const ResetForecast& forecast);
    void start();
    void finish(const QString& group, const ResetForecast& done);
    QString group() const;
    OffsetTarget target() const;
    /// Nothing: what was typed is no offset.
    std::optional<GroupReset> reset() const;

    LabBridge& m_bridge;
    ResetModel m_model;
    QTimer m_soon; ///< Until nothing is chosen for a moment.
    QComboBox *m_group = nullptr, *m_topic = nullptr, *m_partition = nullptr, *m_target = nullptr;
    QLineEdit* m_offset = nullptr;
    QDateTimeEdit* m_time = nullptr;
    QLabel *m_value_title = nullptr, *m_sentence = nullptr, *m_warning = nullptr, *m_members = nullptr;
    ContentOrEmpty* m_preview = nullptr;
    QPushButton *m_reset = nullptr, *m_close = nullptr;
    quint64 m_asked = 0;
    bool m_can_reset = false; ///< As the last forecast says.
    bool m_is_moving = false;
};

} // namespace orderlab::ui
