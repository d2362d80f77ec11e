#pragma once
#include "base/result.h"

#include <filesystem>
#include <string>

namespace orderlab {

// Where a private server (private_postgres.h) has its things. Any thread.

/// Absolute and without links, so that two names of one folder are one; as it is where that cannot be found out.
std::filesystem::path canonicalDataDir(const std::filesystem::path& data_dir);

/// Of a canonical data directory: beside the cluster, or in /tmp under a name of its own where that would be too long
/// for a socket, or has characters that lists of folders and hosts are split at. The same in every process.
std::filesystem::path socketFolder(const std::filesystem::path& data_dir);

/// A URL for libpq and psql, percent-encoded.
std::string postgresSocketUrl(const std::filesystem::path& socket_folder, std::string_view database);

/// Error: Rejected for a path in which initdb, or the first line of postmaster.pid, would go wrong.
Result<void> checkDataDir(const std::string& path);

/// Rejected (Never), field "data-dir".
Error dataDirRefused(std::string message);

} // namespace orderlab
