#pragma once
#include "base/result.h"

#include <memory>
#include <string>
#include <vector>

namespace boost::asio::ssl {
class context;
}

namespace orderlab {

/// Where a server's certificate and its private key are, both in PEM. Both empty: no TLS.
struct TlsFiles {
    std::string certificate; ///< The server's own first, then those between it and the authority.
    std::string key;         ///< Without a passphrase: nobody is there to type it.

    bool isEmpty() const { return certificate.empty() && key.empty(); }
};

/// The settings of one side of TLS connections: TLS 1.2 and 1.3 (RFC 5246, 8446), with forward secrecy, through
/// OpenSSL. Constant after it was made; any thread; connections keep what they began with.
class TlsContext {
public:
    /// Reads the files. Errors: InvalidArgument, field "tls-cert" or "tls-key": a file is missing, cannot be read, is
    /// larger than 1 MiB or holds nothing of the kind; the key has a passphrase or belongs to another certificate.
    /// A certificate that has expired, or whose time has not come, is no error: see warnings().
    static Result<std::shared_ptr<const TlsContext>> forServer(const TlsFiles& files);
    /// Trusts the authorities of `ca_file` (PEM) and no others; where it is empty, those that the system trusts.
    /// `own`: shown to a server that asks for a certificate. Errors: InvalidArgument, field "tls-ca"; of `own` as of
    /// forServer().
    static Result<std::shared_ptr<const TlsContext>> forClient(const std::string& ca_file, const TlsFiles& own = {});
    ~TlsContext();

    boost::asio::ssl::context& native() const { return *m_context; }
    /// Of a server's: "CN=shop.example, valid until 2027-01-31 12:00 UTC".
    const std::string& description() const { return m_description; }
    /// Of a server's: whether clients refuse the certificate now, as it has expired or is not valid yet.
    bool isOutOfTime() const { return m_is_out_of_time; }
    /// Of a server's: sentences for its log, about a certificate out of its time and a key that others can read.
    const std::vector<std::string>& warnings() const { return m_warnings; }

private:
    TlsContext();
    Result<void> take(const TlsFiles& files);
    void look(const TlsFiles& files);

    std::unique_ptr<boost::asio::ssl::context> m_context;
    std::string m_description;
    bool m_is_out_of_time = false;
    std::vector<std::string> m_warnings;
};

} // namespace orderlab
