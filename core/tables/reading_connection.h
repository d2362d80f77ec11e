#pragma once
#include "base/result.h"
#include "tables/tables.h"

#include <atomic>
#include <memory>

#include <libpq-fe.h>

namespace orderlab {

/// A connection to PostgreSQL for one thread that waits, and that can be told by others to stop waiting. Every
/// transaction only reads, and is rolled back. Opened when it is first needed. One thread, but for cancel().
class ReadingConnection {
public:
    /// For an answer that the server's own limit should have ended; then it is taken to be away.
    static constexpr int answer_ms_max = (Tables::seconds_max + 10) * 1'000;
    static constexpr int connect_seconds_max = 5;

    struct Free {
        void operator()(PGresult* result) const { PQclear(result); }
        void operator()(PGconn* connection) const { PQfinish(connection); }
    };
    using Rows = std::unique_ptr<PGresult, Free>;

    explicit ReadingConnection(std::string url);
    ~ReadingConnection();
    ReadingConnection(const ReadingConnection&) = delete;
    ReadingConnection& operator=(const ReadingConnection&) = delete;

    /// Begins a transaction. Errors: Unavailable (Later); Canceled.
    Result<void> begin();
    /// Within the transaction; one statement. Its error is the result's (problemOf()). Error: Unavailable (Later).
    Result<Rows> run(const std::string& sql, const std::vector<std::string>& parameters = {});
    /// Prepares a statement without running it, so that its columns or what is wrong with it are known.
    Result<Rows> describe(const std::string& sql);
    /// Rolls back. Whatever went wrong before, the connection can be used again or is closed.
    void end();

    /// Ends what runs between begin() and end(). Any thread.
    void cancel();
    bool isCanceled() const { return m_is_canceled; }
    /// Whether the transactions act as orderlab_read. Known once begin() succeeded.
    bool actsAsReader() const { return m_acts_as_reader; }

    /// The value, or nothing for NULL.
    static Cell cell(const Rows& rows, int row, int column);
    static bool isError(const Rows& rows);
    /// Of an error. `sql`: the text that its position is in.
    SqlProblem problemOf(const Rows& rows, std::string_view sql) const;
    Error errorOf(const Rows& rows) const;

private:
    Result<void> connect();
    Result<Rows> answer();
    Result<Rows> last();
    /// False: nothing came in time. Cancels at the server where somebody has asked for that.
    bool waitForInput();
    Error lost();

    const std::string m_url;
    std::unique_ptr<PGconn, Free> m_connection;
    bool m_acts_as_reader = false;
    bool m_asked_server = false; ///< To cancel what runs now.
    std::atomic<bool> m_is_canceled{false};
    int m_wake = -1; ///< An eventfd: wakes the thread that waits.
};

} // namespace orderlab
