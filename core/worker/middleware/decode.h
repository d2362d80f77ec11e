#pragma once
#include "worker/attempt.h"

namespace orderlab {

/// Fails what is none of our events (Event::undecodable) with the record's own error, which is Never to be retried, so
/// that it is given up at its first attempt. No handler and no other policy sees it: it is the outermost of the steps
/// that retry and dead letters take, before who it is addressed to or whether it was done already is looked at, as all
/// that is known of such a record is where it lies.
///
/// Of many events, one such fails the attempt before anything has happened, so that they are taken one by one: it hurts
/// no other.
Next withDecoding(Next next);

} // namespace orderlab
