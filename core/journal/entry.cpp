#include "journal/entry.h"

namespace orderlab {

EntryKind entryKindOf(std::string_view name)
{
    for (std::size_t i = 1; i < entry_kinds.size(); ++i) {
        if (entry_kinds[i].name == name)
            return EntryKind(i);
    }
    return EntryKind::None;
}

} // namespace orderlab
