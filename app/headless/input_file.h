#pragma once
#include "base/result.h"

#include <array>
#include <atomic>
#include <istream>
#include <streambuf>
#include <string>

namespace orderlab {

/// A file, a pipe or standard input ("-") as a stream that can be asked whether reading would wait, and whose waiting
/// ends when `stop` is set: the stream is bad() then. One thread at a time.
class InputFile final : private std::streambuf {
public:
    explicit InputFile(const std::atomic<bool>& stop) : m_stop(stop), m_stream(this) {}
    ~InputFile() override;
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    /// Error: NotFound when `path` cannot be read.
    Result<void> open(const std::string& path);
    std::istream& stream() { return m_stream; }
    /// 0 when that is unknown, as of a pipe.
    std::uint64_t size() const { return m_size; }
    /// Whether the next read returns at once: with bytes, at the end, or with an error.
    bool isReady() const;
    /// Whether `path` is this very file.
    bool isSameAs(const std::string& path) const;

private:
    int_type underflow() override;

    const std::atomic<bool>& m_stop;
    std::istream m_stream;
    int m_descriptor = -1;
    std::uint64_t m_size = 0;
    std::array<char, 64 * 1024> m_block;
};

} // namespace orderlab
