#include "ui/bridge/journal_names.h"

#include "ui/models/format.h"

namespace orderlab::ui {

namespace {

std::string_view without(std::string_view prefix, std::string_view text)
{
    return !prefix.empty() && text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

} // namespace

JournalNames::JournalNames(const Names& names, std::string topic_prefix, std::string group_prefix)
    : m_names(names), m_topic_prefix(std::move(topic_prefix)), m_group_prefix(std::move(group_prefix))
{}

const JournalNames::Known& JournalNames::known(NameId id) const
{
    if (id >= m_known.size())
        m_known.resize(std::size_t(id) + 64);
    Known& entry = m_known[id];
    if (!entry.filled) {
        const std::string_view text = m_names.text(id);
        entry.text = toQt(text);
        entry.group = toQt(without(m_group_prefix, text));
        if (const auto type = eventTypeOf(without(m_topic_prefix, text)))
            entry.topic = *type;
        entry.filled = true;
    }
    return entry;
}

} // namespace orderlab::ui
