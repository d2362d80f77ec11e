# shellcheck shell=bash
# What Orderlab needs on Debian 12 and later and Ubuntu 24.04 and later, and how to install what is missing. Sourced by
# ./run and ./check. A name with | has alternatives: what is installed already, else the first that the system has. One with ? is a package of
# its own in older releases only, and is left out where there is none.

orderlab_boost_minimum=1.81
orderlab_build_packages=(
    g++ cmake ninja-build ccache mold python3
    'BOOST' # libboostN-dev, libboost-jsonN-dev and libboost-urlN-dev of one version
    libpq-dev librdkafka-dev libhiredis-dev libsqlite3-dev libssl-dev libspdlog-dev libcli11-dev libtomlplusplus-dev libsystemd-dev libqrencode-dev prometheus-cpp-dev 'libtcmalloc-minimal4t64|libtcmalloc-minimal4'
    qt6-base-dev qt6-base-private-dev 'libqt6opengl6-dev?' qt6-charts-dev qt6-svg-dev qt6-tools-dev qt6-l10n-tools
)
orderlab_desktop_packages=(libgl-dev libopengl-dev libegl-dev libxkbcommon-dev libvulkan-dev fonts-inter fonts-jetbrains-mono 'qt6-translations-l10n?')
orderlab_service_packages=(postgresql)
# For a real Kafka (packaging/kafka/kafka), which tests need: what runs it, what fetches it, and a client that is not ours.
orderlab_kafka_packages=(default-jre-headless maven kcat)
# For tests only. The packages of PgBouncer, Redis and Prometheus start a service of their own where there is systemd. Clang checks the locks; older ones
# than 16 cannot read libstdc++'s coroutines. Schemathesis and clang-format are installed by pip.
orderlab_test_packages=(curl openssl pgbouncer redis-server prometheus python3-prometheus-client python3-venv 'clang-16|clang-17|clang-18|clang-19|clang-20|clang-21')

# For what is installed (tests/packaging); further validators are installed by pip.
# libzxing-dev reads QR codes.
orderlab_test_packages+=(libzxing-dev desktop-file-utils appstream shared-mime-info libglib2.0-bin man-db zsh fish)
# For the examples of workers in other languages (tests/workers), which may also come from elsewhere.
command -v node >/dev/null || orderlab_test_packages+=(nodejs)
command -v go >/dev/null || orderlab_test_packages+=(golang-go)

is_installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }
is_available() { [ -n "$(apt-cache madison "$1" 2>/dev/null)" ]; }

# boost_packages: those of the oldest version that is new enough, which is the system's own: one that is installed, else one
# that the system has; nothing when all are too old.
boost_packages() {
    local test version package versions
    versions=$(apt-cache pkgnames libboost-url1. | sed -n 's/^libboost-url\([0-9.]*\)-dev$/\1/p' | sort -V)
    for test in is_installed is_available; do
        for version in $versions; do
            [ "$(printf '%s\n' "$orderlab_boost_minimum" "$version" | sort -V | head -n 1)" = "$orderlab_boost_minimum" ] || continue
            for package in "libboost$version-dev" "libboost-json$version-dev" "libboost-url$version-dev"; do
                $test "$package" || continue 2
            done
            echo "libboost$version-dev libboost-json$version-dev libboost-url$version-dev"
            return
        done
    done
}

# packages_of NAME…: the names of this system, one a line; a name that it does not have as it is.
packages_of() {
    local name alternative boost
    for name in "$@"; do
        if [ "$name" = BOOST ]; then
            boost=$(boost_packages)
            tr ' ' '\n' <<<"${boost:-Boost, $orderlab_boost_minimum or later}"
            continue
        fi
        if [ "${name%\?}" != "$name" ]; then
            name=${name%\?}
            if is_installed "$name" || is_available "$name"; then echo "$name"; fi
            continue
        fi
        for test in is_installed is_available; do
            for alternative in ${name//|/ }; do
                $test "$alternative" && echo "$alternative" && continue 3
            done
        done
        echo "${name%%|*}"
    done
}

# missing_of PACKAGE…: those that are not installed, one a line.
missing_of() {
    local package
    while read -r package; do
        is_installed "$package" || echo "$package"
    done < <(packages_of "$@")
}

# install_missing PACKAGE…: installs those that are not there, with sudo when not root.
install_missing() {
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        [ -n "${ORDERLAB_HAS_DEPENDENCIES:-}" ] && return 0
        cat >&2 <<EOF
orderlab: this system has no apt-get. Install what these packages of Debian hold, with your distribution's tools:
  $*
  (BOOST: Boost with JSON and URL, $orderlab_boost_minimum or later)
then start again with ORDERLAB_HAS_DEPENDENCIES=1, or build by hand:
  cmake --preset release && cmake --build --preset release && build/release/bin/orderlab
EOF
        return 1
    fi
    local missing as_root=()
    mapfile -t missing < <(missing_of "$@")
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "orderlab: run as root: apt-get install ${missing[*]}" >&2
            return 1
        fi
        as_root=(sudo)
    fi
    "${as_root[@]}" apt-get update -qq
    mapfile -t missing < <(missing_of "$@") # What the system has is known only now.
    local package unknown=()
    for package in "${missing[@]}"; do
        is_available "$package" || unknown+=("$package")
    done
    if [ ${#unknown[@]} -gt 0 ]; then
        echo "orderlab: this system has no package for: ${unknown[*]}. Orderlab needs Debian 12, Ubuntu 24.04 or later." >&2
        return 1
    fi
    echo "orderlab: installing ${missing[*]}"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# python_tool NAME VERSION: the folder of the programs of a Python package, which pip installs once, into the user's cache.
# Needs python3-venv.
python_tool() {
    local tool=${XDG_CACHE_HOME:-$HOME/.cache}/orderlab/$1-$2
    if [ ! -e "$tool/complete" ]; then
        rm -rf "$tool" && mkdir -p "$(dirname "$tool")" && python3 -m venv "$tool" &&
            "$tool/bin/pip" install --quiet --disable-pip-version-check "$1==$2" >&2 && touch "$tool/complete" || return 1
    fi
    echo "$tool/bin"
}

# build_preset PRESET [TARGET…]: configures once and builds.
build_preset() {
    local preset=$1 targets=()
    shift
    [ $# -gt 0 ] && targets=(--target "$@")
    [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset"
    cmake --build --preset "$preset" "${targets[@]}"
}

# build_release [TARGET…]: what ./run starts.
build_release() {
    build_preset release "$@"
}
