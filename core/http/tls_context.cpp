#include "http/tls_context.h"

#include <boost/asio/ssl/context.hpp>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <sys/stat.h>

namespace orderlab {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
using boost::system::error_code;

namespace {

constexpr std::size_t pem_bytes_max = 1024 * 1024; ///< A chain is a few kilobytes; all authorities of a system 250.

/// For TLS 1.2; 1.3 has no others. Keys are agreed for each connection, so that a key that is stolen later opens none.
constexpr const char* forward_secret = "ECDHE+AESGCM:ECDHE+CHACHA20";

Result<std::string> readPem(const std::string& field, const std::string& file)
{
    errno = 0;
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0)
        return invalidArgument(field, file + ": " + std::strerror(errno));
    if (!S_ISREG(status.st_mode) || std::size_t(status.st_size) > pem_bytes_max)
        return invalidArgument(field, file + ": must be a file in PEM of at most 1 MiB");
    std::ifstream in(file, std::ios::binary);
    std::string text(std::size_t(status.st_size), '\0');
    if (!in || !in.read(text.data(), std::streamsize(text.size())))
        return invalidArgument(field, file + ": " + std::strerror(errno ? errno : EIO));
    return text;
}

/// Instead of OpenSSL's own, which asks at the terminal.
int refusePassphrase(char*, int, int, void* was_asked)
{
    if (was_asked)
        *static_cast<bool*>(was_asked) = true;
    return -1;
}

std::string timeText(const ASN1_TIME* time)
{
    std::tm utc{};
    char text[40] = "";
    if (ASN1_TIME_to_tm(time, &utc))
        std::strftime(text, sizeof text, "%Y-%m-%d %H:%M UTC", &utc);
    return text;
}

} // namespace

TlsContext::TlsContext() = default;
TlsContext::~TlsContext() = default;

Result<void> TlsContext::take(const TlsFiles& files)
{
    if (files.certificate.empty())
        return invalidArgument("tls-cert", "is needed where --tls-key is given");
    if (files.key.empty())
        return invalidArgument("tls-key", "is needed where --tls-cert is given");
    const auto chain = readPem("tls-cert", files.certificate);
    if (!chain)
        return chain.error();
    const auto key = readPem("tls-key", files.key);
    if (!key)
        return key.error();
    error_code error;
    m_context->use_certificate_chain(asio::buffer(*chain), error);
    ERR_clear_error();
    if (error)
        return invalidArgument("tls-cert", files.certificate + ": holds no certificate in PEM that a server may use");
    SSL_CTX* const native = m_context->native_handle();
    bool has_passphrase = false;
    SSL_CTX_set_default_passwd_cb(native, refusePassphrase);
    SSL_CTX_set_default_passwd_cb_userdata(native, &has_passphrase);
    m_context->use_private_key(asio::buffer(*key), ssl::context::pem, error);
    SSL_CTX_set_default_passwd_cb_userdata(native, nullptr);
    // A key of another type than the certificate's goes to a place of its own, without an error.
    const bool is_pair = !error && SSL_CTX_check_private_key(native) == 1;
    ERR_clear_error();
    if (has_passphrase)
        return invalidArgument("tls-key", files.key + ": has a passphrase; a server needs its key without one");
    const int reason = ERR_GET_REASON(static_cast<unsigned long>(error.value()));
    const bool is_other = ERR_GET_LIB(static_cast<unsigned long>(error.value())) == ERR_LIB_X509
                          && (reason == X509_R_KEY_VALUES_MISMATCH || reason == X509_R_KEY_TYPE_MISMATCH);
    if (error && !is_other)
        return invalidArgument("tls-key", files.key + ": holds no private key in PEM");
    if (!is_pair)
        return invalidArgument("tls-key", files.key + ": does not belong to the certificate in " + files.certificate);
    look(files);
    return {};
}

void TlsContext::look(const TlsFiles& files)
{
    X509* const certificate = SSL_CTX_get0_certificate(m_context->native_handle());
    const ASN1_TIME* const from = X509_get0_notBefore(certificate);
    const ASN1_TIME* const until = X509_get0_notAfter(certificate);
    char name[256] = "";
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof name);
    m_description = std::string(*name ? "CN=" : "no common name") + name + ", valid until " + timeText(until);
    if (X509_cmp_current_time(until) < 0)
        m_warnings.push_back(files.certificate + " has expired (" + timeText(until) + "): clients refuse it");
    else if (X509_cmp_current_time(from) > 0)
        m_warnings.push_back(files.certificate + " is not valid before " + timeText(from) + ": clients refuse it");
    m_is_out_of_time = !m_warnings.empty();
    struct stat status {};
    if (::stat(files.key.c_str(), &status) == 0 && (status.st_mode & S_IROTH) != 0)
        m_warnings.push_back(files.key + " can be read by every user of this machine: chmod 600 " + files.key);
}

Result<std::shared_ptr<const TlsContext>> TlsContext::forServer(const TlsFiles& files)
{
    std::shared_ptr<TlsContext> made(new TlsContext);
    made->m_context = std::make_unique<ssl::context>(ssl::context::tls_server);
    SSL_CTX* const native = made->m_context->native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(native, forward_secret);
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS); // An idle connection needs none.
    ORDERLAB_TRY(return, made->take(files));
    return std::shared_ptr<const TlsContext>(std::move(made));
}

Result<std::shared_ptr<const TlsContext>> TlsContext::forClient(const std::string& ca_file, const TlsFiles& own)
{
    std::shared_ptr<TlsContext> made(new TlsContext);
    made->m_context = std::make_unique<ssl::context>(ssl::context::tls_client);
    SSL_CTX* const native = made->m_context->native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_verify(native, SSL_VERIFY_PEER, nullptr);
    error_code error;
    if (ca_file.empty()) {
        made->m_context->set_default_verify_paths(error);
    } else {
        const auto authorities = readPem("tls-ca", ca_file);
        if (!authorities)
            return authorities.error();
        made->m_context->add_certificate_authority(asio::buffer(*authorities), error);
        const auto* const known = X509_STORE_get0_objects(SSL_CTX_get_cert_store(native));
        if (error || sk_X509_OBJECT_num(known) == 0)
            return invalidArgument("tls-ca", ca_file + ": holds no certificate in PEM");
    }
    ERR_clear_error();
    if (!own.isEmpty())
        ORDERLAB_TRY(return, made->take(own));
    return std::shared_ptr<const TlsContext>(std::move(made));
}

} // namespace orderlab
