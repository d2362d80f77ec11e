#include "classroom/qr_text.h"

#include <memory>
#include <qrencode.h>

namespace orderlab {

namespace {

struct CodeDeleter {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

constexpr int quiet_modules = 4;

} // namespace

std::string qrText(std::string_view text)
{
    const std::unique_ptr<QRcode, CodeDeleter> code(
        QRcode_encodeData(int(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
    if (!code)
        return {};
    const auto is_dark = [&](int x, int y) {
        return x >= 0 && y >= 0 && x < code->width && y < code->width
               && (code->data[std::size_t(y) * std::size_t(code->width) + std::size_t(x)] & 1u) != 0;
    };
    std::string out;
    for (int y = -quiet_modules; y < code->width + quiet_modules; y += 2) {
        out += "\033[30;107m"; // Black on white, whatever the terminal's colours are.
        for (int x = -quiet_modules; x < code->width + quiet_modules; ++x) {
            const bool upper = is_dark(x, y), lower = is_dark(x, y + 1);
            out += upper && lower ? "█" : upper ? "▀" : lower ? "▄" : " ";
        }
        out += "\033[0m\n";
    }
    return out;
}

} // namespace orderlab
