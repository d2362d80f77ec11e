#include "postgres/private_upgrade.h"

#include "postgres/directory_lock.h"
#include "postgres/postgres_connection.h"
#include "postgres/server_guard.h"
#include "postgres/server_process.h"

#include <charconv>
#include <csignal>
#include <fstream>
#include <sstream>

#include <unistd.h>

namespace orderlab {

namespace fs = std::filesystem;

namespace {

/// What a dump and the new cluster may need, of the size of the old databases: a dump is compressed, and what is loaded
/// has no dead rows. An estimate: where it is too low, the copy fails and the old cluster is as it was.
constexpr std::uintmax_t room_factor = 2;
constexpr std::uintmax_t room_log_bytes_max =
    std::uintmax_t{1} << 30; ///< PostgreSQL's max_wal_size: of what is loaded, that much log stays.
constexpr std::uintmax_t room_bytes_min = std::uintmax_t{128} << 20; ///< An empty cluster has about 40 MiB.

Error notUpgraded(std::string message)
{
    return {ErrorCode::Rejected, Retry::Never, std::move(message), "data-dir"};
}

std::string wordOf(const fs::path& file)
{
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    return line;
}

std::string textOf(const fs::path& file)
{
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

std::string mebibytes(std::uintmax_t bytes)
{
    return std::to_string((bytes + (1 << 20) - 1) >> 20) + " MiB";
}

std::string quotedName(std::string_view name)
{
    std::string text = "\"";
    for (const char c : name)
        text += c == '"' ? std::string("\"\"") : std::string(1, c);
    return text + '"';
}

using Arguments = std::vector<std::string>; ///< The first is the program's name.

class Upgrade {
public:
    Upgrade(Runtime& runtime, UpgradeOptions options, ServerUser user)
        : m_runtime(runtime), m_options(std::move(options)), m_user(std::move(user)),
          m_data_dir(fs::weakly_canonical(m_options.data_dir)), m_cluster(m_data_dir / "postgres"),
          m_work(m_data_dir / "postgres.upgrade"), m_fresh(m_work / "postgres")
    {}
    Task<Result<Upgraded>> run();

private:
    Task<Result<void>> choose();
    Task<Result<void>> move();
    Task<Result<void>> copy(PrivatePostgres& from, PrivatePostgres& to);
    Task<Result<void>> checkRoom(PostgresConnection& old);
    Task<Result<void>> copyRoles(const std::string& from, const std::string& to);
    Task<Result<void>> copyDatabase(const std::string& from, const std::string& to, const std::string& name);
    Task<Result<void>> compare(const std::string& from, const std::string& to, const std::string& name);
    Task<Result<std::string>> contents(std::string url, bool counts);
    Task<Result<void>> program(Arguments arguments);
    Result<void> exchange();
    void tell(const std::string& text) const
    {
        if (m_options.on_progress)
            m_options.on_progress(text);
    }
    fs::path keptAs() const { return m_data_dir / ("postgres." + m_done.from); }

    Runtime& m_runtime;
    UpgradeOptions m_options;
    const ServerUser m_user;
    const fs::path m_data_dir, m_cluster, m_work, m_fresh;
    const std::shared_ptr<DirectoryLock> m_lock = std::make_shared<DirectoryLock>();
    Upgraded m_done;
};

std::string urlFor(const std::string& url, std::string_view database)
{
    std::string changed = url;
    return changed.replace(changed.find("/orderlab?") + 1, 8, database);
}

Task<Result<PostgresResult>> rowsOf(PostgresConnection& connection, std::string sql)
{
    std::vector<PostgresStatement> statements;
    statements.push_back({nullptr, {}, std::move(sql)});
    auto results = co_await connection.run(std::move(statements));
    if (!results)
        co_return results.error();
    co_return std::move((*results)[0]);
}

Task<Result<void>> Upgrade::choose()
{
    std::error_code error;
    if (!fs::exists(m_cluster / "PG_VERSION", error)) {
        if (fs::exists(m_fresh / "PG_VERSION", error))
            co_return Result<void>{}; // It was cut short in the exchange.
        co_return notUpgraded("has no private PostgreSQL: there is no " + (m_cluster / "PG_VERSION").string());
    }
    m_done.from = wordOf(m_cluster / "PG_VERSION");
    if (m_options.from.empty())
        m_options.from = fs::path("/usr/lib/postgresql") / m_done.from / "bin";
    if (m_options.to.empty()) {
        const auto found = findPostgresBinaries();
        if (!found)
            co_return Error{ErrorCode::Unavailable,
                            Retry::Never,
                            "no PostgreSQL server is installed here (Debian and Ubuntu: apt install postgresql)",
                            {}};
        m_options.to = *found;
    }
    m_done.to = postgresMajorVersion(m_options.to);
    if (m_done.to.empty())
        co_return notUpgraded("cannot be upgraded with " + m_options.to.string() + ": there is no PostgreSQL server");
    if (m_done.from == m_done.to && !m_options.even_if_same)
        co_return Result<void>{};
    if (std::atoi(m_done.to.c_str()) < std::atoi(m_done.from.c_str()))
        co_return notUpgraded("was made by PostgreSQL " + m_done.from + ", and the newest here is " + m_done.to
                              + ": install a newer one");
    if (postgresMajorVersion(m_options.from) != m_done.from)
        co_return notUpgraded("was made by PostgreSQL " + m_done.from
                              + ", whose server has to read it: install it once more (Debian and "
                                "Ubuntu: apt install postgresql-"
                              + m_done.from + "); there is none in " + m_options.from.string());
    for (const char* tool : {"pg_dump", "pg_dumpall", "pg_restore", "psql"}) {
        if (::access((m_options.to / tool).c_str(), X_OK) != 0)
            co_return notUpgraded("cannot be upgraded without " + (m_options.to / tool).string()
                                  + " (Debian and Ubuntu: apt install postgresql-client-" + m_done.to + ')');
    }
    if (fs::exists(keptAs(), error))
        co_return notUpgraded("cannot keep its old cluster, as " + keptAs().string()
                              + " is there already: move it away");
    co_return Result<void>{};
}

/// Runs a tool of the newer version, as PostgreSQL advises, to its end.
Task<Result<void>> Upgrade::program(Arguments arguments)
{
    const std::string name = arguments.front();
    const fs::path log = m_work / "tools.log";
    std::error_code ignored;
    fs::remove(log, ignored);
    ServerCommand command;
    command.arguments = std::move(arguments);
    command.arguments.front() = (m_options.to / name).string();
    command.log = log;
    command.folder = m_work;
    auto process = ServerProcess::start(m_user, command);
    if (!process)
        co_return process.error();
    const Expendable expendable(process->pid());
    const bool ended = co_await process->waitForEnd(m_runtime, m_options.limit);
    if (ended && process->exitCode() == 0)
        co_return Result<void>{};
    process->signal(SIGKILL);
    std::string words = textOf(log);
    words.erase(words.find_last_not_of('\n') + 1);
    co_return notUpgraded("was not upgraded: " + name + (ended ? " failed: " : " took too long: ") + words);
}

Task<Result<void>> Upgrade::checkRoom(PostgresConnection& old)
{
    const auto size = co_await rowsOf(old, "SELECT sum(pg_database_size(oid))::bigint FROM pg_database");
    if (!size)
        co_return size.error();
    std::error_code error;
    const auto room = fs::space(m_data_dir, error);
    const std::uintmax_t bytes = std::uintmax_t(size->number(0, 0));
    const std::uintmax_t needed = room_bytes_min + room_factor * bytes + std::min(bytes, room_log_bytes_max);
    if (!error && room.available < needed)
        co_return notUpgraded("has too little room: a dump and a second cluster need " + mebibytes(needed)
                              + " there, and " + mebibytes(room.available) + " are free");
    co_return Result<void>{};
}

Task<Result<void>> Upgrade::copyRoles(const std::string& from, const std::string& to)
{
    tell("copying the roles");
    const fs::path dumped = m_work / "dump" / "roles.sql", loaded = m_work / "dump" / "roles-to-load.sql";
    Arguments dump{"pg_dumpall", "--globals-only", "--no-tablespaces", "--file=" + dumped.string(),
                   "--dbname=" + urlFor(from, "postgres")};
    ORDERLAB_TRY(co_return, co_await program(std::move(dump)));
    std::ifstream lines(dumped);
    std::ofstream out(loaded);
    for (std::string line; std::getline(lines, line);) {
        if (line != "CREATE ROLE orderlab;") // Every cluster of ours has it.
            out << line << '\n';
    }
    out.close();
    if (!out)
        co_return notUpgraded("was not upgraded: cannot write " + loaded.string());
    Arguments load{"psql",
                   "-XqAt",
                   "--set=ON_ERROR_STOP=1",
                   "--output=/dev/null",
                   "--file=" + loaded.string(),
                   "--dbname=" + urlFor(to, "postgres")};
    co_return co_await program(std::move(load));
}

Task<Result<void>> Upgrade::copyDatabase(const std::string& from, const std::string& to, const std::string& name)
{
    const std::string file = (m_work / "dump" / "database").string();
    std::error_code ignored;
    fs::remove(file, ignored);
    tell("dumping " + name);
    Arguments dump{"pg_dump", "--format=custom", "--file=" + file, "--dbname=" + urlFor(from, name)};
    ORDERLAB_TRY(co_return, co_await program(std::move(dump)));
    tell("loading " + name + " (" + mebibytes(fs::file_size(file, ignored)) + ')');
    Arguments load{"pg_restore", "--exit-on-error", "--dbname=" + urlFor(to, name), file};
    ORDERLAB_TRY(co_return, co_await program(std::move(load)));
    fs::remove(file, ignored);
    co_return Result<void>{};
}

/// A line a table (its rows, and a sum over their texts) and a sequence.
Task<Result<std::string>> Upgrade::contents(std::string url, bool counts)
{
    auto connection = co_await PostgresConnection::openPlain(m_runtime, std::move(url), m_options.limit);
    if (!connection)
        co_return connection.error();
    const auto tables = co_await rowsOf(
        **connection,
        "SELECT n.nspname, c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relkind IN ('r', 'S', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
        " AND n.nspname NOT LIKE 'pg\\_%' ORDER BY 1, 2");
    if (!tables)
        co_return tables.error();
    std::string all;
    for (int row = 0; row < tables->rows(); ++row) {
        const std::string name = quotedName(tables->text(row, 0)) + '.' + quotedName(tables->text(row, 1));
        const bool is_sequence = tables->text(row, 2) == "S";
        std::string sql =
            is_sequence ? "SELECT last_value, is_called FROM " + name
                        : "SELECT count(*), sum(('x' || left(md5(t::text), 15))::bit(60)::bigint) FROM " + name + " t";
        const auto sum = co_await rowsOf(**connection, std::move(sql));
        if (!sum)
            co_return sum.error();
        all += name + ' ' + std::string(sum->text(0, 0)) + ' ' + std::string(sum->text(0, 1)) + '\n';
        if (counts && !is_sequence) {
            ++m_done.tables;
            m_done.rows += sum->number(0, 0);
        }
    }
    co_return all;
}

Task<Result<void>> Upgrade::compare(const std::string& from, const std::string& to, const std::string& name)
{
    tell("comparing " + name);
    const auto before = co_await contents(urlFor(from, name), true);
    if (!before)
        co_return before.error();
    const auto after = co_await contents(urlFor(to, name), false);
    if (!after)
        co_return after.error();
    if (*before == *after)
        co_return Result<void>{};
    std::istringstream ours(*before), theirs(*after);
    std::string one, other;
    while (std::getline(ours, one) && std::getline(theirs, other) && one == other) {
    }
    co_return notUpgraded("was not upgraded: after the load, database " + name + " has \"" + other + "\" for \"" + one
                          + '"');
}

Task<Result<void>> Upgrade::copy(PrivatePostgres& from, PrivatePostgres& to)
{
    ORDERLAB_TRY(co_return, makeOwnFolder(m_user, m_work / "dump"));
    auto old = co_await PostgresConnection::openPlain(m_runtime, urlFor(from.url(), "postgres"), m_options.limit);
    auto fresh = co_await PostgresConnection::openPlain(m_runtime, urlFor(to.url(), "postgres"), m_options.limit);
    if (!old || !fresh)
        co_return !old ? old.error() : fresh.error();
    ORDERLAB_TRY(co_return, co_await copyRoles(from.url(), to.url()));
    const auto names = co_await rowsOf(
        **old, "SELECT datname, pg_encoding_to_char(encoding), datcollate, datctype, pg_get_userbyid(datdba)"
               " FROM pg_database WHERE NOT datistemplate ORDER BY 1");
    if (!names)
        co_return names.error();
    for (int row = 0; row < names->rows(); ++row) {
        const std::string name(names->text(row, 0));
        if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
            != std::string::npos)
            co_return notUpgraded("was not upgraded: it has a database named " + quotedName(name)
                                  + ", which is none of Orderlab's: move it away");
        if (name != "orderlab" && name != "postgres") {
            std::string create = "CREATE DATABASE " + quotedName(name) + " TEMPLATE template0 ENCODING '"
                                 + std::string(names->text(row, 1)) + "' LC_COLLATE '"
                                 + std::string(names->text(row, 2)) + "' LC_CTYPE '" + std::string(names->text(row, 3))
                                 + "'";
            ORDERLAB_TRY(co_return, co_await (*fresh)->runScript(std::move(create)));
        }
        std::string give = "ALTER DATABASE " + quotedName(name) + " OWNER TO " + quotedName(names->text(row, 4));
        ORDERLAB_TRY(co_return, co_await (*fresh)->runScript(std::move(give)));
        ORDERLAB_TRY(co_return, co_await copyDatabase(from.url(), to.url(), name));
        ORDERLAB_TRY(co_return, co_await compare(from.url(), to.url(), name));
    }
    co_return Result<void>{};
}

Task<Result<void>> Upgrade::move()
{
    std::error_code error;
    if (fs::exists(m_work / "postgres.lock", error)) { // An attempt that was killed: its server may still be ending.
        DirectoryLock former;
        ORDERLAB_TRY(co_return, co_await former.take(m_runtime, m_work));
    }
    fs::remove_all(m_work, error); // The cluster itself is where it was.
    fs::create_directories(m_work, error);
    if (m_user.is_switch && !error && ::chown(m_work.c_str(), m_user.uid, m_user.gid) != 0)
        error = std::error_code(errno, std::generic_category());
    if (error)
        co_return notUpgraded("was not upgraded: cannot make " + m_work.string() + ": " + error.message());
    tell("starting PostgreSQL " + m_done.from);
    PrivatePostgresOptions old_options;
    old_options.data_dir = m_data_dir;
    old_options.binaries = m_options.from;
    old_options.lock = m_lock;
    auto from = co_await startPrivatePostgres(m_runtime, std::move(old_options));
    if (!from)
        co_return from.error();
    auto connection =
        co_await PostgresConnection::openPlain(m_runtime, urlFor((*from)->url(), "postgres"), m_options.limit);
    Result<void> copied;
    if (!connection)
        copied = connection.error();
    else
        copied = co_await checkRoom(**connection);
    if (copied) {
        tell("making a cluster of PostgreSQL " + m_done.to);
        PrivatePostgresOptions new_options;
        new_options.data_dir = m_work;
        new_options.binaries = m_options.to;
        auto to = co_await startPrivatePostgres(m_runtime, std::move(new_options));
        if (to) {
            copied = co_await copy(**from, **to);
            co_await (*to)->stop(); // In order: all of it is on the disk.
        } else {
            copied = to.error();
        }
    }
    if (connection)
        connection->reset();
    co_await (*from)->stop();
    if (!copied)
        fs::remove_all(m_work, error);
    co_return copied;
}

/// Two renames; between them there is no cluster, and no start makes one.
Result<void> Upgrade::exchange()
{
    std::error_code error;
    if (fs::exists(m_cluster / "PG_VERSION", error))
        fs::rename(m_cluster, keptAs(), error);
    if (!error)
        fs::rename(m_fresh, m_cluster, error);
    if (error)
        return notUpgraded("was not upgraded: cannot rename the clusters in " + m_data_dir.string() + ": "
                           + error.message());
    fs::remove_all(m_work, error);
    return {};
}

Task<Result<Upgraded>> Upgrade::run()
{
    std::error_code error;
    if (!fs::is_directory(m_data_dir, error))
        co_return notUpgraded("has no private PostgreSQL: there is no folder " + m_data_dir.string());
    ORDERLAB_TRY(co_return, co_await m_lock->take(m_runtime, m_data_dir));
    ORDERLAB_TRY(co_return, co_await choose());
    if (m_done.from == m_done.to && !m_done.from.empty() && !m_options.even_if_same)
        co_return m_done;
    const bool was_cut_short = m_done.from.empty();
    if (!was_cut_short)
        ORDERLAB_TRY(co_return, co_await move());
    tell("exchanging the clusters");
    ORDERLAB_TRY(co_return, exchange());
    if (was_cut_short)
        m_done.to = wordOf(m_cluster / "PG_VERSION");
    else
        m_done.old_cluster = keptAs();
    co_return m_done;
}

} // namespace

Task<Result<Upgraded>> upgradePrivatePostgres(Runtime& runtime, UpgradeOptions options)
{
    const auto user = serverUser();
    if (!user)
        co_return user.error();
    Upgrade upgrade(runtime, std::move(options), *user);
    co_return co_await upgrade.run();
}

} // namespace orderlab
