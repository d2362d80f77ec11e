#include "ui/models/qr_code.h"

#include <cerrno>
#include <cstring>
#include <memory>
#include <qrencode.h>

namespace orderlab::ui {

namespace {

struct CodeDeleter {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

} // namespace

Result<QrCode> QrCode::of(const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    if (bytes.size() > bytes_max)
        return Error{ErrorCode::Exhausted,
                     Retry::Never,
                     "it has " + std::to_string(bytes.size())
                         + " bytes, and a QR code that is read off a screen has at "
                           "most "
                         + std::to_string(bytes_max),
                     {}};
    const std::unique_ptr<QRcode, CodeDeleter> code(QRcode_encodeData(
        int(bytes.size()), reinterpret_cast<const unsigned char*>(bytes.constData()), 0, QR_ECLEVEL_M));
    if (!code)
        return Error{ErrorCode::Internal, Retry::Never, std::string("no QR code: ") + std::strerror(errno), {}};
    QrCode made;
    made.m_modules = code->width;
    const std::size_t count = std::size_t(code->width) * std::size_t(code->width);
    for (std::size_t i = 0; i < count; ++i)
        made.m_dark.push_back((code->data[i] & 1u) != 0);
    return made;
}

QImage QrCode::image(int pixels) const
{
    const int side = m_modules + 2 * quiet_modules;
    QImage small(side, side, QImage::Format_Grayscale8);
    small.fill(Qt::white);
    for (int y = 0; y < m_modules; ++y) {
        for (int x = 0; x < m_modules; ++x) {
            if (isDark(x, y))
                small.setPixelColor(x + quiet_modules, y + quiet_modules, Qt::black);
        }
    }
    return small.scaled(side * pixels, side * pixels); // Sharp edges.
}

} // namespace orderlab::ui
