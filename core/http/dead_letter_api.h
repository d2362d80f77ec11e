#pragma once
#include "http/router.h"
#include "service/dead_letter_service.h"

namespace orderlab {

/// Adds /dead-letters, /dead-letters/causes, /dead-letters/{id} and what replays and discards them.
/// `service` is called from any of the server's threads; null while services are coming up or going down: 503.
void addDeadLetterApi(Router& router, std::function<DeadLetterService*()> service);

} // namespace orderlab
