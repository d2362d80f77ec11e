#pragma once
#include "lab/lab_config.h"
#include "ui/bridge/system_core.h"

#include <QObject>
#include <QStringList>

namespace orderlab::ui {

/// What a Lab says to a person besides its journal, as `orderlabd serve` logs it: groups that have a new name, what
/// Kafka has lost, another server on the database, a bus that does not work though no failure is set. GUI thread.
class LabNotices final : public QObject {
    Q_OBJECT
public:
    explicit LabNotices(QObject* parent);
    ~LabNotices() override;

    /// As the Lab has to be made.
    LabConfig configured(LabConfig config) const;
    /// Before the Lab is started; told() comes from then on.
    void listenTo(LabCore& core);

Q_SIGNALS:
    /// A sentence.
    void told(const QString& sentence);

private:
    struct Teller;
    const std::shared_ptr<Teller> m_teller;
    std::optional<Answers::Receiver> m_receiver;
};

} // namespace orderlab::ui
