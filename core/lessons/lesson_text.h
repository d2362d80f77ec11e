#pragma once
#include "lessons/played_world.h"

namespace orderlab {

/// Where a text of a lesson has {{…}}, it tells of the learner's own run:
///   {{count QUERY}}   how many entries it means, as a number
///   {{orders QUERY}}  about how many different orders
///   {{first QUERY}}   when the first one happened: "0.233 s"; "never"
///   {{last QUERY}}    the last one
///   {{entry QUERY}}   the first one as a line of the journal
///   {{broken NAME}}   why the invariant broke first: the explanation that `simulate` gives; or that it holds
///   {{story}}         the story of the order that the lesson is about, a step a line, as `orderlabd why` tells it
/// Nothing else stands in braces. A value of an unknown word is noted by markProblems().
std::string filled(std::string_view text, const Lesson& lesson, const PlayedWorld& world);

/// What is wrong with the marks of a text, in words; empty: nothing.
std::vector<std::string> markProblems(std::string_view text);

/// The order that the lesson tells of, in this run; null where there is none.
OrderId storyOrder(const Lesson& lesson, const PlayedWorld& world);

} // namespace orderlab
