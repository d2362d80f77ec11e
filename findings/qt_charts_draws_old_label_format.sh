#!/usr/bin/env bash
# A chart is drawn into a picture at once after the range of an axis and the format of its labels were set, as one does
# for an export or a thumbnail.
# Versions: Qt Charts 6.8.2, from the wheels of PyQt6-Charts 6.8.0.
# Expected: the picture has the new labels, whichever of the two was set first.
# Seen: setRange() rewrites the labels at once, setLabelFormat() only with the next pass of the event loop. Range first,
# format second: the picture has the new numbers in the old format ("200.00" for "%.0f"). Format first: it is right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check PyQt6==6.8.1 PyQt6-Qt6==6.8.2 PyQt6-Charts==6.8.0 PyQt6-Charts-Qt6==6.8.2
cat >"$work/labels.py" <<'END_OF_PROGRAM'
from PyQt6.QtCharts import QChart, QLineSeries, QValueAxis
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QPainter, QPixmap
from PyQt6.QtWidgets import QApplication, QGraphicsScene, QGraphicsTextItem

app = QApplication([])

def chart():
    scene, made, axis = QGraphicsScene(), QChart(), QValueAxis()
    scene.addItem(made)
    made.addAxis(axis, Qt.AlignmentFlag.AlignLeft)
    line = QLineSeries()
    line.append(0, 0)
    line.append(1, 1)
    made.addSeries(line)
    line.attachAxis(axis)
    axis.setTickCount(3)
    axis.setLabelFormat("%.2f")
    axis.setRange(0, 1)
    made.resize(400, 300)
    picture(scene)
    return scene, made, axis

def picture(scene):
    pixels = QPixmap(400, 300)
    painter = QPainter(pixels)
    scene.render(painter)
    painter.end()

def labels(item):
    found = []
    for child in item.childItems():
        if isinstance(child, QGraphicsTextItem) and child.toPlainText():
            found.append(child.toPlainText())
        found += labels(child)
    return found

scene, made, axis = chart()
axis.setRange(0, 200)
axis.setLabelFormat("%.0f")
picture(scene)
print("range, then format:", " ".join(labels(made)))
app.processEvents()
print("after the event loop:", " ".join(labels(made)))
scene, made, axis = chart()
axis.setLabelFormat("%.0f")
axis.setRange(0, 200)
picture(scene)
print("format, then range:", " ".join(labels(made)))
END_OF_PROGRAM
seen=$(QT_QPA_PLATFORM=offscreen "$work/venv/bin/python" "$work/labels.py")
echo "$seen"
[ "$seen" = "range, then format: 0.00 100.00 200.00
after the event loop: 0 100 200
format, then range: 0 100 200" ] || { echo "this has changed" >&2; exit 1; }
