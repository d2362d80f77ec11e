#include "ui/story/step_detail.h"

#include "base/json_tree.h"
#include "domain/event_codec.h"
#include "ui/models/format.h"
#include "ui/panels/labels.h"
#include "ui/story/pairs_tree.h"
#include "ui/theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr int payload_lines_max = 40; ///< More of them scroll by themselves.

/// Without time where it is not known: an event of 1970 would be a lie.
std::vector<std::pair<QString, QString>> headerPairs(const Event& event, bool has_time)
{
    std::vector<std::pair<QString, QString>> pairs;
    for (const auto& [name, value] : encodeHeaders(event)) {
        if (name == "ce_time" && !has_time)
            continue;
        pairs.emplace_back(toQt(name), value ? toQt(*value) : QStringLiteral("null"));
    }
    return pairs;
}

void appendMembers(QString& text, const JsonNode& node, int depth)
{
    const QString indent(2 * depth, QLatin1Char(' '));
    const bool is_object = node.type == JsonType::Object;
    const std::size_t count = is_object ? node.members.size() : node.items.size();
    if ((!is_object && node.type != JsonType::Array) || count == 0) {
        text += QString::fromStdString(node.toJson());
        return;
    }
    text += QLatin1String(is_object ? "{\n" : "[\n");
    for (std::size_t i = 0; i < count; ++i) {
        text += indent + QStringLiteral("  ");
        if (is_object)
            text += QString::fromStdString(JsonNode::string(node.members[i].name).toJson()) + QStringLiteral(": ");
        appendMembers(text, is_object ? node.members[i].value : node.items[i], depth + 1);
        text += QLatin1String(i + 1 < count ? ",\n" : "\n");
    }
    text += indent + QLatin1Char(is_object ? '}' : ']');
}

} // namespace

QString prettyJson(const std::string& json)
{
    JsonProblem problem;
    const auto tree = parseJsonTree(json, problem);
    if (!tree)
        return QString::fromStdString(json);
    QString text;
    appendMembers(text, *tree, 0);
    return text;
}

StepDetail::StepDetail(LabBridge& bridge, QWidget* parent) : QScrollArea(parent), m_bridge(bridge)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(4, 0, 0, 0);
    column->setSpacing(4);
    m_title = new QLabel(body);
    m_title->setFont(Theme::textFont(12, QFont::DemiBold));
    m_title->setWordWrap(true);
    m_summary = new QLabel(body);
    m_summary->setObjectName(QStringLiteral("stepSummary"));
    m_summary->setWordWrap(true);
    m_summary->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_details = new PairsTree(body);
    m_details->setObjectName(QStringLiteral("eventDetail"));
    m_details->setAccessibleName(tr("Event detail"));
    m_headers_title = headingLabel(tr("Headers"), body);
    m_headers = new PairsTree(body);
    m_headers->setObjectName(QStringLiteral("eventHeaders"));
    m_headers->setAccessibleName(tr("Headers of the event"));
    m_payload_title = headingLabel(tr("Payload"), body);
    m_payload = new QPlainTextEdit(body);
    m_payload->setObjectName(QStringLiteral("eventPayload"));
    m_payload->setAccessibleName(tr("Payload of the event"));
    m_payload->setReadOnly(true);
    m_payload->setTabChangesFocus(true);
    m_payload->setFont(Theme::monoFont(11));
    m_payload->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_payload->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_source = mutedLabel({}, body);
    m_source->setObjectName(QStringLiteral("payloadSource"));
    m_source->setWordWrap(true);
    for (QWidget* part : std::initializer_list<QWidget*>{m_title, m_summary, m_details, m_headers_title, m_headers,
                                                         m_payload_title, m_payload, m_source})
        column->addWidget(part);
    column->addStretch(1);
    setWidget(body);
    connect(m_payload->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &StepDetail::fitPayload);
    connect(&bridge.session(), &Session::stateChanged, this, [this] {
        m_is_stale = m_is_stale || (m_wanted && m_shown != m_wanted);
        ask();
    });
}

void StepDetail::showNone(const QString& sentence)
{
    m_title->clear();
    m_title->hide();
    m_summary->setText(sentence);
    m_details->setPairs({});
    m_wanted.reset();
    m_shown.reset();
    for (QWidget* part :
         std::initializer_list<QWidget*>{m_headers_title, m_headers, m_payload_title, m_payload, m_source})
        part->hide();
}

