#include "classroom/class_stream.h"

namespace orderlab {

namespace {

constexpr Duration look_every{std::chrono::milliseconds{100}};
constexpr Duration heartbeat_every{std::chrono::seconds{10}};

std::string message(std::string_view event, const PagePlace& place, std::string_view html)
{
    std::string out = "id: " + place.toString() + "\nevent: ";
    return out.append(event).append("\ndata: ").append(html).append("\n\n");
}

} // namespace

ClassStream::ClassStream(Runtime& runtime, std::shared_ptr<Classroom> classroom, const ClassPages& pages,
                         unsigned student, Language language, std::optional<PagePlace> place)
    : m_runtime(runtime), m_classroom(std::move(classroom)), m_pages(pages), m_student(student), m_language(language),
      m_place(place.value_or(PagePlace{})), m_spoken(runtime.now())
{}

ClassStream::~ClassStream()
{
    m_classroom->closeStream(m_student);
}

std::string ClassStream::changes()
{
    const auto place = m_classroom->placeOf(m_student);
    if (place == m_place)
        return {};
    const auto view = m_classroom->viewOf(m_student);
    if (!view) {
        m_is_gone = true;
        return "event: gone\ndata: \n\n";
    }
    std::string out;
    const auto add = [&](std::string_view part, std::uint64_t PagePlace::*version, const auto& render) {
        if (m_place.*version == view->place.*version)
            return;
        m_place.*version = view->place.*version;
        out += message(part, m_place, render());
    };
    add("board", &PagePlace::board, [&] { return m_pages.boardPart(m_language, *view); });
    add("orders", &PagePlace::orders, [&] { return m_pages.ordersPart(m_language, *view); });
    add("shown", &PagePlace::shown, [&] { return m_pages.shownPart(m_language, *view); });
    return out;
}

Task<std::optional<std::string>> ClassStream::next()
{
    if (m_is_gone)
        co_return std::nullopt;
    if (!m_has_begun) {
        m_has_begun = true;
        co_return "retry: 1000\n\n" + changes();
    }
    co_await m_runtime.sleep(look_every);
    std::string out = changes();
    const TimePoint now = m_runtime.now();
    if (out.empty() && now - m_spoken >= heartbeat_every)
        out = ":\n\n";
    if (!out.empty())
        m_spoken = now;
    co_return out;
}

} // namespace orderlab
