#include "ui/dialogs/record_dialog.h"

#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>

namespace orderlab::ui {

namespace {

QString offeredFile(const QString& folder)
{
    const QDir where(folder.isEmpty() || !QDir(folder).exists()
                         ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)
                         : folder);
    return where.filePath(QStringLiteral("orderlab-%1.jsonl")
                              .arg(QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd-HHmmss"))));
}

} // namespace

RecordDialog::RecordDialog(const QString& folder, int mib, QWidget* parent)
    : QDialog(parent), m_file(new QLineEdit(offeredFile(folder), this)), m_note(new QLabel(this)),
      m_mib(new QSpinBox(this))
{
    setObjectName(QStringLiteral("recordDialog"));
    setWindowTitle(tr("Record"));
    setMinimumWidth(560);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 16);
    column->setSpacing(10);
    column->addWidget(titleLabel(tr("Record what this system does"), this));
    auto* about = new QLabel(tr("All entries of the journal go to this file, those that are already there, "
                                "too, until you stop it or it reaches its bound. Lines of JSON; packed, a "
                                "seventeenth of the size, where the name ends in .packed."),
                             this);
    about->setWordWrap(true);
    column->addWidget(about);
    m_file->setObjectName(QStringLiteral("recordFile"));
    m_file->setAccessibleName(tr("File"));
    m_file->setFont(Theme::monoFont(12));
    auto* browse = new QPushButton(tr("Browse…"), this);
    browse->setAutoDefault(false);
    auto* where = new QHBoxLayout;
    where->addWidget(m_file, 1);
    where->addWidget(browse);
    column->addLayout(where);
    m_note->setObjectName(QStringLiteral("recordNote"));
    m_note->setProperty("role", QStringLiteral("error"));
    column->addWidget(m_note);
    m_mib->setObjectName(QStringLiteral("recordMib"));
    m_mib->setAccessibleName(tr("Largest size in MiB"));
    m_mib->setRange(1, mib_max);
    m_mib->setGroupSeparatorShown(true);
    m_mib->setSuffix(tr(" MiB"));
    m_mib->setValue(mib);
    auto* bound = new QHBoxLayout;
    bound->addWidget(new QLabel(tr("It ends at"), this));
    bound->addWidget(m_mib);
    bound->addStretch(1);
    column->addLayout(bound);
    auto* stay = new QPushButton(tr("Cancel"), this);
    stay->setAutoDefault(false);
    m_record = new QPushButton(tr("Record"), this);
    m_record->setObjectName(QStringLiteral("recordOk"));
    m_record->setProperty("primary", true);
    m_record->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(stay);
    buttons->addWidget(m_record);
    column->addLayout(buttons);
    connect(m_file, &QLineEdit::textChanged, this, &RecordDialog::check);
    connect(browse, &QPushButton::clicked, this, &RecordDialog::browse);
    connect(stay, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_record, &QPushButton::clicked, this, &RecordDialog::accept);
    check();
    m_file->setFocus();
}

QString RecordDialog::file() const
{
    return QDir::cleanPath(QDir::fromNativeSeparators(m_file->text().trimmed()));
}

int RecordDialog::mib() const
{
    return m_mib->value();
}

void RecordDialog::browse()
{
    // Whether to replace a file is asked in accept(), however its name got here.
    const QString chosen = QFileDialog::getSaveFileName(this, tr("Record to"), m_file->text(),
                                                        tr("Journals (*.jsonl *.packed);;All files (*)"), nullptr,
                                                        QFileDialog::DontConfirmOverwrite);
    if (!chosen.isEmpty())
        m_file->setText(chosen);
}

void RecordDialog::check()
{
    const QFileInfo info(file());
    QString problem;
    if (m_file->text().trimmed().isEmpty())
        problem = tr("Name a file.");
    else if (info.isDir())
        problem = tr("This is a folder; add the name of a file.");
    else if (!info.absoluteDir().exists())
        problem = tr("There is no folder %1.").arg(info.absolutePath());
    m_note->setText(problem);
    m_note->setVisible(!problem.isEmpty());
    restyle(m_file, "invalid", problem.isEmpty() ? QStringLiteral("false") : QStringLiteral("true"));
    m_record->setEnabled(problem.isEmpty());
}

void RecordDialog::accept()
{
    if (QFileInfo::exists(file())) {
        QMessageBox box(QMessageBox::Question, tr("Replace the file?"),
                        tr("%1 is there already. Replace it?").arg(file()), QMessageBox::NoButton, this);
        box.setObjectName(QStringLiteral("replaceBox"));
        QPushButton* replace = box.addButton(tr("Replace"), QMessageBox::DestructiveRole);
        box.setDefaultButton(box.addButton(tr("Keep it"), QMessageBox::RejectRole));
        box.exec();
        if (box.clickedButton() != replace)
            return;
    }
    QDialog::accept();
}

} // namespace orderlab::ui
