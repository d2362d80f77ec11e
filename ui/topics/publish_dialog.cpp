#include "ui/topics/publish_dialog.h"

#include "domain/event_codec.h"
#include "ui/models/format.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"
#include "ui/topics/record_text.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

namespace orderlab::ui {

namespace {

std::optional<std::string> bytesOrNothing(const QString& text)
{
    return text.isEmpty() ? std::nullopt : std::optional(text.toStdString());
}

DraftRecord draftOf(EventType topic, const LogRecord& record)
{
    DraftRecord draft;
    draft.topic = topic;
    draft.key = record.key ? toQt(*record.key) : QString();
    QStringList lines;
    for (const auto& [header, value] : record.headers)
        lines << toQt(header) + QStringLiteral(": ") + toQt(value.value_or(""));
    draft.headers = lines.join(QLatin1Char('\n'));
    draft.value = record.value ? payloadText(record.value, PayloadForm::Json) : QString();
    return draft;
}

} // namespace

DraftRecord DraftRecord::of(EventType topic, const Uuid& event, const Uuid& order, TimePoint now)
{
    Event made;
    made.id = EventId{event};
    made.order = OrderId{order};
    made.type = topic;
    made.time = now;
    made.trace = {traceOf(made.order), spanOf(made.id), true};
    made.data.user_id = "ada";
    made.data.total.amount_minor = 1999;
    made.data.details = noDetailsOf(topic);
    return draftOf(topic, recordOf(made));
}

DraftRecord DraftRecord::like(EventType topic, const LogRecord& record, const Uuid& event)
{
    LogRecord copy = record;
    std::erase_if(copy.headers, [](const Header& header) { return header.first == target_header; });
    for (auto& [header, value] : copy.headers) {
        if (header == "ce_id")
            value = event.toString(); // Groups know an event by its id: the same one would be skipped.
    }
    return draftOf(topic, copy);
}

Result<LogRecord> DraftRecord::record() const
{
    LogRecord record;
    record.key = bytesOrNothing(key);
    record.value = bytesOrNothing(value);
    for (const QString& line : headers.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const qsizetype colon = line.indexOf(QLatin1Char(':'));
        if (colon <= 0)
            return invalidArgument(
                "headers",
                PublishDialog::tr("\"%1\" is no header: write \"name: value\".").arg(line.left(60)).toStdString());
        record.headers.emplace_back(line.left(colon).trimmed().toStdString(),
                                    line.mid(colon + 1).trimmed().toStdString());
    }
    const auto event = eventIn(record, topic);
    if (event && record.key != event->order.toString())
        return invalidArgument("key", PublishDialog::tr("The key must be the order's id, which is in ce_subject: it "
                                                        "keeps the events of an order in order.")
                                          .toStdString());
    return record;
}

QString DraftRecord::problem() const
{
    const auto written = record();
    if (!written)
        return toQt(written.error().message);
    const auto read = eventIn(*written, topic);
    return read ? QString() : toQt(read.error().field) + QLatin1Char(' ') + toQt(read.error().message);
}

Event DraftRecord::event(const Uuid& id) const
{
    const auto written = record();
    if (written && problem().isEmpty())
        return eventIn(*written, topic).value();
    UndecodableRecord foreign;
    foreign.error = corruptError("record", problem().toStdString());
    foreign.key = bytesOrNothing(key);
    foreign.value = bytesOrNothing(value);
    Event event;
    event.id = EventId{id};
    event.type = topic;
    if (written)
        event.extensions = written->headers;
    event.undecodable = std::make_shared<const UndecodableRecord>(std::move(foreign));
    return event;
}

PublishDialog::PublishDialog(DraftRecord draft, std::function<DraftRecord(EventType)> newer, QWidget* parent)
    : QDialog(parent), m_newer(std::move(newer))
{
    setObjectName(QStringLiteral("publishDialog"));
    setWindowTitle(tr("Publish by hand"));
    resize(620, 560);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 16);
    column->setSpacing(10);
    column->addWidget(titleLabel(tr("Publish a record to a topic"), this));
    auto* about = new QLabel(tr("It goes straight to the log, without an order and without the outbox. Every group of "
                                "the topic gets it, and nothing takes it back."),
                             this);
    about->setWordWrap(true);
    column->addWidget(about);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(12);
    m_topic = new QComboBox(this);
    m_topic->setObjectName(QStringLiteral("publishTopic"));
    for (const EventType type : all_event_types)
        m_topic->addItem(toQt(topicName(type)), int(type));
    m_key = new QLineEdit(this);
    m_key->setObjectName(QStringLiteral("publishKey"));
    m_key->setFont(Theme::monoFont(12));
    m_headers = new QPlainTextEdit(this);
    m_headers->setObjectName(QStringLiteral("publishHeaders"));
    m_value = new QPlainTextEdit(this);
    m_value->setObjectName(QStringLiteral("publishValue"));
    for (QPlainTextEdit* edit : {m_headers, m_value}) {
        edit->setFont(Theme::monoFont(12));
        edit->setTabChangesFocus(true);
        connect(edit, &QPlainTextEdit::textChanged, this, &PublishDialog::check);
    }
    form->addRow(tr("Topic"), m_topic);
    form->addRow(tr("Key"), m_key);
    form->addRow(tr("Headers"), m_headers);
    form->addRow(tr("Value"), m_value);
    column->addLayout(form, 1);
    m_state = new QLabel(this);
    m_state->setObjectName(QStringLiteral("publishState"));
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    m_state->setMinimumHeight(34);
    column->addWidget(m_state);
    auto* buttons = new QHBoxLayout;
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelPublish"));
    cancel->setAutoDefault(false);
    m_publish = new QPushButton(tr("Publish"), this);
    m_publish->setObjectName(QStringLiteral("publishButton"));
    m_publish->setDefault(true);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_publish);
    column->addLayout(buttons);
    connect(m_topic, &QComboBox::activated, this, [this] { fill(m_newer(EventType(m_topic->currentData().toInt()))); });
    connect(m_key, &QLineEdit::textChanged, this, &PublishDialog::check);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_publish, &QPushButton::clicked, this, &PublishDialog::publish);
    fill(draft);
}

