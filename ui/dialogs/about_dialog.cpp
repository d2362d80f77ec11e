#include "ui/dialogs/about_dialog.h"

#include "ui/theme/theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QVBoxLayout>

namespace orderlab::ui {

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("About Orderlab"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 16);
    column->setSpacing(10);
    auto* name = new QLabel(tr("Orderlab %1").arg(QLatin1String(ORDERLAB_VERSION)), this);
    name->setFont(Theme::textFont(18, QFont::Bold));
    auto* what = new QLabel(tr("A desktop lab for event-driven systems. It runs a real order-processing system "
                               "and shows it working: every event, attempt, retry, offset and row."),
                            this);
    what->setWordWrap(true);
    what->setMinimumWidth(380);
    auto* licence = new QLabel(tr("Free software under the GNU General Public License, version 3 or later.\n"
                                  "Built with Qt %1.")
                                   .arg(QLatin1String(qVersion())),
                               this);
    licence->setProperty("role", QStringLiteral("muted"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (QWidget* widget : {static_cast<QWidget*>(name), static_cast<QWidget*>(what), static_cast<QWidget*>(licence),
                            static_cast<QWidget*>(buttons)})
        column->addWidget(widget);
}

} // namespace orderlab::ui
