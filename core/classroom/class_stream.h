#pragma once
#include "classroom/class_pages.h"
#include "classroom/classroom.h"
#include "http/http_message.h"

namespace orderlab {

/// One open page of a student as server-sent events: each is a part of the page that has changed, with the place up to
/// which the page is then whole as its id. A browser that comes back (Last-Event-ID) is told what it has missed, and no
/// more. Changes within a tenth of a second go together.
class ClassStream final : public ResponseStream {
public:
    /// `classroom.openStream(student)` was true. `place`: what the browser has already; nothing: nothing.
    ClassStream(Runtime& runtime, std::shared_ptr<Classroom> classroom, const ClassPages& pages, unsigned student,
                Language language, std::optional<PagePlace> place);
    ~ClassStream() override;

    Task<std::optional<std::string>> next() override;

private:
    std::string changes();

    Runtime& m_runtime;
    const std::shared_ptr<Classroom> m_classroom;
    const ClassPages& m_pages;
    const unsigned m_student;
    const Language m_language;
    PagePlace m_place;
    TimePoint m_spoken;
    bool m_has_begun = false, m_is_gone = false;
};

} // namespace orderlab
