#include "bus/event_bus.h"
