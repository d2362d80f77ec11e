#pragma once
#include "tables/tables.h"

namespace orderlab {

/// The tables of a store in PostgreSQL, as they are now, over a connection of its own that is opened at the first call,
/// and again after it was lost. It acts as the role orderlab_read where the user may, in transactions that only read
/// and are rolled back; see notice(). `url`: URI or key=value; may hold a password, so it is never told.
std::unique_ptr<Tables> makePostgresTables(std::string url);

} // namespace orderlab
