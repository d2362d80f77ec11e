#pragma once
#include "runtime/runtime.h"
#include "store/store.h"

namespace orderlab {

/// A store in this process's memory, gone at exit. Its transactions are real: all or nothing, conflicts reported.
std::shared_ptr<Store> makeMemoryStore(Runtime& runtime, Journal& journal);

} // namespace orderlab
