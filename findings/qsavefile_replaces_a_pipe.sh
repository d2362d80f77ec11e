#!/usr/bin/env bash
# A program saves with QSaveFile to a name that is a named pipe, as one does to hand a file to another program
# ("mkfifo orders.csv; gzip <orders.csv >orders.csv.gz &", then Save as… orders.csv).
# Versions: Qt 6.8.2, from the wheels of PyQt6 6.8.1.
# Expected: it writes into the pipe, as QFile does, or refuses: the documentation speaks of a direct write where no
# temporary file can be made.
# Seen: open(), write() and commit() succeed. The pipe is gone: a regular file has its name, and who waits at the other
# end waits for ever. A file of a device, which may be replaced by whoever may write its folder, goes the same way.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check PyQt6==6.8.1 PyQt6-Qt6==6.8.2
cat >"$work/save.py" <<'END_OF_PROGRAM'
import os, stat, sys
from PyQt6.QtCore import QIODevice, QSaveFile

pipe = os.path.join(sys.argv[1], "orders.csv")
os.mkfifo(pipe)
file = QSaveFile(pipe)
done = [file.open(QIODevice.OpenModeFlag.WriteOnly), file.write(b"order,customer\n") == 15, file.commit()]
print("open, write, commit:", *done)
print("still a pipe:", stat.S_ISFIFO(os.stat(pipe).st_mode))
END_OF_PROGRAM
seen=$("$work/venv/bin/python" "$work/save.py" "$work")
echo "$seen"
[ "$seen" = "open, write, commit: True True True
still a pipe: False" ] || { echo "this has changed" >&2; exit 1; }
