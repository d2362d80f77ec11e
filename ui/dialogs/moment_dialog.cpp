#include "ui/dialogs/moment_dialog.h"

#include "ui/export/whole_file.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace orderlab::ui {

namespace {

constexpr int shown_pixels_max = 420; ///< A side of the code in the dialog: it fits the smallest window.
constexpr int saved_pixels_a_module = 8;

} // namespace

MomentDialog::MomentDialog(const Result<std::string>& line, Scenario scenario, QWidget* parent)
    : QDialog(parent), m_line(line ? QString::fromStdString(*line) : QString()), m_scenario(std::move(scenario))
{
    setObjectName(QStringLiteral("momentDialog"));
    setWindowTitle(tr("This moment"));
    setMinimumWidth(520);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 16);
    column->setSpacing(10);
    column->addWidget(titleLabel(tr("This moment for somebody else"), this));
    auto code = line ? QrCode::of(m_line) : Result<QrCode>(line.error());
    m_note = new QLabel(this);
    m_note->setObjectName(QStringLiteral("momentNote"));
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    if (code) {
        m_code = std::move(*code);
        auto* picture = new QLabel(this);
        picture->setObjectName(QStringLiteral("momentCode"));
        picture->setAccessibleName(tr("QR code of the line below"));
        picture->setPixmap(QPixmap::fromImage(
            m_code->image(std::max(2, shown_pixels_max / (m_code->modules() + 2 * QrCode::quiet_modules)))));
        picture->setAlignment(Qt::AlignCenter);
        column->addWidget(picture);
        m_note->setText(tr("Whoever reads it opens it with orderlab LINE, in the window with Ctrl+Shift+V, or "
                           "with orderlabd why LINE."));
    } else {
        m_note->setText(tr("There is no QR code of this moment: %1. Send the scenario as a file instead.")
                            .arg(QString::fromStdString(code.error().message)));
    }
    column->addWidget(m_note);
    auto* text = new QPlainTextEdit(m_line, this);
    text->setObjectName(QStringLiteral("momentLine"));
    text->setAccessibleName(tr("The line"));
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    text->setFont(Theme::monoFont(11));
    text->setWordWrapMode(QTextOption::WrapAnywhere);
    text->setFixedHeight(84);
    text->setVisible(!m_line.isEmpty());
    column->addWidget(text);
    auto* buttons = new QHBoxLayout;
    const auto button = [&](const char* object, const QString& words, auto run) {
        auto* made = new QPushButton(words, this);
        made->setObjectName(QLatin1String(object));
        made->setAutoDefault(false);
        connect(made, &QPushButton::clicked, this, run);
        buttons->addWidget(made);
        return made;
    };
    button("copyMoment", tr("Copy the line"), [this] {
        QApplication::clipboard()->setText(m_line);
        m_note->setText(tr("Copied."));
    })->setVisible(!m_line.isEmpty());
    button("saveMomentPng", tr("Save the picture…"), [this] { askForPng(); })->setVisible(m_code.has_value());
    button("saveMomentScenario", tr("Save the scenario…"), [this] { askForScenario(); })->setVisible(!m_code);
    buttons->addStretch(1);
    auto* close = button("closeMoment", tr("Close"), [this] { reject(); });
    close->setProperty("primary", true);
    close->setDefault(true);
    column->addLayout(buttons);
    close->setFocus();
}

QString MomentDialog::savePng(const QString& file) const
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!m_code || !m_code->image(saved_pixels_a_module).save(&buffer, "PNG"))
        return tr("%1 is not saved: there is no code").arg(file);
    const QString problem = writeWhole(file, bytes);
    return problem.isEmpty() ? QString() : tr("%1 is not saved: %2").arg(file, problem);
}

QString MomentDialog::saveScenario(const QString& file) const
{
    const QString problem = writeWhole(file, QByteArray::fromStdString(m_scenario.toJson()));
    return problem.isEmpty() ? QString() : tr("%1 is not saved: %2").arg(file, problem);
}

void MomentDialog::askForPng()
{
    const QString file = QFileDialog::getSaveFileName(this, tr("Save the picture"), QStringLiteral("moment.png"),
                                                      tr("Pictures (*.png)"));
    if (!file.isEmpty())
        tell(savePng(file), file);
}

void MomentDialog::askForScenario()
{
    const QString file = QFileDialog::getSaveFileName(this, tr("Save the scenario"),
                                                      QString::fromStdString(m_scenario.name) + QStringLiteral(".json"),
                                                      tr("Scenarios (*.json)"));
    if (!file.isEmpty())
        tell(saveScenario(file), file);
}

void MomentDialog::tell(const QString& problem, const QString& file)
{
    m_note->setText(problem.isEmpty() ? tr("Saved: %1").arg(file) : problem);
}

} // namespace orderlab::ui
