#include "headless/say.h"

#include "headless/commands.h"

#include <cstdio>

namespace orderlab {

void complain(const std::string& text)
{
    std::fprintf(stderr, "orderlabd: %s\n", text.c_str());
}

void complain(const Error& error)
{
    const bool is_variable = error.field.starts_with("ORDERLAB_"); // one without an option
    complain(error.field.empty() ? error.message : (is_variable ? "" : "--") + error.field + ": " + error.message);
}

int exitCodeOf(const Error& error)
{
    return error.code == ErrorCode::InvalidArgument ? exit_usage : exit_failed;
}

} // namespace orderlab
