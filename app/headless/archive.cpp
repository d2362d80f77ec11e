#include "headless/commands.h"
#include "headless/say.h"
#include "lab/order_archive.h"
#include "lab_options.h"
#include "runtime/real_runtime.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <unistd.h>

namespace orderlab {

namespace {

struct ArchiveOptions {
    LabOptions lab;
    std::string before;
    std::string out;
    bool yes = false;
};

/// RFC 3339, or a date, which begins at midnight UTC.
Result<TimePoint> momentOf(const std::string& text)
{
    const bool is_date = text.find_first_of("Tt ") == std::string::npos;
    const auto moment = parseRfc3339(is_date ? text + "T00:00:00Z" : text);
    if (!moment)
        return invalidArgument("before",
                               "must be a date or a moment, such as 2026-01-31 or 2026-01-31T12:00:00Z, not \""
                                   + text.substr(0, 40) + '"');
    return *moment;
}

/// archive-before-20260131T120000Z.jsonl
std::string nameFor(TimePoint before)
{
    std::string name = toRfc3339(before).substr(0, 19);
    std::erase_if(name, [](char c) { return c == '-' || c == ':'; });
    return "archive-before-" + name + "Z.jsonl";
}

Result<std::int64_t> archiveAll(RealRuntime& runtime, PostgresArchive& archive, const ArchiveOptions& options,
                                TimePoint before, const std::string& out)
{
    const auto count = runtime.run(archive.count());
    if (!count)
        return count.error();
    const std::string what = std::to_string(*count) + " final orders from before " + toRfc3339(before);
    if (*count == 0)
        return std::int64_t{0};
    const bool is_kept = out != "none";
    if (!agreed(options.yes, (is_kept ? "Move " : "DELETE for good ") + what + (is_kept ? " to " + out : "") + '?'))
        return Error{ErrorCode::Rejected, Retry::Never, "nothing was archived: " + what + " stay", {}};
    std::optional<ArchiveFile> file;
    if (is_kept) {
        auto opened = ArchiveFile::open(out);
        if (!opened)
            return opened.error();
        file.emplace(std::move(*opened));
    }
    return runtime.run(archiveOrders(archive, file ? &*file : nullptr, [&](std::int64_t archived) {
        if (isatty(STDERR_FILENO))
            std::fprintf(stderr, "\r%lld of %lld", static_cast<long long>(archived), static_cast<long long>(*count));
    }));
}

int archive(const ArchiveOptions& options)
{
    const auto before = momentOf(options.before);
    if (!before)
        return fail(before.error());
    const auto chosen = chooseLab(options.lab);
    if (!chosen)
        return fail(chosen.error());
    const std::string out = options.out.empty() ? nameFor(*before) : options.out;
    RealRuntime runtime(1);
    auto opened = runtime.run(openArchive(runtime, chosen->config, *before));
    if (!opened)
        return fail(opened.error());
    const auto archived = archiveAll(runtime, *opened->archive, options, *before, out);
    opened->archive.reset();
    if (opened->server)
        runtime.run(opened->server->stop());
    if (!archived)
        return fail(archived.error());
    if (isatty(STDERR_FILENO) && *archived > 0)
        std::fprintf(stderr, "\n");
    if (*archived == 0)
        std::printf("archived 0 orders: none from before %s is final and done\n", toRfc3339(*before).c_str());
    else if (out == "none")
        std::printf("deleted %lld orders\n", static_cast<long long>(*archived));
    else
        std::printf("archived %lld orders to %s\n", static_cast<long long>(*archived), out.c_str());
    return exit_ok;
}

} // namespace

void addArchive(CLI::App& app, Command& run)
{
    auto options = std::make_shared<ArchiveOptions>();
    CLI::App* command = app.add_subcommand(
        "archive", "Moves orders that are final and done, with their payments, refunds, ledger entries and "
                   "notifications, out of the database into a file; works beside a running server");
    command
        ->add_option("--before", options->before,
                     "Orders that were created and last changed before this: a date (UTC) or RFC 3339")
        ->required();
    command->add_option("--out", options->out,
                        "File, one JSON object a line; an existing file is appended to; none: the orders are deleted "
                        "(default: archive-before-TIME.jsonl)");
    command->add_flag("--yes", options->yes, "Does not ask for confirmation");
    addLabOptions(*command, options->lab);
    command->callback([&run, options] { run = [options] { return archive(*options); }; });
}

} // namespace orderlab
