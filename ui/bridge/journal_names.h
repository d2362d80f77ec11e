#pragma once
#include "domain/event.h"
#include "journal/names.h"

#include <QString>

#include <optional>
#include <vector>

namespace orderlab::ui {

/// The journal's names as Qt needs them, looked up once each. GUI thread. `names` must outlive it.
class JournalNames {
public:
    /// `topic_prefix` and `group_prefix` are taken off what is shown.
    JournalNames(const Names& names, std::string topic_prefix, std::string group_prefix);

    const QString& text(NameId id) const { return known(id).text; }
    /// Without prefix: "payment".
    const QString& groupLabel(NameId id) const { return known(id).group; }
    /// Nothing when the name is no topic.
    std::optional<EventType> topic(NameId id) const { return known(id).topic; }
    const Names& names() const { return m_names; }

private:
    struct Known {
        bool filled = false;
        QString text;
        QString group;
        std::optional<EventType> topic;
    };
    const Known& known(NameId id) const;

    const Names& m_names;
    std::string m_topic_prefix;
    std::string m_group_prefix;
    mutable std::vector<Known> m_known;
};

} // namespace orderlab::ui
