// Runs a fuzz target: first every file it is given, then inputs made of them that lead to new code.
#include "fuzz/coverage.h"
#include "fuzz/fuzz.h"
#include "fuzz/mutator.h"

#include <sanitizer/common_interface_defs.h>
#include <sanitizer/lsan_interface.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sys/time.h>
#include <unistd.h>

namespace orderlab::fuzz {

namespace {

constexpr const char* usage = "usage: %s [--seed N] [--runs N] [--seconds N] [--save FOLDER] FILE-OR-FOLDER...\n"
                              "Without --runs and --seconds it only runs what it is given.\n";
constexpr std::size_t input_bytes_max = 80 * 1024; ///< A little more than the largest thing that any target accepts.
constexpr std::size_t corpus_max = 20'000;
constexpr unsigned input_seconds_max = 10;
/// A search for leaks takes some hundredths of a second, so one is for many inputs.
constexpr std::size_t inputs_per_leak_search = 5'000;

struct Options {
    std::uint64_t seed = 1;
    std::uint64_t runs = 0;
    std::uint64_t seconds = 0;
    std::filesystem::path save;
    std::vector<std::filesystem::path> files;
};

/// What runs now, for who ends the program in the middle of it.
std::string_view current_input;

void saveInput()
{
    char path[64];
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : current_input)
        hash = (hash ^ std::uint8_t(c)) * 0x100000001b3;
    std::snprintf(path, sizeof path, "crash-%016llx", static_cast<unsigned long long>(hash));
    if (std::FILE* file = std::fopen(path, "wb")) {
        std::fwrite(current_input.data(), 1, current_input.size(), file);
        std::fclose(file);
    }
    std::fprintf(stderr, "fuzz: the input is in %s (%zu bytes); give it to the same program to run it again\n", path,
                 current_input.size());
}

extern "C" void onSignal(int number)
{
    std::fprintf(stderr, "fuzz: %s\n", number == SIGALRM ? "an input takes too long" : "the target has aborted");
    saveInput();
    _exit(1);
}

void runOnce(std::string_view input, Coverage& coverage)
{
    // On the heap and of exactly that size, so that a read past its end is one.
    const std::vector<std::uint8_t> bytes(input.begin(), input.end());
    current_input = input;
    const itimerval limit{{}, {input_seconds_max, 0}}, off{};
    setitimer(ITIMER_REAL, &limit, nullptr);
    coverage.start();
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    coverage.stop();
    setitimer(ITIMER_REAL, &off, nullptr);
}

void searchLeaks()
{
    if (__lsan_do_recoverable_leak_check() == 0)
        return;
    std::fprintf(stderr, "fuzz: one of the last %zu inputs leaks\n", inputs_per_leak_search);
    saveInput();
    _exit(1);
}

std::optional<Options> readOptions(int argc, char** argv)
{
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument(argv[i]);
        if (!argument.starts_with("--")) {
            options.files.emplace_back(argument);
            continue;
        }
        if (++i == argc)
            return {};
        if (argument == "--seed")
            options.seed = std::strtoull(argv[i], nullptr, 10);
        else if (argument == "--runs")
            options.runs = std::strtoull(argv[i], nullptr, 10);
        else if (argument == "--seconds")
            options.seconds = std::strtoull(argv[i], nullptr, 10);
        else if (argument == "--save")
            options.save = argv[i];
        else
            return {};
    }
    return options.files.empty() ? std::nullopt : std::optional(options);
}

std::string contentOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        std::fprintf(stderr, "fuzz: %s cannot be read\n", path.c_str());
        std::exit(2);
    }
    return {std::istreambuf_iterator<char>(file), {}};
}

/// In the order of their names, so that a seed repeats.
std::vector<std::string> readCorpus(const std::vector<std::filesystem::path>& paths)
{
    std::vector<std::filesystem::path> files;
    for (const auto& path : paths) {
        if (!std::filesystem::is_directory(path)) {
            files.push_back(path);
            continue;
        }
        for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
            if (entry.is_regular_file())
                files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    std::vector<std::string> corpus;
    for (const auto& file : files)
        corpus.push_back(contentOf(file));
    return corpus;
}

void save(const std::filesystem::path& folder, const std::string& input, std::uint64_t number)
{
    std::filesystem::create_directories(folder);
    std::ofstream(folder / ("input-" + std::to_string(number)), std::ios::binary) << input;
}

int run(const char* program, const Options& options)
{
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    const auto seconds = [start] { return std::chrono::duration<double>(Clock::now() - start).count(); };
    std::vector<std::string> corpus = readCorpus(options.files);
    const std::size_t given = corpus.size();
    if (given == 0) {
        std::fprintf(stderr, "%s: there is no input to begin with\n", program);
        return 2;
    }
    std::printf("%s: seed %llu, %zu inputs given\n", program, static_cast<unsigned long long>(options.seed), given);
    std::fflush(stdout);
    Coverage coverage;
    for (const std::string& input : corpus) {
        runOnce(input, coverage);
        coverage.mergeNew();
    }
    searchLeaks();
    if (coverage.seen() == 0) {
        std::fprintf(stderr, "%s: no code counts coverage: this would search blindly\n", program);
        return 2;
    }
    Mutator mutator(options.seed, dictionary, input_bytes_max);
    std::uint64_t runs = 0;
    while (runs < options.runs || (options.runs == 0 && seconds() < double(options.seconds))) {
        if (options.seconds != 0 && seconds() >= double(options.seconds))
            break;
        std::string input = mutator.next(corpus);
        runOnce(input, coverage);
        if (++runs % inputs_per_leak_search == 0)
            searchLeaks();
        if (coverage.mergeNew() == 0 || corpus.size() >= corpus_max)
            continue;
        if (!options.save.empty())
            save(options.save, input, runs);
        corpus.push_back(std::move(input));
    }
    searchLeaks();
    std::printf("%s: seed %llu, %llu runs in %.1f s, %zu inputs that lead to something new, %zu steps covered\n",
                program, static_cast<unsigned long long>(options.seed), static_cast<unsigned long long>(runs),
                seconds(), corpus.size() - given, coverage.seen());
    return 0;
}

} // namespace

void require(bool holds, std::string_view what)
{
    if (holds)
        return;
    std::fprintf(stderr, "fuzz: this does not hold: %.*s\n", int(what.size()), what.data());
    saveInput();
    _exit(1);
}

} // namespace orderlab::fuzz

/// Memory is bounded too: what one request or line can make the program take has to be far below this.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options()
{
    return "hard_rss_limit_mb=4096:detect_leaks=1:detect_stack_use_after_return=1";
}

int main(int argc, char** argv)
{
    using namespace orderlab::fuzz;
    const auto options = readOptions(argc, argv);
    if (!options) {
        std::fprintf(stderr, usage, argv[0]);
        return 2;
    }
    __sanitizer_set_death_callback(saveInput);
    std::signal(SIGALRM, onSignal);
    std::signal(SIGABRT, onSignal);
    const char* slash = std::strrchr(argv[0], '/');
    return run(slash ? slash + 1 : argv[0], *options);
}
