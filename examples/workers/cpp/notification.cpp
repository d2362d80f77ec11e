// Notifies customers of everything that happens to their orders, as Orderlab's own notification group does.
//
//     g++ -std=c++17 notification.cpp -o notification
//     orderlabd worker test ./notification --group notification --seeds 200
#include "orderlab_worker.hpp"

static void handle(orderlab::Attempt& attempt)
{
    attempt.notify();
}

int main()
{
    return orderlab::run(handle, 64);
}
