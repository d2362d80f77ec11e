#include "headless/commands.h"
#include "postgres/postgres_roles.h"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace orderlab {

void addRoles(CLI::App& app, Command& run)
{
    CLI::App* command = app.add_subcommand(
        "roles",
        "Prints SQL for an administrator: database roles that may do no more than they need, where the server's "
        "own user may not create them");
    command->callback([&run] {
        run = [] {
            std::fputs(rolesSql().c_str(), stdout);
            return exit_ok;
        };
    });
}

} // namespace orderlab
