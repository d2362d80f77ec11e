#include "support/test_program.h"

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>

namespace orderlab::test {
namespace {

using Tests = std::map<std::string, TestRun, std::less<>>;

Tests& tests()
{
    static Tests all;
    return all;
}

std::string_view fileName(std::string_view path) { return path.substr(path.rfind('/') + 1); }

} // namespace

bool addTest(std::string_view name, TestRun run)
{
    if (!tests().try_emplace(std::string(name), run).second) {
        std::fprintf(stderr, "two tests are called %.*s\n", int(name.size()), name.data());
        std::abort();
    }
    return true;
}

int runTestByName(int argc, char** argv)
{
    if (const auto found = tests().find(fileName(argv[0])); found != tests().end())
        return found->second(argc, argv);
    if (argc > 1) {
        if (const auto found = tests().find(std::string_view(argv[1])); found != tests().end())
            return found->second(argc - 1, argv + 1);
    }
    std::fprintf(stderr, "usage: %s TEST [case…] [options of Qt Test]\ntests:", argv[0]);
    for (const auto& [name, run] : tests())
        std::fprintf(stderr, " %s", name.c_str());
    std::fprintf(stderr, "\n");
    return 2;
}

} // namespace orderlab::test

int main(int argc, char** argv) { return orderlab::test::runTestByName(argc, argv); }
