#include "headless/commands.h"
#include "headless/progress_line.h"
#include "headless/recording_text.h"
#include "headless/say.h"

#include <CLI/CLI.hpp>

#include <filesystem>

namespace orderlab {

namespace {

constexpr std::size_t entries_a_step = 65'536;

struct ConvertArguments {
    std::string from, to;
};

/// Percent of a step, on a terminal.
class StepProgress {
public:
    void show(const std::string& step, double share)
    {
        const int percent = int(share * 100);
        if (percent == m_percent)
            return;
        m_percent = percent;
        m_line.show(step + ' ' + std::to_string(percent) + " %");
    }
    void clear() { m_line.clear(); }

private:
    ProgressLine m_line;
    int m_percent = -1;
};

Result<void> writeAs(const Recording& recording, RecordingForm form, const std::string& path, StepProgress& progress)
{
    auto writer = RecordingWriter::create(path, recording.header, RecordingWriter::bytes_max_default, form);
    if (!writer)
        return writer.error();
    const std::span<const Entry> entries = recording.entries;
    for (std::size_t at = 0; at < entries.size(); at += entries_a_step) {
        const auto part = entries.subspan(at, std::min(entries_a_step, entries.size() - at));
        ORDERLAB_TRY(return, (*writer)->write(part, *recording.names));
        progress.show("writing " + path, double(at + part.size()) / double(entries.size()));
    }
    return (*writer)->close();
}

int convert(const ConvertArguments& arguments)
{
    std::error_code ignored; // Files that are not there are not the same.
    if (std::filesystem::equivalent(arguments.from, arguments.to, ignored)) {
        complain("IN and OUT are the same file: name another one");
        return exit_usage;
    }
    StepProgress progress;
    RecordingLimits limits;
    limits.on_progress = [&](double share) { progress.show("reading " + arguments.from, share); };
    const auto recording = readRecording(arguments.from, limits);
    if (!recording) {
        progress.clear();
        return fail(recording.error());
    }
    const RecordingForm form = recording->form == RecordingForm::Lines ? RecordingForm::Packed : RecordingForm::Lines;
    const auto written = writeAs(*recording, form, arguments.to, progress);
    progress.clear();
    for (const std::string& line : whatIsMissing(arguments.from, *recording))
        complain(line);
    if (!written)
        return fail(written.error());
    std::printf("%s: %zu entries, %s, %llu bytes\n", arguments.to.c_str(), recording->entries.size(),
                form == RecordingForm::Packed ? "packed" : "lines",
                static_cast<unsigned long long>(std::filesystem::file_size(arguments.to, ignored)));
    return exit_ok;
}

} // namespace

void addConvert(CLI::App& app, Command& run)
{
    auto arguments = std::make_shared<ConvertArguments>();
    CLI::App* command =
        app.add_subcommand("convert", "Packs a journal file, or makes lines of a packed one; every command reads both");
    command->add_option("IN", arguments->from, "The journal file")->required();
    command->add_option("OUT", arguments->to, "The file to write, in the form that IN has not")->required();
    command->callback([&run, arguments] { run = [arguments] { return convert(*arguments); }; });
}

} // namespace orderlab
