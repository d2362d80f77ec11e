#include "lessons/shipped_lessons.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace orderlab {

namespace {

Result<std::string> textOfFile(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return Error{ErrorCode::Unavailable,
                     Retry::Never,
                     path + " cannot be read: " + std::generic_category().message(errno),
                     {}};
    std::string text(Lesson::bytes_max + 1, '\0'); // One more, so that readLesson() sees that it is too large.
    file.read(text.data(), std::streamsize(text.size()));
    text.resize(std::size_t(file.gcount()));
    return text;
}

} // namespace

Result<LessonSource> findLesson(const std::string& name)
{
    std::error_code ignored;
    if (std::filesystem::exists(name, ignored) && !std::filesystem::is_directory(name, ignored)) {
        auto text = textOfFile(name);
        if (!text)
            return text.error();
        return LessonSource{name, std::filesystem::path(name).stem().string(), std::move(*text)};
    }
    const auto all = shippedLessons();
    const auto found = std::find_if(all.begin(), all.end(), [&](const EmbeddedText& one) { return one.name == name; });
    if (found != all.end())
        return LessonSource{name + ".md", name, std::string(found->text)};
    std::string names;
    for (const EmbeddedText& one : all)
        names.append(names.empty() ? "" : ", ").append(one.name);
    return Error{ErrorCode::NotFound, Retry::Never, name + " is neither a file nor one of the lessons: " + names, {}};
}

Lesson shippedLesson(std::string_view name)
{
    const auto source = findLesson(std::string(name));
    std::vector<LessonProblem> problems;
    auto lesson = source ? readLesson(source->text, source->name, problems) : std::nullopt;
    if (!lesson)
        throw std::logic_error(source ? toString(problems.front(), source->file) : source.error().message);
    return std::move(*lesson);
}

} // namespace orderlab
