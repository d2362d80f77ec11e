#include "documents/manual_pages.h"

#include <algorithm>
#include <cctype>

namespace orderlab {

namespace {

/// A text as roff takes it: nothing in it is a request, an escape or a hyphen that may become another character.
std::string roff(const std::string& text)
{
    std::string escaped;
    for (const char c : text) {
        if (c == '\\')
            escaped += "\\e";
        else if (c == '-')
            escaped += "\\-";
        else if (c == '\n')
            escaped += ' ';
        else
            escaped += c;
    }
    return escaped.starts_with('.') || escaped.starts_with('\'') ? "\\&" + escaped : escaped;
}

std::string bold(const std::string& text)
{
    return "\\fB" + roff(text) + "\\fR";
}

std::string italic(const std::string& text)
{
    return "\\fI" + roff(text) + "\\fR";
}

/// Each word in bold, divided by `between`.
std::string boldWords(const std::vector<std::string>& words, const char* between)
{
    std::string all;
    for (const std::string& word : words)
        all += (all.empty() ? "" : between) + bold(word);
    return all;
}

std::string dashedName(std::string path)
{
    std::replace(path.begin(), path.end(), ' ', '-');
    return path;
}

std::string synopsisOf(const CommandText& command)
{
    std::string line = bold(command.path) + " [" + italic("OPTIONS") + ']';
    for (const OptionText& argument : command.arguments) {
        const std::string name = italic(argument.names.front()) + (argument.is_repeatable ? "..." : "");
        line += argument.is_required ? ' ' + name : " [" + name + ']';
    }
    return line + (command.commands.empty() ? "" : ' ' + italic("COMMAND")) + '\n';
}

std::string entryOf(const OptionText& option)
{
    std::string text = ".TP\n";
    const bool is_argument = !option.names.front().starts_with('-');
    text += is_argument ? italic(option.names.front()) : boldWords(option.names, ", ");
    if (!is_argument && !option.value.empty())
        text += ' ' + (option.choices.empty() ? italic(option.value) : boldWords(option.choices, "|"));
    text += '\n' + roff(option.description) + ".\n";
    if (!option.default_value.empty())
        text += "Default: " + bold(option.default_value) + ".\n";
    if (!option.variable.empty())
        text += "Environment: " + bold(option.variable) + ".\n";
    return text;
}

std::string entriesOf(const std::vector<OptionText>& options)
{
    std::string text;
    for (const OptionText& option : options)
        text += entryOf(option);
    return text;
}

/// The commands below, each with its arguments and options.
std::string sectionsBelow(const CommandText& command)
{
    std::string text;
    for (const CommandText* below : allCommandsOf(command)) {
        if (below == &command)
            continue;
        text += ".SS \"" + roff(below->path) + "\"\n" + synopsisOf(*below) + ".PP\n" + roff(below->description) + ".\n";
        text += entriesOf(below->arguments) + entriesOf(below->options);
    }
    return text.empty() ? text : ".SH COMMANDS\n" + text;
}

std::string listOfCommands(const CommandText& program)
{
    std::string text = ".SH COMMANDS\n";
    for (const CommandText& command : program.commands)
        text += ".TP\n" + bold(command.name) + '\n' + roff(command.description) + ".\nSee "
                + bold(dashedName(command.path)) + "(1).\n";
    return text;
}

constexpr const char* exit_status = R"(.SH EXIT STATUS
.TP
.B 0
Done.
.TP
.B 1
It was asked for rightly, and could not be done; or a check does not hold.
.TP
.B 2
An option, an environment variable or a setting is wrong.
.TP
.B 3
This version makes another run of a moment than the one that it tells of.
)";

constexpr const char* files = R"(.SH FILES
.TP
.I /etc/orderlab/orderlab.toml
Settings of the system's service; other runs name a file by
.B \-\-config
or
.BR ORDERLAB_CONFIG .
A key is the name of an option without dashes.
A flag wins over the environment, that over the file, that over the default.
.TP
.I /etc/orderlab/secrets.env
Environment variables of the service that only root should read, such as
.BR ORDERLAB_API_TOKEN .
.TP
.I ~/.local/share/orderlab
Where a private PostgreSQL keeps its files, unless
.B \-\-data\-dir
names another folder; for root and for the service
.IR /var/lib/orderlab .
)";

std::string pageOf(const CommandText& command, bool is_program, const std::string& see_also)
{
    std::string title = dashedName(command.path);
    std::string page = ".\\\" Made from the same source as --help.\n.TH ";
    for (char& c : title)
        c = char(std::toupper(static_cast<unsigned char>(c)));
    page += roff(title) + " 1 \"\" \"Orderlab " ORDERLAB_VERSION "\" \"Orderlab\"\n";
    page += ".SH NAME\n" + roff(dashedName(command.path)) + " \\- " + roff(command.description) + '\n';
    page += ".SH SYNOPSIS\n" + synopsisOf(command) + ".SH DESCRIPTION\n" + roff(command.description) + ".\n";
    if (!command.arguments.empty())
        page += ".SH ARGUMENTS\n" + entriesOf(command.arguments);
    page += ".SH OPTIONS\n" + entriesOf(command.options);
    if (is_program)
        page += (command.commands.empty() ? std::string() : listOfCommands(command)) + files;
    else
        page += sectionsBelow(command);
    return page + exit_status + ".SH SEE ALSO\n" + see_also;
}

} // namespace

std::map<std::string, std::string> manualPages(const CommandText& program)
{
    std::map<std::string, std::string> pages;
    const std::string other = program.name == "orderlab" ? "orderlabd" : "orderlab";
    pages[program.name + ".1"] = pageOf(program, true, bold(other) + "(1)\n");
    for (const CommandText& command : program.commands)
        pages[dashedName(command.path) + ".1"] =
            pageOf(command, false, bold(program.name) + "(1), " + bold(other) + "(1)\n");
    return pages;
}

} // namespace orderlab
