#include "ui/topics/record_view.h"

#include "ui/models/format.h"
#include "ui/panels/allowed.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"
#include "ui/topics/record_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

namespace orderlab::ui {

RecordView::RecordView(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 0, 0, 0);
    column->setSpacing(3);
    m_title = new QLabel(this);
    m_title->setObjectName(QStringLiteral("recordTitle"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_about = mutedLabel({}, this);
    m_about->setObjectName(QStringLiteral("recordAbout"));
    m_about->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_text = new QPlainTextEdit(this);
    m_text->setObjectName(QStringLiteral("recordText"));
    m_text->setAccessibleName(tr("The selected record"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setFont(Theme::monoFont(11.5));
    m_text->setFrameShape(QFrame::NoFrame);
    column->addWidget(m_title);
    column->addWidget(makeParts());
    column->addWidget(m_about);
    column->addWidget(m_text, 1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    const auto button = [&](const QString& text, const char* name, const QString& about) {
        auto* made = new QPushButton(text, this);
        made->setObjectName(QLatin1String(name));
        made->setToolTip(about);
        made->setProperty("link", true);
        buttons->addWidget(made);
        return made;
    };
    m_copy = button(tr("Copy as JSON"), "copyRecord", tr("Key, headers and value as one JSON object (Ctrl+Shift+C)"));
    m_clone = button(tr("Clone…"), "cloneRecord", tr("Publish a record like this one, changed as you like"));
    m_redeliver = button(tr("Redeliver…"), "redeliverRecord", tr("Give this event to one group once more"));
    buttons->addStretch(1);
    column->addLayout(buttons);
    connect(m_copy, &QPushButton::clicked, this, &RecordView::copyJson);
    connect(m_clone, &QPushButton::clicked, this, &RecordView::cloneWanted);
    connect(m_redeliver, &QPushButton::clicked, this, &RecordView::redeliveryWanted);
    connect(&Theme::instance(), &Theme::changed, this, [this] { m_text->setFont(Theme::monoFont(11.5)); });
    showRecord({}, nullptr, {}, {});
}

QWidget* RecordView::makeParts()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    const std::pair<QString, const char*> parts[] = {
        {tr("JSON"), "partJson"}, {tr("Text"), "partText"}, {tr("Hex"), "partHex"}, {tr("Headers"), "partHeaders"}};
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        m_buttons[i] = new QToolButton(bar);
        m_buttons[i]->setText(parts[i].first);
        m_buttons[i]->setObjectName(QLatin1String(parts[i].second));
        row->addWidget(m_buttons[i]);
        connect(m_buttons[i], &QToolButton::clicked, this, [this, i] {
            m_is_chosen = true;
            choose(Part(i));
        });
    }
    row->addStretch(1);
    return bar;
}

void RecordView::choose(Part part)
{
    m_part = part;
    for (std::size_t i = 0; i < m_buttons.size(); ++i)
        restyle(m_buttons[i], "segment", Part(i) == part ? QStringLiteral("on") : QStringLiteral("off"));
    showPart();
}

void RecordView::showPart()
{
    const QString text = !m_record                 ? QString()
                         : m_part == Part::Headers ? headersText(*m_record)
                                                   : payloadText(m_record->value, PayloadForm(m_part));
    if (text != m_text->toPlainText())
        m_text->setPlainText(text);
    m_text->setLineWrapMode(m_part == Part::Hex ? QPlainTextEdit::NoWrap : QPlainTextEdit::WidgetWidth);
}

void RecordView::showRecord(const QString& topic, const LogRecord* record, const QString& problem,
                            const QList<RecordModel::Reader>& readers)
{
    m_topic = topic;
    m_record = record ? std::optional(*record) : std::nullopt;
    m_problem = problem;
    for (QToolButton* button : m_buttons)
        button->setEnabled(record);
    m_copy->setEnabled(record);
    m_title->setVisible(!record);
    m_about->setVisible(record);
    if (!record) {
        m_title->setText(tr("Select a record to see its key, headers and value."));
        choose(m_part);
        return;
    }
    QStringList about{tr("partition %1, offset %2").arg(record->partition).arg(grouped(record->offset))};
    if (!problem.isEmpty())
        about << tr("✕ No event of ours: %1").arg(problem);
    if (problem.isEmpty() && record->key)
        about << tr("key %1").arg(bytesText(record->key, 80));
    if (!readers.isEmpty())
        about << readersText(readers);
    m_about->setText(about.join(QStringLiteral(" · ")));
    m_about->setToolTip(m_about->text());
    choose(m_is_chosen ? m_part : Part(formFor(record->value)));
}

void RecordView::allowPublishing(const QString& why_no_copy, const QString& why_no_redelivery)
{
    allow(m_clone, m_record ? why_no_copy : tr("Select a record first."));
    allow(m_redeliver, m_record ? why_no_redelivery : tr("Select a record first."));
}

void RecordView::copyJson()
{
    if (!m_record)
        return;
    QGuiApplication::clipboard()->setText(recordJson(m_topic, *m_record));
    Q_EMIT told(tr("The record is in the clipboard, as JSON."));
}

} // namespace orderlab::ui
