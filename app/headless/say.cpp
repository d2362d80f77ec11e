#include "headless/say.h"

#include "headless/commands.h"
#include "option_origin.h"

#include <cstdio>
#include <iostream>
#include <unistd.h>

namespace orderlab {

namespace {

std::map<std::string, std::string> origins_to_blame;

} // namespace

void blameOrigins(std::map<std::string, std::string> origins)
{
    origins_to_blame = std::move(origins);
}

void complain(const std::string& text)
{
    std::fprintf(stderr, "orderlabd: %s\n", text.c_str());
}

void complain(const Error& error)
{
    const bool is_variable = error.field.starts_with("ORDERLAB_"); // one without an option
    const std::string text = (is_variable ? "" : "--") + error.field + ": " + error.message;
    complain(error.field.empty() ? error.message : withOrigins(text, origins_to_blame));
}

bool agreed(bool yes, const std::string& question)
{
    if (yes)
        return true;
    if (!isatty(STDIN_FILENO)) {
        complain("standard input is not a terminal, so nobody can confirm: use --yes");
        return false;
    }
    std::fprintf(stderr, "%s [y/N] ", question.c_str());
    std::string line;
    return std::getline(std::cin, line) && (line == "y" || line == "Y" || line == "yes");
}

int exitCodeOf(const Error& error)
{
    return error.code == ErrorCode::InvalidArgument ? exit_usage
           : error.code == ErrorCode::Internal      ? exit_bug
                                                    : exit_failed;
}

int fail(const Error& error)
{
    complain(error);
    return exitCodeOf(error);
}

} // namespace orderlab
