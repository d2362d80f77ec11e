#pragma once
#include "classroom/classroom_server.h"
#include "http/router.h"

namespace orderlab {

/// Adds the teacher's routes to the operators' API: GET /classroom, POST /classroom/question, /votes, /reveal, /lock
/// and /show, DELETE /classroom/students/{number}, GET /classroom/results. They exist whether or not a class is on;
/// without one they answer 404. `classroom` is called from any of the server's threads; null: no class is on.
void addClassroomApi(Router& router, std::function<ClassroomServer*()> classroom);

} // namespace orderlab
