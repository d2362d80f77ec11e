#pragma once
#include "ui/bridge/journal_names.h"
#include "ui/canvas/flow_scene.h"

namespace orderlab::ui {

/// What is the same in two worlds: what the canvas shows of the API, the store, each topic with its groups' offsets,
/// each group, and of dead letters. `groups`: without prefix, in the order of the canvas. `names` are those of both.
/// Pure.
EqualParts equalParts(const WorldState& one, const WorldState& other, const JournalNames& names,
                      const std::vector<std::string>& groups);

/// The same, but nothing where all is equal: what is dim sets off what is not.
EqualParts partsToDim(const EqualParts& equal);

} // namespace orderlab::ui
