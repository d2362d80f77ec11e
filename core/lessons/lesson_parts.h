#pragma once
#include "lessons/toml_fields.h"

namespace orderlab {

// Each reads one table of a lesson's file, and notes what is wrong with it. The caller finishes the fields.

Prediction readPrediction(TomlFields& fields);
Puzzle readPuzzle(TomlFields& fields);
ModifyTask readModify(TomlFields& fields);
Drill readDrill(TomlFields& fields);
MakeTask readMake(TomlFields& fields);

} // namespace orderlab
