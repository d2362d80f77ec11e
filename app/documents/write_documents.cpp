#include "documents/write_documents.h"

#include "documents/manual_pages.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace orderlab {

namespace {

/// Error: the parser's, with exit code 1.
void writeDocument(const std::filesystem::path& path, const std::string& text)
{
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    std::ofstream file(path, std::ios::binary);
    file << text;
    file.close();
    if (!file) {
        std::fprintf(stderr, "orderlab: --write-documents: %s cannot be written\n", path.c_str());
        throw CLI::RuntimeError(1);
    }
}

} // namespace

void addDocumentsOption(CLI::App& app, ArgumentWords words)
{
    const auto write = [&app, words = std::move(words)](const std::string& directory) {
        const CommandText program = commandTextOf(app);
        const std::filesystem::path root(directory);
        for (const auto& [name, page] : manualPages(program))
            writeDocument(root / "man1" / name, page);
        writeDocument(root / "bash" / program.name, bashCompletion(program, words));
        writeDocument(root / "zsh" / ('_' + program.name), zshCompletion(program, words));
        writeDocument(root / "fish" / (program.name + ".fish"), fishCompletion(program, words));
        throw CLI::Success();
    };
    app.add_option_function<std::string>("--write-documents", write,
                                         "Writes manual pages and completions into this directory and exits")
        ->group("");
}

} // namespace orderlab
