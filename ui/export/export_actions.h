#pragma once

class QAbstractItemView;
class QString;

namespace orderlab::ui {

class MainWindow;

/// The table that a person means: the one with the focus, else that of the panel in front; null: there is none.
QAbstractItemView* meantTable(const MainWindow& window);

/// What is proposed for a table of this title: "Dead letters.csv".
QString exportFileName(const QString& title);
/// Ask for a file and write it; what went wrong is told in the window.
void askToExportTable(MainWindow& window);
/// Of the event flow, the two of a comparison, or the story.
void askToExportPicture(MainWindow& window);

} // namespace orderlab::ui
