#include "headless/commands.h"
#include "headless/say.h"
#include "http/http_client.h"
#include "lab/lab.h"
#include "lab/order_import.h"
#include "lab_options.h"
#include "runtime/real_runtime.h"

#include <CLI/CLI.hpp>

#include <boost/json.hpp>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <unistd.h>

namespace orderlab {

namespace {

struct ImportCommandOptions {
    LabOptions lab;
    std::string file;
    std::string rate; ///< "500" or "500/s"
    std::string to;
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

Error errorOf(const HttpReply& reply)
{
    const bool later = reply.status == 503 || reply.status == 409;
    return {later ? ErrorCode::Unavailable : ErrorCode::Rejected, later ? Retry::Later : Retry::Never,
            "the server answered " + std::to_string(reply.status) + ": " + reply.body.substr(0, 300), {}};
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

    Result<void> openRejects(const std::string& path, const std::string& header)
    {
        if (path.empty())
            return {};
        m_rejects.open(path);
        if (!m_rejects)
            return Error{ErrorCode::Rejected, Retry::Never, "cannot write " + path, "rejects"};
        m_rejects << header << '\n'; // So that the file can be mended and imported.
        return {};
    }
    void progress(const ImportProgress& progress)
    {
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
        if (m_rejects.is_open())
            m_rejects << line.text << '\n';
    }
    void endLine()
    {
        if (m_line_open)
            std::fprintf(stderr, "\n");
        m_line_open = false;
    }
    bool finish()
    {
        endLine();
        if (m_rejects.is_open())
            m_rejects.flush();
        return !m_rejects.is_open() || bool(m_rejects);
    }

private:
    const std::string m_file;
    const std::uint64_t m_bytes;
    std::ofstream m_rejects;
    bool m_line_open = false;
};

/// Until the orders that were imported are done with, so that a short-lived process leaves nothing half way. Where the
/// workers that finish orders do not run, until their events are published.
Task<void> untilQuiet(Lab& lab)
{
    const bool finishes = lab.members("payment") > 0 && lab.members("order-status") > 0;
    while (!stop_requested) {
        const auto counts = co_await lab.store().counts();
        if (!counts
            || (counts->outbox_unpublished == 0 && (!finishes || counts->created <= counts->dead_letters)))
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
                                      const std::string& url)
{
    auto server = HttpClientOptions::fromUrl(url);
    if (!server)
        return server.error();
    if (const char* token = std::getenv("ORDERLAB_API_TOKEN"))
        server->token = token;
    return runtime.run(importOrders(runtime, reader, importTo(runtime, std::move(*server)), options));
}

int runImport(const ImportCommandOptions& options)
{
    const auto fail = [](const Error& error) {
        complain(error);
        return exitCodeOf(error);
    };
    const auto rate = rateOf(options.rate);
    if (!rate)
        return fail(rate.error());
    std::ifstream file;
    std::uint64_t bytes = 0;
    if (options.file != "-") {
        file.open(options.file, std::ios::binary);
        std::error_code ignored;
        if (!file || std::filesystem::is_directory(options.file, ignored))
            return fail(Error{ErrorCode::NotFound, Retry::Never, "cannot read " + options.file, {}});
        bytes = std::filesystem::file_size(options.file, ignored);
    }
    OrderFileReader reader(options.file == "-" ? std::cin : file);
    if (const auto header = reader.readHeader(); !header)
        return fail(Error{ErrorCode::Corrupt, Retry::Never, options.file + ": " + header.error().message, {}});
    ImportTeller teller(options.file, bytes);
    if (const auto opened = teller.openRejects(options.rejects_file, reader.header()); !opened)
        return fail(opened.error());

    ImportOptions import;
    import.rate_per_s = *rate;
    import.concurrency = options.concurrency;
    import.on_progress = [&](const ImportProgress& progress) { teller.progress(progress); };
    import.on_rejected = [&](const RejectedLine& line) { teller.rejected(line); };
    import.stop = &stop_requested;
    std::signal(SIGINT, [](int) { stop_requested = true; });
    std::signal(SIGTERM, [](int) { stop_requested = true; });

    RealRuntime runtime;
    const auto imported = options.to.empty() ? importLocally(runtime, reader, import, options.lab)
                                             : importRemotely(runtime, reader, import, options.to);
    const bool rejects_written = teller.finish();
    if (!imported)
        return fail(imported.error());
    std::printf("imported %llu, rejected %llu, already there %llu\n", static_cast<unsigned long long>(imported->imported),
                static_cast<unsigned long long>(imported->rejected),
                static_cast<unsigned long long>(imported->already_there));
    if (!rejects_written)
        return fail(Error{ErrorCode::Exhausted, Retry::Never, "not all rejected lines could be written", "rejects"});
    if (stop_requested) {
        complain("stopped early; import the same file again to go on");
        return exit_failed;
    }
    return imported->rejected > 0 && !options.allow_rejects ? exit_failed : exit_ok;
}

} // namespace

void addImport(CLI::App& app, Command& run)
{
    auto options = std::make_shared<ImportCommandOptions>();
    CLI::App* command = app.add_subcommand("import", "Creates an order for each line of a CSV file, once");
    command->add_option("FILE", options->file, "Columns user_id,amount,currency,created_at; - is standard input")->required();
    command->add_option("--rate", options->rate, "At most so many orders a second, such as 500/s");
    command->add_option("--to", options->to, "A running server's URL (default: the own store)");
    command->add_option("--rejects", options->rejects_file, "Writes the lines that were rejected to this file");
    command->add_flag("--allow-rejects", options->allow_rejects, "Exit 0 even if lines were rejected");
    command->add_option("--concurrency", options->concurrency, "Orders under way at once, 1 to 256")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
    addLabOptions(*command, options->lab);
    command->callback([&run, options] { run = [options] { return runImport(*options); }; });
}

} // namespace orderlab
