#include "headless/commands.h"

#include <CLI/CLI.hpp>

#include <cstdio>

int main(int argc, char** argv)
{
    using namespace orderlab;
    CLI::App app{"Orderlab without a window: a real order-processing system to learn from", "orderlabd"};
    app.set_version_flag("--version", ORDERLAB_VERSION);
    app.require_subcommand(1);
    Command run;
    addServe(app, run);
    addImport(app, run);
    addDemo(app, run);
    addSimulate(app, run);
    addConfig(app, run, argc, argv);
    addBench(app, run);
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
