#include "architecture_rules.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace orderlab::architecture {

namespace {

/// Functions and classes whose argument a person reads.
const std::set<std::string_view> showing{"addAction",
                                         "addButton",
                                         "addItem",
                                         "addItems",
                                         "addMenu",
                                         "addRow",
                                         "addTab",
                                         "faintLabel",
                                         "headingLabel",
                                         "mutedLabel",
                                         "setHeaderLabels",
                                         "setInformativeText",
                                         "setLabelText",
                                         "setPlaceholderText",
                                         "setPlainText",
                                         "setStatusTip",
                                         "setText",
                                         "setTitle",
                                         "setToolTip",
                                         "setWhatsThis",
                                         "setWindowTitle",
                                         "titleLabel",
                                         "setAccessibleDescription",
                                         "setAccessibleName",
                                         "showText",
                                         "QAction",
                                         "QCheckBox",
                                         "QGroupBox",
                                         "QLabel",
                                         "QMenu",
                                         "QPushButton",
                                         "QRadioButton"};
/// The same in every language.
const std::set<std::string_view> same_everywhere{"Orderlab", "kB", "localhost", "min", "ms"};

bool isName(char c)
{
    return std::isalnum(std::uint8_t(c)) || c == '_';
}

/// Whether `text` has a word: letters that are neither markup nor a unit nor all capital, as EUR or SELECT.
bool hasWords(std::string_view text)
{
    if (same_everywhere.contains(text))
        return false;
    bool in_tag = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '<' || text[i] == '>') {
            in_tag = text[i] == '<';
        } else if (text[i] == '\\') {
            ++i;
        } else if (!in_tag && std::isalpha(std::uint8_t(text[i]))) {
            const std::size_t end =
                std::size_t(std::find_if_not(text.begin() + std::ptrdiff_t(i), text.end(), isName) - text.begin());
            const std::string_view word = text.substr(i, end - i);
            const bool has_small = std::any_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
            if (word.size() > 1 && has_small && !same_everywhere.contains(word))
                return true;
            i = end - 1;
        }
    }
    return false;
}

/// The function whose argument the place `at` of `code` is; empty: none.
std::string_view calledAround(std::string_view code, std::size_t at)
{
    int closed = 0;
    for (std::size_t i = at; i > 0; --i) {
        const char c = code[i - 1];
        if (c == ')' || (c == '}' && closed > 0)) {
            ++closed;
        } else if ((c == '(' || c == '{') && closed > 0) {
            --closed;
        } else if (c == ';' || c == '}') {
            return {};
        } else if (c == '{') {
            const std::size_t before = code.find_last_not_of(" \n", i - 2);
            if (before == std::string_view::npos || code[before] == ']' || code[before] == ')')
                return {}; // A body begins: what is around a lambda does not get its words.
        } else if (c == '(') {
            std::size_t end = i - 1;
            while (end > 0 && std::isspace(std::uint8_t(code[end - 1])))
                --end;
            std::size_t begin = end;
            while (begin > 0 && isName(code[begin - 1]))
                --begin;
            if (begin < end)
                return code.substr(begin, end - begin);
        }
    }
    return {};
}

} // namespace

Findings checkTexts(const std::string& path, std::string_view source)
{
    Findings findings;
    if (!path.starts_with("ui/"))
        return findings;
    const std::string code = withoutComments(source), words = withoutComments(source, true);
    for (const std::string_view literal : {"QStringLiteral(\"", "QLatin1String(\""}) {
        for (std::size_t at = words.find(literal); at != std::string::npos; at = words.find(literal, at + 1)) {
            const std::size_t begin = at + literal.size();
            const std::size_t end = code.find('"', begin); // Within the quotes all is blank.
            const std::string_view text = std::string_view(words).substr(begin, end - begin);
            if (!showing.contains(calledAround(code, at)) || !hasWords(text))
                continue;
            const auto line = 1 + std::count(words.begin(), words.begin() + std::ptrdiff_t(at), '\n');
            findings.push_back(path + ':' + std::to_string(line) + ": \"" + std::string(text)
                               + "\": what a person reads goes through tr()");
        }
    }
    return findings;
}

} // namespace orderlab::architecture