void PublishDialog::fill(const DraftRecord& draft)
{
    m_topic->setCurrentIndex(m_topic->findData(int(draft.topic)));
    m_key->setText(draft.key);
    m_headers->setPlainText(draft.headers);
    m_value->setPlainText(draft.value);
    check();
}

DraftRecord PublishDialog::draft() const
{
    return {EventType(m_topic->currentData().toInt()), m_key->text(), m_headers->toPlainText(), m_value->toPlainText()};
}

void PublishDialog::check()
{
    m_is_warned = false;
    const DraftRecord written = draft();
    const QString problem = written.problem();
    const bool can_be_published = written.record().has_value();
    m_state->setText(problem.isEmpty()  ? tr("✓ A valid event: its groups will handle it.")
                     : can_be_published ? tr("✕ No valid event: %1.").arg(problem)
                                        : tr("✕ %1").arg(problem));
    restyle(m_state, "role", problem.isEmpty() ? QStringLiteral("muted") : QStringLiteral("error"));
    m_publish->setText(problem.isEmpty() ? tr("Publish") : tr("Publish anyway…"));
    m_publish->setEnabled(can_be_published);
}

void PublishDialog::publish()
{
    const DraftRecord written = draft();
    if (!written.record())
        return;
    const QString problem = written.problem();
    if (!problem.isEmpty() && !m_is_warned) {
        m_is_warned = true;
        m_state->setText(tr("✕ No valid event: %1. Each group of the topic will give it up at once: it becomes a dead "
                            "letter for each "
                            "of them, which can only be discarded. Publish it even so?")
                             .arg(problem));
        m_publish->setText(tr("Yes, publish it"));
        return;
    }
    accept();
}

} // namespace orderlab::ui
