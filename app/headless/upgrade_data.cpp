#include "headless/commands.h"
#include "headless/progress_line.h"
#include "headless/say.h"
#include "lab_options.h"
#include "postgres/private_upgrade.h"
#include "runtime/real_runtime.h"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace orderlab {

namespace {

struct UpgradeDataOptions {
    LabOptions lab;
    std::string from;
    std::string to;
};

int upgradeData(const UpgradeDataOptions& options)
{
    const auto chosen = chooseLab(options.lab);
    if (!chosen)
        return fail(chosen.error());
    if (chosen->config.store != StoreKind::PostgresPrivate)
        return fail(Error{ErrorCode::Rejected, Retry::Never,
                          "upgrade-data is only for the private PostgreSQL of a data directory; upgrade any other "
                          "server with its own tools",
                          "postgres"});
    ProgressLine progress;
    UpgradeOptions upgrade;
    upgrade.data_dir = chosen->config.data_dir;
    upgrade.from = options.from;
    upgrade.to = options.to;
    upgrade.on_progress = [&progress](const std::string& text) { progress.show(text); };
    RealRuntime runtime(1);
    const auto done = runtime.run(upgradePrivatePostgres(runtime, std::move(upgrade)));
    progress.clear();
    if (!done)
        return fail(done.error());
    if (done->old_cluster.empty())
        std::printf(done->from.empty() ? "finished the upgrade to PostgreSQL %s that was cut short\n"
                                       : "nothing to do: the data are of PostgreSQL %s, the newest here\n",
                    done->to.c_str());
    else
        std::printf("upgraded from PostgreSQL %s to %s: %lld tables with %lld rows, all compared\nthe old cluster is "
                    "kept until you remove it: %s\n",
                    done->from.c_str(), done->to.c_str(), static_cast<long long>(done->tables),
                    static_cast<long long>(done->rows), done->old_cluster.c_str());
    return exit_ok;
}

} // namespace

void addUpgradeData(CLI::App& app, Command& run)
{
    auto options = std::make_shared<UpgradeDataOptions>();
    CLI::App* command = app.add_subcommand(
        "upgrade-data", "Moves the private PostgreSQL of a data directory to a newer major version and keeps "
                        "the old cluster");
    command->add_option("--from-binaries", options->from,
                        "Folder with the programs of the old version (default: /usr/lib/postgresql/VERSION/bin)");
    command->add_option("--to-binaries", options->to,
                        "Folder with the programs of the newer version (default: the newest that is installed)");
    addLabOptions(*command, options->lab);
    command->callback([&run, options] { run = [options] { return upgradeData(*options); }; });
}

} // namespace orderlab
