#include "journal/journal_hash.h"

#include <openssl/evp.h>

#include <stdexcept>
#include <type_traits>

namespace orderlab {

namespace {
constexpr std::size_t buffer_size = 64 * 1024;

struct ContextDeleter {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, ContextDeleter>;

/// SHA-256 cannot fail for want of anything but memory.
void require(int result)
{
    if (result != 1)
        throw std::runtime_error("SHA-256 failed");
}
} // namespace

struct JournalHash::Digest {
    Context context{EVP_MD_CTX_new()};
};

JournalHash::JournalHash() : m_digest(std::make_unique<Digest>())
{
    require(m_digest->context != nullptr);
    require(EVP_DigestInit_ex(m_digest->context.get(), EVP_sha256(), nullptr));
    m_buffer.reserve(buffer_size + 1024);
}

JournalHash::~JournalHash() = default;

/// Little-endian on every machine.
template <typename Number>
void JournalHash::put(Number number)
{
    auto bits = std::make_unsigned_t<Number>(number);
    for (std::size_t i = 0; i < sizeof(Number); ++i) {
        m_buffer.push_back(char(bits & 0xff));
        if constexpr (sizeof(Number) > 1)
            bits = std::make_unsigned_t<Number>(bits >> 8);
    }
}

void JournalHash::putName(NameId name, const Names& names)
{
    if (m_use_of_name.size() <= name)
        m_use_of_name.resize(std::size_t(name) + 1);
    const bool is_new = m_use_of_name[name] == 0;
    if (is_new)
        m_use_of_name[name] = ++m_names_used;
    put(m_use_of_name[name]);
    if (!is_new)
        return;
    const std::string_view text = names.text(name);
    put(std::uint32_t(text.size()));
    m_buffer.append(text);
}

void JournalHash::add(std::span<const Entry> entries, const Names& names)
{
    for (const Entry& entry : entries) {
        put(std::uint8_t(entry.kind));
        put(entry.time_us);
        put(entry.order.high);
        put(entry.order.low);
        put(entry.event.high);
        put(entry.event.low);
        put(entry.offset);
        put(entry.value);
        put(entry.attempt);
        put(entry.partition);
        for (NameId name : {entry.topic, entry.group, entry.actor, entry.detail})
            putName(name, names);
        if (m_buffer.size() >= buffer_size)
            flush();
    }
    flush();
}

void JournalHash::flush()
{
    require(EVP_DigestUpdate(m_digest->context.get(), m_buffer.data(), m_buffer.size()));
    m_buffer.clear();
}

std::string JournalHash::hex() const
{
    const Context copy{EVP_MD_CTX_new()};
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    require(copy != nullptr);
    require(EVP_MD_CTX_copy_ex(copy.get(), m_digest->context.get()));
    require(EVP_DigestFinal_ex(copy.get(), digest, &size));
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
        text.push_back(digits[digest[i] >> 4]);
        text.push_back(digits[digest[i] & 15]);
    }
    return text;
}

std::string journalSha256(std::span<const Entry> entries, const Names& names)
{
    JournalHash hash;
    hash.add(entries, names);
    return hash.hex();
}

} // namespace orderlab
