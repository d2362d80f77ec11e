// Notifies customers of everything that happens to their orders, as Orderlab's own notification group does.
//
//     orderlabd worker test 'node notification.js' --group notification --seeds 200
"use strict";

const { run } = require("./orderlab_worker.js");

run((attempt) => attempt.notify(), { pipeline: 64 });
