#include "observe/process_metrics.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <sys/resource.h>
#include <unistd.h>

namespace orderlab {

namespace {

using enum MetricType;

/// What of /proc/self/stat counts here; proc(5).
struct ProcessStat {
    double cpu_seconds = 0;
    double started_after_boot = 0; ///< Seconds.
    double virtual_bytes = 0;
    double resident_bytes = 0;
};

std::optional<ProcessStat> readStat()
{
    std::ifstream file("/proc/self/stat");
    std::string text;
    std::getline(file, text);
    const auto name_end = text.rfind(')'); // The name before may have blanks and parentheses.
    if (name_end == std::string::npos)
        return {};
    std::istringstream rest(text.substr(name_end + 1));
    std::vector<std::string> fields;
    for (std::string field; rest >> field;)
        fields.push_back(std::move(field));
    constexpr std::size_t first = 3; // The number of the first field behind the name.
    if (fields.size() <= 24 - first)
        return {};
    const auto field = [&](std::size_t number) { return std::strtod(fields[number - first].c_str(), nullptr); };
    const auto ticks = double(::sysconf(_SC_CLK_TCK));
    return ProcessStat{(field(14) + field(15)) / ticks, field(22) / ticks, field(23),
                       field(24) * double(::sysconf(_SC_PAGESIZE))};
}

/// Seconds since 1970.
std::optional<double> bootTime()
{
    std::ifstream file("/proc/stat");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("btime "))
            return std::strtod(line.c_str() + 6, nullptr);
    }
    return {};
}

std::optional<double> openDescriptors()
{
    std::error_code error;
    double count = -1; // Not the one that counts.
    for (std::filesystem::directory_iterator entry("/proc/self/fd", error), end; !error && entry != end;
         entry.increment(error))
        ++count;
    return error ? std::nullopt : std::optional(count);
}

struct ProcessMetric {
    MetricKind kind;
    std::optional<double> (*read)();
};

std::span<const ProcessMetric> processMetrics()
{
    static constexpr ProcessMetric rows[] = {
        {{"process_cpu_seconds_total", Counter, "CPU time, user and system."},
         [] {
             const auto stat = readStat();
             return stat ? std::optional(stat->cpu_seconds) : std::nullopt;
         }},
        {{"process_resident_memory_bytes", Gauge, "Memory that is in RAM."},
         [] {
             const auto stat = readStat();
             return stat ? std::optional(stat->resident_bytes) : std::nullopt;
         }},
        {{"process_virtual_memory_bytes", Gauge, "Address space in use."},
         [] {
             const auto stat = readStat();
             return stat ? std::optional(stat->virtual_bytes) : std::nullopt;
         }},
        {{"process_start_time_seconds", Gauge, "When the process started, since 1970."},
         [] {
             const auto stat = readStat();
             const auto boot = bootTime();
             return stat && boot ? std::optional(*boot + stat->started_after_boot) : std::nullopt;
         }},
        {{"process_open_fds", Gauge, "Open file descriptors."}, openDescriptors},
        {{"process_max_fds", Gauge, "How many file descriptors may be open."},
         [] {
             rlimit limit{};
             const bool is_known = ::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
             return is_known ? std::optional(double(limit.rlim_cur)) : std::nullopt;
         }},
    };
    return rows;
}

const MetricKind& buildInfo()
{
    static const MetricKind kind{"orderlab_build_info", Info, "The program.", {"version", "compiler"}};
    return kind;
}

} // namespace

void collectProcessMetrics(std::vector<MetricFamily>& out)
{
    for (const ProcessMetric& metric : processMetrics()) {
        if (const auto value = metric.read())
            out.push_back({&metric.kind, {{{}, *value}}});
    }
    out.push_back({&buildInfo(), {{{ORDERLAB_VERSION, "GCC " __VERSION__}, 1}}});
}

std::vector<const MetricKind*> processMetricKinds()
{
    std::vector<const MetricKind*> kinds{&buildInfo()};
    for (const ProcessMetric& metric : processMetrics())
        kinds.push_back(&metric.kind);
    return kinds;
}

} // namespace orderlab
