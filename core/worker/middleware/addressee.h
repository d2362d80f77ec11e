#pragma once
#include "worker/attempt.h"

namespace orderlab {

/// Skips events that are addressed to another group (targetGroupOf()): replayed dead letters, which their own group
/// alone is to handle. To every other group they are copies of an event that lies earlier in the same partition, so the
/// journal calls them what they are: duplicate-skipped, with the addressee as its detail. The inbox has no part in it,
/// so this holds with the inbox off, too, and for an event that was corrected before it was replayed.
///
/// Of many events, one that is to be skipped fails the attempt before anything has happened, so that they are taken one
/// by one.
Next withAddressee(WorkerDeps deps, Next next);

} // namespace orderlab
