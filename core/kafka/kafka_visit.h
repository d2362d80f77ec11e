#pragma once
#include "bus/topic_browser.h"
#include "journal/journal.h"
#include "kafka/kafka_options.h"
#include "runtime/runtime.h"

namespace orderlab {

struct KafkaContext;
class KafkaBrowser;

/// Looks into the topics of a cluster without a bus: one client, which reads. It writes nothing, makes no topic and
/// joins no group, so that it needs no topic of Orderlab's and no right but to read. Has to be closed before it is
/// dropped.
class KafkaVisit {
public:
    /// `runtime` and `journal` outlive it. Errors: Unavailable (Later) when no broker answers; InvalidArgument for an
    /// option.
    static Task<Result<std::unique_ptr<KafkaVisit>>> open(Runtime& runtime, Journal& journal, KafkaOptions options);
    ~KafkaVisit();

    /// Any thread, until close().
    TopicBrowser& browser();
    Task<void> close();

private:
    KafkaVisit(Runtime& runtime, Journal& journal, KafkaOptions options);

    std::unique_ptr<KafkaContext> m_context;
    std::unique_ptr<KafkaBrowser> m_browser;
};

} // namespace orderlab