void StepDetail::show(const Story& story, int step, std::int64_t first_us)
{
    const StoryStep& chosen = story.steps[std::size_t(step)];
    m_title->show();
    m_title->setText(chosen.title);
    m_summary->setText(chosen.summary);
    m_details->setPairs(detailsOf(chosen, first_us, m_bridge.frames().names()));
    m_wanted = wantedOf(story, step);
    const bool has_event = m_wanted.has_value();
    for (QWidget* part : std::initializer_list<QWidget*>{m_headers_title, m_headers, m_payload_title, m_source})
        part->setVisible(has_event);
    if (!has_event) {
        m_payload->hide();
        m_shown.reset();
        return;
    }
    if (m_shown == m_wanted)
        return;
    m_shown.reset();
    showEvent(eventFromEntry(m_wanted->event, m_wanted->type, m_wanted->order), false);
    showPayload({}, tr("Looking for the event…"));
    m_is_stale = true;
    ask();
}

void StepDetail::setSeen(bool is_seen)
{
    m_is_seen = is_seen;
    ask();
}

/// The payload is that with which the event was emitted; a dead letter may have been corrected before it was replayed.
std::optional<StepDetail::Wanted> StepDetail::wantedOf(const Story& story, int step) const
{
    const StoryStep& chosen = story.steps[std::size_t(step)];
    if (chosen.entry.event.isNull() || !chosen.topic)
        return {};
    Wanted wanted{EventId(chosen.entry.event), *chosen.topic, OrderId(chosen.entry.order), {}};
    const FramePump& frames = m_bridge.frames();
    const auto after = [&](const Entry& entry) { return frames.indexOf(entry).value_or(frames.index()) + 1; };
    wanted.moment.entries = after(chosen.entry);
    for (int i = step; i >= 0; --i) {
        const Entry& entry = story.steps[std::size_t(i)].entry;
        if (entry.kind == EntryKind::EventEmitted && entry.event == chosen.entry.event) {
            wanted.moment.entries = after(entry);
            break;
        }
    }
    return wanted;
}

/// One question at a time; the latest step counts.
void StepDetail::ask()
{
    if (!m_is_stale || m_is_asking || !m_is_seen || !m_wanted)
        return;
    const QString why_none = m_bridge.tables().whyNone();
    if (!why_none.isEmpty() || !m_bridge.session().isRunning()) {
        showPayload({}, !why_none.isEmpty() ? tr("Not known here: %1").arg(why_none)
                                            : tr("Not known while the system does not run."));
        m_is_stale = !why_none.isEmpty() ? false : m_is_stale;
        return;
    }
    m_is_stale = false;
    m_is_asking = m_bridge.tables().askAt<std::optional<StoredEvent>>(
        m_wanted->moment, this,
        [wanted = *m_wanted](Tables& tables) {
            return findStoredEvent(tables, wanted.event, wanted.type, wanted.order);
        },
        [this, wanted = *m_wanted](const Answer& answer) { take(wanted, answer); });
    if (!m_is_asking)
        showPayload({}, tooManyQuestions());
}

void StepDetail::take(const Wanted& wanted, const Answer& answer)
{
    m_is_asking = false;
    if (m_wanted != wanted) {
        ask();
        return;
    }
    if (!answer) {
        if (answer.error().code == ErrorCode::Canceled) {
            m_is_stale = true; // Somebody else's question was canceled, and ours with it.
            ask();
            return;
        }
        showPayload({}, tr("Not known: %1").arg(sentence(answer.error())));
        return;
    }
    m_shown = wanted;
    const std::optional<StoredEvent>& found = *answer;
    if (!found) {
        showPayload({}, tr("No table knows this event or its order any more."));
        return;
    }
    showEvent(found->event, found->has_time);
    QString about;
    switch (found->source) {
    case StoredEvent::Source::Outbox: about = tr("From the outbox, as it was emitted."); break;
    case StoredEvent::Source::DeadLetter: about = tr("From the dead letter that keeps it."); break;
    case StoredEvent::Source::Parked: about = tr("From the retry topic, where it waits."); break;
    case StoredEvent::Source::OtherRows:
        about = tr("No table has the event itself any more. This is what the rows of its order and payment say it "
                   "was.");
        if (!found->is_complete)
            about += QLatin1Char(' ') + tr("A reason, if it gave one, is not known.");
        break;
    }
    showPayload(prettyJson(found->payload), about);
}

void StepDetail::showEvent(const Event& event, bool has_time)
{
    m_headers->setPairs(headerPairs(event, has_time));
}

void StepDetail::showPayload(const QString& text, const QString& about)
{
    m_payload->setVisible(!text.isEmpty());
    m_payload->setPlainText(text);
    m_source->setText(about);
    fitPayload();
}

void StepDetail::fitPayload()
{
    // Of a plain text's layout the height is in lines, wrapped ones counted.
    const int lines =
        std::clamp(int(m_payload->document()->documentLayout()->documentSize().height()), 1, payload_lines_max);
    const QMargins margins = m_payload->contentsMargins();
    m_payload->setFixedHeight(lines * m_payload->fontMetrics().lineSpacing() + margins.top() + margins.bottom()
                              + 2 * int(m_payload->document()->documentMargin()) + 4);
}

} // namespace orderlab::ui
