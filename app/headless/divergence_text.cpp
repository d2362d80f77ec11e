#include "headless/divergence_text.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace orderlab {

namespace {

void printEntry(const char* which, int width, const std::string& entry, double seconds)
{
    if (entry.empty())
        std::printf("  %-*s  nothing\n", width, which);
    else
        std::printf("  %-*s  %10.6f s  %s\n", width, which, seconds, entry.c_str());
}

} // namespace

void printDivergence(const Divergence& divergence, const char* first, const char* second)
{
    const int width = int(std::max(std::strlen(first), std::strlen(second)));
    printEntry(first, width, divergence.first, divergence.first_seconds);
    printEntry(second, width, divergence.second, divergence.second_seconds);
}

JsonNode treeOf(const std::string& text)
{
    JsonProblem problem;
    auto node = parseJsonTree(text, problem);
    return node ? std::move(*node) : JsonNode{};
}

} // namespace orderlab
