#!/usr/bin/env bash
# An option of CLI11 that may be set by a variable of the environment, and a variable whose value its check refuses.
# Versions: CLI11 2.1.2 of Debian 12 and 2.4.1 of Debian 13, g++.
# Expected: both refuse it with a ParseError that says what is allowed, as they do for the same value on the command line.
# Seen: 2.1.2 does. 2.4.1 leaves the variable out and takes the default, without an error or a word, so that a server whose
# configuration has a mistake starts with other settings than it was told.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -v security | head -n 1)
cat >"$work/level.cpp" <<'CPP'
#include <CLI/CLI.hpp>
#include <iostream>
int main(int argc, char** argv)
{
    CLI::App app;
    int level = 3;
    app.add_option("--level", level)->envname("APP_LEVEL")->check(CLI::Range(1, 5));
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        std::cout << "refused: " << error.what() << '\n';
        return 0;
    }
    std::cout << "level " << level << '\n';
}
CPP

# build SUITE VERSION: a program with that suite's CLI11.
build() {
    local apt="$work/$1/apt"
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$work/$1/root"
    echo "deb [trusted=yes] $mirror $1 main" >"$apt/sources.list"
    local options=(-qq -o "Dir::Etc::SourceList=$apt/sources.list" -o Dir::Etc::SourceParts=- -o "Dir::State::Lists=$apt/lists"
        -o "Dir::Cache=$apt/cache" -o Debug::NoLocking=true -o APT::Sandbox::User=root)
    apt-get "${options[@]}" update
    (cd "$work/$1" && apt-get "${options[@]}" download "libcli11-dev=$2")
    dpkg-deb -x "$work/$1"/*.deb "$work/$1/root"
    g++ -std=c++17 -O0 -I"$work/$1/root/usr/include" "$work/level.cpp" -o "$work/$1/level"
}
build bookworm 2.1.2+ds-1
build trixie 2.4.1+ds-2

old=$(APP_LEVEL=7 "$work/bookworm/level")
new=$(APP_LEVEL=7 "$work/trixie/level")
typed=$("$work/trixie/level" --level 7)
echo "2.1.2, APP_LEVEL=7: $old"
echo "2.4.1, APP_LEVEL=7: $new"
echo "2.4.1, --level 7: $typed"
case $old in refused:*) ;; *) echo "it behaves otherwise now" >&2; exit 1 ;; esac
case $typed in refused:*) ;; *) echo "it behaves otherwise now" >&2; exit 1 ;; esac
[ "$new" = 'level 3' ] || { echo "it behaves otherwise now" >&2; exit 1; }
echo "as described"
