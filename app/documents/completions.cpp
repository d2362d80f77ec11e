#include "documents/completions.h"

namespace orderlab {

namespace {

std::string spaced(const std::vector<std::string>& words)
{
    std::string all;
    for (const std::string& word : words)
        all += (all.empty() ? "" : " ") + word;
    return all;
}

/// In single quotes, as bash and zsh read them.
std::string shellQuoted(const std::string& text)
{
    std::string quoted = "'";
    for (const char c : text)
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + '\'';
}

/// In single quotes, as fish reads them.
std::string fishQuoted(const std::string& text)
{
    std::string quoted = "'";
    for (const char c : text)
        quoted += c == '\'' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
    return quoted + '\'';
}

/// A text inside a specification of zsh's _arguments, where brackets and colons mean something.
std::string zshText(const std::string& text)
{
    std::string escaped;
    for (const char c : text)
        escaped += c == '[' || c == ']' || c == ':' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
    return escaped;
}

std::vector<std::string> wordsFor(const CommandText& command, const ArgumentWords& words)
{
    std::vector<std::string> all;
    for (const OptionText& argument : command.arguments) {
        if (const auto found = words.find(argument.names.front()); found != words.end())
            all.insert(all.end(), found->second.begin(), found->second.end());
    }
    return all;
}

/// The path without the program: "bench pipeline".
std::string belowProgram(const CommandText& program, const CommandText& command)
{
    return &command == &program ? std::string() : command.path.substr(program.name.size() + 1);
}

std::string zshAction(const OptionText& option)
{
    return option.choices.empty() ? "_files" : '(' + spaced(option.choices) + ')';
}

/// The branches of zsh's case: what one command takes.
std::string zshSpecs(const CommandText& command, const ArgumentWords& words)
{
    std::string text;
    const auto add = [&text](const std::string& spec) { text += " \\\n            " + shellQuoted(spec); };
    for (const OptionText& option : command.options) {
        for (const std::string& name : option.names) {
            const bool takes_value = !option.value.empty();
            add((option.is_repeatable ? "*" : "") + name + (takes_value && name.starts_with("--") ? "=" : "") + '['
                + zshText(option.description) + ']'
                + (takes_value ? ':' + option.value + ':' + zshAction(option) : ""));
        }
    }
    if (!command.commands.empty()) {
        std::string commands;
        for (const CommandText& one : command.commands)
            commands += (commands.empty() ? "" : " ") + one.name + "\\:" + shellQuoted(zshText(one.description));
        add("1:command:((" + commands + "))");
    }
    for (const OptionText& argument : command.arguments) {
        const auto found = words.find(argument.names.front());
        const std::string files =
            found == words.end() ? "_files"
                                 : "_alternative \"words:name:(" + spaced(found->second) + ")\" \"files:file:_files\"";
        add((argument.is_repeatable ? "*:" : ":") + argument.names.front() + ':' + files);
    }
    return text;
}

} // namespace

std::string bashCompletion(const CommandText& program, const ArgumentWords& words)
{
    const std::string function = '_' + program.name;
    std::string known, values, offers;
    for (const CommandText* command : allCommandsOf(program)) {
        if (command != &program)
            known += (known.empty() ? "" : " | ") + shellQuoted(command->path);
        std::vector<std::string> options, others = wordsFor(*command, words), with_value;
        for (const OptionText& option : command->options) {
            options.insert(options.end(), option.names.begin(), option.names.end());
            for (const std::string& name : option.names) {
                if (!option.choices.empty())
                    values += "        " + shellQuoted(command->path + ' ' + name)
                              + ") words=" + shellQuoted(spaced(option.choices)) + " is_value=1 ;;\n";
                else if (!option.value.empty())
                    with_value.push_back(shellQuoted(command->path + ' ' + name));
            }
        }
        for (const CommandText& one : command->commands)
            others.push_back(one.name);
        std::string patterns;
        for (const std::string& pattern : with_value)
            patterns += (patterns.empty() ? "" : " | ") + pattern;
        if (!patterns.empty())
            values += "        " + patterns + ") return ;; # Any file.\n";
        offers += "        " + shellQuoted(command->path) + ")\n            options=" + shellQuoted(spaced(options))
                  + "\n            others=" + shellQuoted(spaced(others)) + " ;;\n";
    }
    std::string steps;
    if (!known.empty())
        steps =
            "    for ((i = 1; i < COMP_CWORD; i++)); do\n        case \"$command ${COMP_WORDS[i]}\" in\n            "
            + known + ") command+=\" ${COMP_WORDS[i]}\" ;;\n        esac\n    done\n";
    return "# bash completion for " + program.name + ", made from the same source as --help.  -*- shell-script -*-\n"
           + function + "()\n{\n"
           + "    local i cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
             "    local command="
           + program.name
           + " words='' is_value='' options='' others=''\n"
             "    COMPREPLY=()\n"
             "    if [[ $cur == '=' ]]; then # --option=value is three words.\n"
             "        cur=''\n"
             "    elif [[ $prev == '=' ]]; then\n"
             "        prev=${COMP_WORDS[COMP_CWORD - 2]}\n"
             "    fi\n"
           + steps + "    case \"$command $prev\" in\n" + values + "    esac\n" + "    case $command in\n" + offers
           + "    esac\n"
             "    if [[ -z $is_value && $cur == -* ]]; then\n"
             "        words=$options\n"
             "    elif [[ -z $is_value ]]; then\n"
             "        words=$others\n"
             "    fi\n"
             "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
             "}\n"
             "complete -o bashdefault -o default -F "
           + function + ' ' + program.name + '\n';
}

std::string zshCompletion(const CommandText& program, const ArgumentWords& words)
{
    std::string known, branches;
    for (const CommandText* command : allCommandsOf(program)) {
        if (command != &program)
            known += (known.empty() ? "" : " | ") + shellQuoted(command->path);
        branches += "        " + shellQuoted(command->path)
                    + ")\n            _arguments -S :" + zshSpecs(*command, words) + " ;;\n";
    }
    std::string steps;
    if (!known.empty())
        steps = "    while (( CURRENT > 2 )); do\n        case \"$command $words[2]\" in\n            " + known
                + ") command+=\" $words[2]\" ;;\n            *) break ;;\n        esac\n"
                  "        shift words\n        (( CURRENT-- ))\n    done\n";
    return "#compdef " + program.name + "\n# Made from the same source as --help.\n_" + program.name
           + "() {\n    local command=" + program.name + '\n' + steps + "    case $command in\n" + branches
           + "    esac\n}\n_" + program.name + " \"$@\"\n";
}

std::string fishCompletion(const CommandText& program, const ArgumentWords& words)
{
    const std::string at = "__" + program.name + "_at";
    std::string known, lines;
    for (const CommandText* command : allCommandsOf(program)) {
        const std::string path = belowProgram(program, *command);
        if (!path.empty())
            known += ' ' + fishQuoted(path);
        const std::string here = "complete -c " + program.name + " -n " + fishQuoted(at + ' ' + path);
        for (const OptionText& option : command->options) {
            lines += here;
            for (const std::string& name : option.names)
                lines += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
            if (!option.choices.empty())
                lines += " -x -a " + fishQuoted(spaced(option.choices));
            else if (!option.value.empty())
                lines += " -r";
            lines += " -d " + fishQuoted(option.description) + '\n';
        }
        for (const CommandText& one : command->commands)
            lines += here + " -f -a " + one.name + " -d " + fishQuoted(one.description) + '\n';
        if (const auto names = wordsFor(*command, words); !names.empty())
            lines += here + " -a " + fishQuoted(spaced(names)) + '\n';
    }
    return "# fish completion for " + program.name + ", made from the same source as --help.\nfunction " + at
           + " -d 'Whether this command is being typed'\n    set -l command\n    for word in (commandline "
             "-opc)[2..-1]\n"
             "        contains -- (string join ' ' -- $command $word)"
           + (known.empty() ? " ''" : known)
           + "; and set -a command $word\n    end\n    test \"$command\" = \"$argv\"\nend\n" + lines;
}

} // namespace orderlab
