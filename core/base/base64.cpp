#include "base/base64.h"

#include <openssl/evp.h>

namespace orderlab {

std::string toBase64(std::string_view bytes)
{
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0'); // It writes a NUL behind.
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()), int(bytes.size()));
    text.resize(std::size_t(size));
    return text;
}

} // namespace orderlab
