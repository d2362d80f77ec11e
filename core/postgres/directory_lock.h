#pragma once
#include "runtime/runtime.h"

#include <filesystem>

namespace orderlab {

/// The exclusive right to a data directory, given up with the process however it ends. One coroutine at a time.
class DirectoryLock {
public:
    DirectoryLock() = default;
    ~DirectoryLock() { release(); }
    DirectoryLock(const DirectoryLock&) = delete;
    DirectoryLock& operator=(const DirectoryLock&) = delete;

    /// Waits for the guard of a start that is gone, which holds the lock until that start's server has ended.
    /// Errors: AlreadyExists (Never, field "data-dir") while another Orderlab has it, with its process; Rejected
    /// (Never) where nothing can be written.
    Task<Result<void>> take(Runtime& runtime, const std::filesystem::path& data_dir);
    int descriptor() const { return m_descriptor; }
    void release();

private:
    int m_descriptor = -1;
};

} // namespace orderlab
