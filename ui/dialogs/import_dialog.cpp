#include "ui/dialogs/import_dialog.h"

#include "ui/bridge/import_run.h"
#include "ui/export/whole_file.h"
#include "ui/models/format.h"
#include "ui/panels/delegates.h"
#include "ui/panels/fitted_table.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QSaveFile>

namespace orderlab::ui {

namespace {

constexpr int progress_steps = 1'000;

} // namespace

ImportDialog::ImportDialog(LabBridge& bridge, const QString& file, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_file(file)
{
    setWindowTitle(tr("Import orders"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(720, 420);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 16);
    column->setSpacing(10);
    m_state = new QLabel(tr("Importing %1…").arg(QFileInfo(file).fileName()), this);
    m_state->setObjectName(QStringLiteral("importState"));
    m_state->setFont(Theme::textFont(14, QFont::DemiBold));
    m_state->setWordWrap(true);
    m_progress = new QProgressBar(this);
    m_progress->setRange(0, progress_steps);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the import"));
    m_summary = new QLabel(this);
    m_summary->setObjectName(QStringLiteral("importSummary"));
    auto* table = new FittedTable(this);
    table->setAccessibleName(tr("Rejected lines"));
    table->setModel(&m_rejected);
    table->setItemDelegate(new CellDelegate(false, table));
    table->setItemDelegateForColumn(RejectedLinesModel::Text, new CellDelegate(true, table));
    table->setColumnWeights({56, 90, 260, 270});
    m_save = new QPushButton(tr("Save rejected lines…"), this);
    m_save->setEnabled(false);
    m_close = new QPushButton(tr("Cancel"), this);
    m_close->setObjectName(QStringLiteral("importClose"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_save);
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    column->addWidget(m_state);
    column->addWidget(m_progress);
    column->addWidget(m_summary);
    column->addWidget(headingLabel(tr("Rejected lines"), this));
    column->addWidget(table, 1);
    column->addLayout(buttons);
    connect(m_save, &QPushButton::clicked, this, &ImportDialog::saveRejected);
    connect(m_close, &QPushButton::clicked, this,
            [this] { m_finished ? accept() : m_bridge.commands().cancelImport(); });
    connect(&bridge.commands(), &SystemCommands::importNews, this, &ImportDialog::showNews);
}

QString ImportDialog::summary() const
{
    return m_summary->text();
}

void ImportDialog::showNews(const ImportNews& news)
{
    const std::uint64_t total = std::max<std::uint64_t>(1, m_bridge.commands().importBytesTotal());
    m_rejected.add(news.rejected);
    m_rejects_file = news.rejects;
    m_save->setEnabled(m_rejects_file && m_rejected.rowCount() > 0);
    m_progress->setValue(int(double(news.progress.bytes_read) / double(total) * progress_steps));
    m_summary->setText(tr("%1 imported · %2 rejected · %3 already there")
                           .arg(grouped(std::int64_t(news.progress.imported)),
                                grouped(std::int64_t(news.progress.rejected)),
                                grouped(std::int64_t(news.progress.already_there))));
    if (!news.finished)
        return;
    m_finished = true;
    m_close->setText(tr("Close"));
    const QString name = QFileInfo(m_file).fileName();
    if (!news.problem.empty()) {
        m_state->setText(tr("%1 was not imported to its end: %2").arg(name, toQt(news.problem)));
    } else if (news.canceled) {
        m_state->setText(tr("Canceled. What was imported stays; the same file again takes up where it ended."));
    } else {
        m_progress->setValue(progress_steps);
        m_state->setText(tr("%1 is imported").arg(name));
    }
}

void ImportDialog::saveRejected()
{
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Save rejected lines"), m_file + QStringLiteral(".rejects"));
    if (path.isEmpty())
        return;
    if (const QString problem = saveRejectedTo(path); !problem.isEmpty())
        QMessageBox::warning(this, windowTitle(), tr("%1 was not written: %2").arg(path, problem));
}

QString ImportDialog::saveRejectedTo(const QString& path)
{
    if (QFileInfo(path) == QFileInfo(m_file))
        return tr("it is the imported file itself");
    if (const QString why_not = whyNoFile(path); !why_not.isEmpty())
        return why_not;
    QSaveFile file(path);
    bool saved = m_rejects_file->seek(0) && file.open(QIODevice::WriteOnly);
    while (saved && !m_rejects_file->atEnd()) {
        const QByteArray block = m_rejects_file->read(1 << 20);
        saved = !block.isEmpty() && file.write(block) == block.size();
    }
    return saved && file.commit() ? QString() : file.errorString();
}

void ImportDialog::done(int result)
{
    if (!m_finished)
        m_bridge.commands().cancelImport();
    QDialog::done(result);
}

} // namespace orderlab::ui
