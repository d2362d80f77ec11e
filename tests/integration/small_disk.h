#pragma once
#include <QByteArray>

#include <cerrno>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

namespace orderlab::test {

/// A small disk of its own, mounted on `folder` for as long as this lives.
class SmallDisk {
public:
    explicit SmallDisk(std::string folder) : m_folder(std::move(folder))
    {
        if (::mount("tmpfs", m_folder.c_str(), "tmpfs", 0, "size=160m,mode=0755") != 0)
            m_problem = "cannot mount a tmpfs: " + QByteArray(std::strerror(errno));
    }
    ~SmallDisk() { ::umount2(m_folder.c_str(), MNT_DETACH); }
    QByteArray problem() const { return m_problem; }
    /// Until nothing more can be written.
    void fill() const
    {
        const int file = ::open((m_folder + "/filler").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        off_t size = 0;
        for (off_t piece = 64 << 20; piece >= 4'096; piece /= 2) {
            while (::posix_fallocate(file, size, piece) == 0)
                size += piece;
        }
        ::close(file);
    }
    void clear() const { ::unlink((m_folder + "/filler").c_str()); }

private:
    const std::string m_folder;
    QByteArray m_problem;
};

} // namespace orderlab::test
