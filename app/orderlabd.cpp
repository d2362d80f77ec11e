#include "headless/commands.h"

#include <CLI/CLI.hpp>

#include <cstdio>

int main(int argc, char** argv)
{
    using namespace orderlab;
    CLI::App app{"Orderlab without a window: a real order-processing system to learn from", "orderlabd"};
    app.set_version_flag("--version", ORDERLAB_VERSION);
    app.require_subcommand(1);
    app.footer("orderlabd COMMAND --help tells a command's options.");
    Command run;
    addServe(app, run);
    addImport(app, run);
    addDemo(app, run);
    addSimulate(app, run);
    addConfig(app, run, argc, argv);
    addBench(app, run);
    std::string commands;
    bool is_known = argc < 2 || argv[1][0] == '-';
    for (const CLI::App* command : app.get_subcommands({})) {
        is_known = is_known || command->get_name() == argv[1];
        commands += (commands.empty() ? "" : ", ") + command->get_name();
    }
    if (!is_known) {
        std::fprintf(stderr, "orderlabd: unknown command %s; there are %s\n", argv[1], commands.c_str());
        return exit_usage;
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& success) {
        return app.exit(success);
    } catch (const CLI::ParseError& error) {
        std::fprintf(stderr, "orderlabd: %s\n", error.what());
        return exit_usage;
    }
    return run();
}
