#include "postgres/postgres_refusal.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace orderlab {

namespace {

constexpr std::size_t sqlstate_length = 5;

/// One line of libpq's message: "connection to server … failed: FATAL:  3D000: database "x" does not exist".
struct Answer {
    std::string words;    ///< Without the SQLSTATE.
    std::string sqlstate; ///< Empty where no server answered.
};

bool isSqlstate(std::string_view text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
}

Answer answerOf(std::string_view line)
{
    // The severity may be translated, the two spaces behind it are not.
    for (std::size_t at = line.find(":  "); at != std::string_view::npos; at = line.find(":  ", at + 1)) {
        const std::string_view code = line.substr(at + 3, sqlstate_length);
        const std::string_view rest = line.substr(std::min(line.size(), at + 3 + sqlstate_length));
        if (code.size() == sqlstate_length && isSqlstate(code) && rest.starts_with(": "))
            return {std::string(line.substr(0, at + 3)) + std::string(rest.substr(2)), std::string(code)};
    }
    return {std::string(line), {}};
}

std::vector<Answer> answersOf(std::string_view message)
{
    std::vector<Answer> answers;
    while (!message.empty()) {
        const std::size_t end = std::min(message.find('\n'), message.size());
        if (end > 0)
            answers.push_back(answerOf(message.substr(0, end)));
        message.remove_prefix(std::min(end + 1, message.size()));
    }
    return answers;
}

/// By the words: libpq's own refusals, which have no SQLSTATE, and PgBouncer's, which has one for nearly all it says.
std::optional<std::string> wayOutOfWords(const Answer& answer, const PostgresTarget& target)
{
    const auto says = [&answer](std::string_view words) { return answer.words.find(words) != std::string::npos; };
    if (says("no such database: "))
        return "add " + target.database + " to PgBouncer's [databases], or name another database in the URL";
    if (says("authentication failed"))
        return "check the user and the password in the URL, in PGPASSWORD or in ~/.pgpass, and a pooler's auth_file";
    if (says("server does not support SSL"))
        return "switch SSL on in the server, or take sslmode=require out of the URL";
    if (says("root certificate file") || says("certificate verify failed") || says("does not match host name"))
        return "check sslrootcert, sslmode and the host's name in the URL";
    if (!answer.sqlstate.empty())
        return std::nullopt;
    if (target.wants_password)
        return "the server asks for a password: give one in the URL, in PGPASSWORD or in ~/.pgpass";
    return std::nullopt;
}

/// None: waiting may help.
std::optional<std::string> wayOutOf(const Answer& answer, const PostgresTarget& target)
{
    const std::string& state = answer.sqlstate;
    if (auto way_out = wayOutOfWords(answer, target))
        return way_out;
    if (state == "3D000")
        return "create it (createdb " + target.database + "), or name another database in the URL";
    if (state == "28000" && answer.words.find("pg_hba.conf") != std::string::npos)
        return "let " + target.user
               + " in from here with a line in the server's pg_hba.conf and reload it, or connect as another user or"
                 " from another host";
    if (state == "28P01") // In another language.
        return "check the user and the password in the URL, in PGPASSWORD or in ~/.pgpass";
    if (state.starts_with("28"))
        return "make a role that may log in (CREATE ROLE \"" + target.user
               + "\" LOGIN, or ALTER ROLE), or name another user in the URL";
    if (state == "42501")
        return "GRANT CONNECT ON DATABASE \"" + target.database + "\" TO \"" + target.user
               + "\", or name another user in the URL";
    if (state == "55000")
        return "ALTER DATABASE \"" + target.database + "\" ALLOW_CONNECTIONS true, or name another database in the URL";
    if (state == "22023" || state.starts_with("426") || state == "42704")
        return "check the options in the URL and in PGOPTIONS, and those that were set by ALTER ROLE and ALTER "
               "DATABASE";
    if (state == "0A000")
        return "take another server or another libpq, whose versions fit";
    return std::nullopt;
}

} // namespace

Error connectFailure(std::string_view message, const PostgresTarget& target)
{
    const std::vector<Answer> answers = answersOf(message);
    if (answers.empty())
        return unavailable("PostgreSQL: the connection was lost");
    std::optional<std::string> way_out;
    std::string words = answers.front().words;
    for (const Answer& answer : answers) {
        if (auto found = wayOutOf(answer, target); found && !way_out) {
            way_out = std::move(found);
            words = answer.words;
        }
        if (target.several_hosts)
            break; // A later server that refuses does not speak for the first one, which may come back.
    }
    // One address of the host may be a server that only starts.
    const bool may_change = std::any_of(answers.begin(), answers.end(), [](const Answer& answer) {
        return answer.sqlstate == "57P03" || answer.sqlstate == "53300";
    });
    if (!way_out || may_change)
        return unavailable("PostgreSQL: " + answers.front().words);
    return {ErrorCode::Rejected, Retry::Never, "PostgreSQL: " + words + ": " + *way_out, "postgres"};
}

} // namespace orderlab
