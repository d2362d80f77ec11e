#include "config_file.h"
#include "handlers/group_registry.h"
#include "headless/api_tokens.h"
#include "headless/commands.h"
#include "headless/input_file.h"
#include "headless/say.h"
#include "headless/server_link.h"
#include "http/http_client.h"
#include "lab/lab.h"
#include "lab/order_import.h"
#include "lab_options.h"
#include "number_in.h"
#include "runtime/real_runtime.h"

#include <CLI/CLI.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <system_error>
#include <unistd.h>

namespace orderlab {

namespace {

struct ImportCommandOptions {
    LabOptions lab;
    std::string file;
    std::string rate; ///< "500" or "500/s"
    ServerAddress server;
    std::string rejects_file;
    bool allow_rejects = false;
    std::size_t concurrency = 16;
};

std::atomic<bool> stop_requested{false};

Result<double> rateOf(std::string text)
{
    if (text.empty())
        return 0.0;
    if (text.ends_with("/s"))
        text.resize(text.size() - 2);
    char* end = nullptr;
    const double rate = std::strtod(text.c_str(), &end);
    if (end == text.c_str() || *end || !(rate > 0) || rate > 1e9)
        return invalidArgument("rate", "must be a number of orders a second above 0, such as 500/s");
    return rate;
}

/// What the server says of an order it does not take.
Error refusalOf(const HttpReply& reply)
{
    boost::system::error_code failed;
    const boost::json::value problem = boost::json::parse(reply.body, failed);
    const auto* members = failed ? nullptr : problem.if_object();
    const auto member = [](const boost::json::object* object, std::string_view name) {
        const boost::json::value* value = object ? object->if_contains(name) : nullptr;
        return value && value->is_string() ? std::string(value->get_string()) : std::string();
    };
    if (member(members, "type").ends_with(":idempotency-key-reused"))
        return {ErrorCode::AlreadyExists, Retry::Never, member(members, "detail"), {}};
    const boost::json::value* errors = members ? members->if_contains("errors") : nullptr;
    if (errors && errors->is_array() && !errors->get_array().empty()) {
        const boost::json::object* first = errors->get_array().front().if_object();
        return invalidArgument(member(first, "field"), member(first, "message"));
    }
    return invalidArgument("", "the server refused it: " + reply.body.substr(0, 300));
}

Error errorOf(const HttpReply& reply)
{
    if (reply.status == 422)
        return refusalOf(reply);
    const bool later = reply.status == 503 || reply.status == 409;
    return {later ? ErrorCode::Unavailable : ErrorCode::Rejected,
            later ? Retry::Later : Retry::Never,
            "the server answered " + std::to_string(reply.status) + ": " + reply.body.substr(0, 300),
            {}};
}

Task<Result<CreatedOrder>> createRemotely(std::shared_ptr<HttpClient> client, ImportLine line)
{
    std::string body = boost::json::serialize(boost::json::object{{"user_id", line.request.user_id},
                                                                  {"amount", line.request.total.amountText()},
                                                                  {"currency", line.request.total.currency.code()},
                                                                  {"created_at", toRfc3339(line.created_at)}});
    HttpHeaders headers;
    headers.emplace_back("Idempotency-Key", line.idempotency.key);
    const auto reply = co_await client->post("/orders", std::move(body), std::move(headers));
    if (!reply)
        co_return reply.error();
    if (reply->status != 201)
        co_return errorOf(*reply);
    CreatedOrder created;
    created.replayed = reply->header("Idempotent-Replayed") == "true";
    co_return created;
}

/// A running server, with a connection for each of those who import at the same time.
MakeImportTarget importTo(Runtime& runtime, HttpClientOptions server)
{
    return [&runtime, server = std::move(server)] {
        return [client = std::make_shared<HttpClient>(runtime, server)](ImportLine line) {
            return createRemotely(client, std::move(line));
        };
    };
}

/// Progress on a terminal, rejected lines on standard error and in a file.
class ImportTeller {
public:
    ImportTeller(std::string file, std::uint64_t bytes) : m_file(std::move(file)), m_bytes(bytes) {}

    /// The reader's header and what it rejects go to `path` from here on. Error: it cannot be written.
    Result<void> openRejects(const std::string& path, OrderFileReader& reader)
    {
        if (path.empty())
            return {};
        m_rejects_path = path;
        m_rejects.open(path, std::ios::binary);
        if (!m_rejects)
            return rejectsError();
        return reader.keepRejects([this](std::string_view bytes) -> Result<void> {
            m_rejects.write(bytes.data(), std::streamsize(bytes.size())).flush();
            if (!m_rejects)
                return rejectsError();
            return {};
        });
    }
    void progress(const ImportProgress& progress)
    {
        m_last = progress;
        if (!isatty(STDERR_FILENO))
            return;
        if (m_bytes > 0)
            std::fprintf(stderr, "\r%3.0f %%  ", 100 * double(progress.bytes_read) / double(m_bytes));
        std::fprintf(stderr, "%llu imported, %llu rejected, %llu already there ",
                     static_cast<unsigned long long>(progress.imported),
                     static_cast<unsigned long long>(progress.rejected),
                     static_cast<unsigned long long>(progress.already_there));
        m_line_open = true;
    }
    void rejected(const RejectedLine& line)
    {
        endLine();
        std::fprintf(stderr, "%s\n", line.describe(m_file).c_str());
    }
    void endLine()
    {
        if (m_line_open)
            std::fprintf(stderr, "\n");
        m_line_open = false;
    }
    void finish()
    {
        endLine();
        std::printf("imported %llu, rejected %llu, already there %llu\n",
                    static_cast<unsigned long long>(m_last.imported), static_cast<unsigned long long>(m_last.rejected),
                    static_cast<unsigned long long>(m_last.already_there));
    }

private:
    Error rejectsError() const
    {
        return {ErrorCode::Exhausted, Retry::Never,
                "cannot write " + m_rejects_path + ": " + std::system_category().message(errno), "rejects"};
    }

