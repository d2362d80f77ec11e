#pragma once
#include "lessons/lesson.h"

#include <QImage>
#include <QString>

#include <vector>

namespace orderlab {
class PlayedWorld;
}

namespace orderlab::ui {

struct HandoutPicture {
    QString caption;
    QImage image;
};

/// The lesson on paper, as a PDF file of A4 pages: what is told, the questions with room for answers, the pictures; on
/// a page of its own what happened in the lesson's run, why, and the answers. Writes it whole, or leaves the file as it
/// was. Empty, or what went wrong. GUI thread.
QString writeHandout(const Lesson& lesson, const PlayedWorld& world, const std::vector<HandoutPicture>& pictures,
                     const QString& file);

/// Its text as Markdown: first the part without answers, then the one with them.
std::pair<QString, QString> handoutText(const Lesson& lesson, const PlayedWorld& world);

} // namespace orderlab::ui
