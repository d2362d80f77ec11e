// Makes one mistake, on purpose, that a sanitizer has to report. See CMakeLists.txt.
#include <climits>
#include <cstdio>
#include <cstring>
#include <memory>
#include <thread>

namespace {

/// Volatile, so that the compiler cannot see the mistake and leave it out.
volatile int zero = 0;
int* volatile forgotten = nullptr;

int useAfterFree()
{
    auto owner = std::make_unique<int>(42);
    int* volatile dangling = owner.get();
    owner.reset();
    return *dangling;
}

int leak()
{
    // Several, as a copy of one that stays in a register or on the stack counts as reachable.
    for (int i = 0; i < 4; ++i)
        forgotten = new int[1'000]{};
    forgotten = nullptr;
    return 0;
}

int overflow()
{
    return INT_MAX - zero + 1 - zero;
}

int race()
{
    static int shared = 0;
    const auto count = [] {
        for (int i = 0; i < 10'000; ++i)
            shared = shared + 1;
    };
    std::thread other(count);
    count();
    other.join();
    return shared;
}

} // namespace

int main(int argc, char** argv)
{
    const char* mistake = argc > 1 ? argv[1] : "";
    if (std::strcmp(mistake, "use-after-free") == 0)
        std::printf("%d\n", useAfterFree());
    else if (std::strcmp(mistake, "leak") == 0)
        std::printf("%d\n", leak());
    else if (std::strcmp(mistake, "overflow") == 0)
        std::printf("%d\n", overflow());
    else if (std::strcmp(mistake, "race") == 0)
        std::printf("%d\n", race());
    else
        return 2;
    return 0;
}