    const std::string m_file;
    const std::uint64_t m_bytes;
    std::string m_rejects_path;
    std::ofstream m_rejects;
    ImportProgress m_last;
    bool m_line_open = false;
};

/// Until the orders that were imported are done with, so that a short-lived process leaves nothing half way. Where the
/// workers that finish orders do not run, until their events are published.
Task<void> untilQuiet(Lab& lab)
{
    const auto kinds = groupKinds();
    const bool finishes = std::all_of(kinds.begin(), kinds.end(), [&](const GroupKind* kind) {
        return !kind->settles_orders || lab.members(kind->name) > 0;
    });
    while (!stop_requested) {
        const auto counts = co_await lab.store().counts();
        if (!counts || (counts->outbox_unpublished == 0 && (!finishes || counts->created <= counts->dead_letters)))
            co_return;
        co_await lab.runtime().sleep(std::chrono::milliseconds{50});
    }
}

Result<ImportProgress> importLocally(Runtime& runtime, OrderFileReader& reader, const ImportOptions& options,
                                     const LabOptions& lab_options)
{
    auto chosen = chooseLab(lab_options);
    if (!chosen)
        return chosen.error();
    if (!chosen->notice.empty())
        complain(chosen->notice);
    Lab lab(runtime, chosen->config);
    ORDERLAB_TRY(return, runtime.run(lab.start()));
    auto imported = runtime.run(importOrders(runtime, reader, importInto(lab.orders()), options));
    if (imported)
        runtime.run(untilQuiet(lab));
    runtime.run(lab.stop());
    return imported;
}

Result<ImportProgress> importRemotely(Runtime& runtime, OrderFileReader& reader, const ImportOptions& options,
                                      const ServerAddress& to)
{
    auto server = HttpClientOptions::fromUrl(to.to, to.tls_ca);
    if (!server)
        return server.error();
    auto token = clientToken();
    if (!token)
        return token.error();
    server->token = std::move(*token);
    return runtime.run(importOrders(runtime, reader, importTo(runtime, std::move(*server)), options));
}

int runImport(const ImportCommandOptions& options)
{
    const auto rate = rateOf(options.rate);
    if (!rate)
        return fail(rate.error());
    InputFile file(stop_requested);
    if (const auto opened = file.open(options.file); !opened)
        return fail(opened.error());
    if (!options.rejects_file.empty() && file.isSameAs(options.rejects_file))
        return fail(invalidArgument("rejects", "must not be the file that is imported; it would be overwritten"));
    OrderFileReader reader(file.stream());
    if (const auto header = reader.readHeader(); !header)
        return fail(Error{ErrorCode::Corrupt, Retry::Never, options.file + ": " + header.error().message, {}});
    ImportTeller teller(options.file, file.size());
    if (const auto opened = teller.openRejects(options.rejects_file, reader); !opened)
        return fail(opened.error());

    ImportOptions import;
    import.rate_per_s = *rate;
    import.concurrency = options.concurrency;
    import.on_progress = [&](const ImportProgress& progress) { teller.progress(progress); };
    import.on_rejected = [&](const RejectedLine& line) { teller.rejected(line); };
    import.stop = &stop_requested;
    import.is_ready = [&] { return file.isReady(); };
    std::signal(SIGINT, [](int) { stop_requested = true; });
    std::signal(SIGTERM, [](int) { stop_requested = true; });

    RealRuntime runtime;
    const auto imported = options.server.to.empty() ? importLocally(runtime, reader, import, options.lab)
                                                    : importRemotely(runtime, reader, import, options.server);
    if (!imported && exitCodeOf(imported.error()) == exit_usage)
        return fail(imported.error()); // Nothing has begun.
    teller.finish();
    if (stop_requested) {
        complain("stopped early; import the same file again to continue");
        return exit_failed;
    }
    if (!imported)
        return fail(imported.error());
    return imported->rejected > 0 && !options.allow_rejects ? exit_failed : exit_ok;
}

} // namespace

void addImport(CLI::App& app, Command& run)
{
    auto options = std::make_shared<ImportCommandOptions>();
    CLI::App* command = app.add_subcommand("import", "Creates an order for each record of a CSV file, once");
    command
        ->add_option("FILE", options->file,
                     "CSV file with the columns user_id,amount,currency,created_at; -: standard input")
        ->required();
    command->add_option("--rate", options->rate, "The most orders a second, such as 500/s");
    command->add_option("--to", options->server.to, "URL of a running server (default: writes to the store itself)");
    addTlsCaOption(*command, options->server);
    command->add_option("--rejects", options->rejects_file,
                        "Writes the header and the rejected records to this file, byte for byte");
    command->add_flag("--allow-rejects", options->allow_rejects, "Exit code 0 even if records were rejected");
    command->add_option("--concurrency", options->concurrency, "Orders in progress at the same time, 1 to 256")
        ->check(numberIn(1, 256))
        ->capture_default_str();
    addLabOptions(*command, options->lab);
    command->callback([&run, options] { run = [options] { return runImport(*options); }; });
}

} // namespace orderlab
