#pragma once
#include "base/result.h"
#include "store/store_rows.h"

namespace orderlab {

class Store;

/// Copies the tables of a memory store, also of one that stands behind others (ForwardingStore). Any thread; takes no
/// time of the runtime, and no fault strikes it. Each table is as it was at one moment; those of a store in use may
/// differ by what was committed meanwhile. Error: InvalidArgument for another kind of store.
Result<StoreRows> copyMemoryRows(Store& store);

} // namespace orderlab
