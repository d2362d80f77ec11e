#include "ui/theme/motion.h"

#include "ui/theme/system_look.h"

#include <QApplication>
#include <QStyle>

namespace orderlab::ui {

Motion& Motion::instance()
{
    static Motion motion;
    return motion;
}

Motion::Motion()
{
    connect(&SystemLook::instance(), &SystemLook::changed, this, &Motion::changed);
}

bool Motion::isReduced() const
{
    return m_is_reduced || SystemLook::instance().wishes().wants_less_motion
           || QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration) == 0;
}

void Motion::setReduced(bool reduced)
{
    if (std::exchange(m_is_reduced, reduced) != reduced)
        Q_EMIT changed();
}

} // namespace orderlab::ui
