#pragma once
#include "classroom/class_pages.h"
#include "classroom/classroom.h"
#include "http/router.h"
#include "service/order_service.h"

namespace orderlab {

/// What the students' routes stand on. Called from any of the server's threads.
struct ClassServices {
    Runtime& runtime;
    std::shared_ptr<Classroom> classroom;
    std::shared_ptr<const ClassPages> pages;
    std::function<OrderService*()> orders; ///< Null while services are coming up or going down.
};

/// Adds all that a student can ask for: GET /, /class.css, /class.js, /me and /events, POST /join, /buy and /vote. Each
/// but the first three and /join needs the student's cookie. Nothing names an order or another student, so there is no
/// way to either. Answers carry a Content-Security-Policy that lets nothing but these two files work.
void addClassRoutes(Router& router, ClassServices services);

/// What a student's browser sends as proof.
inline constexpr std::string_view class_cookie = "orderlab_class";

} // namespace orderlab
