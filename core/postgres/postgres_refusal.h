#pragma once
#include "base/result.h"

#include <string>
#include <string_view>

namespace orderlab {

/// Whom a connection attempt was made to.
struct PostgresTarget {
    std::string user;
    std::string database;
    bool several_hosts = false;  ///< The URL names several servers, not only one name with several addresses.
    bool wants_password = false; ///< The server asked for a password and none was given.
};

/// What a failed connection attempt means. `message` is libpq's, with PQERRORS_VERBOSE, so that it has SQLSTATEs.
/// Unavailable (Later): nothing answers, the server starts or stops (57P03), has too many connections (53300), or the
/// reason is unknown. Rejected (Never, field "postgres") with the server's sentence and the way out: the database, the
/// role, the password, pg_hba.conf, an option or encryption stand against it, and waiting cannot mend that.
/// Of several servers only the first counts, as libpq asks no other one after it has refused.
Error connectFailure(std::string_view message, const PostgresTarget& target);

} // namespace orderlab
