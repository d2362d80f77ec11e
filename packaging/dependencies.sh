# shellcheck shell=bash
# What Orderlab needs on Debian 12, and how to install what is missing. Sourced by ./run and ./check.

orderlab_build_packages=(
    g++ cmake ninja-build ccache mold
    libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev
    libpq-dev librdkafka-dev libssl-dev libspdlog-dev libcli11-dev libtcmalloc-minimal4
    qt6-base-dev
)
orderlab_desktop_packages=(libgl-dev libopengl-dev libegl-dev libxkbcommon-dev libvulkan-dev fonts-inter fonts-jetbrains-mono)
orderlab_service_packages=(postgresql)
# For a real Kafka (packaging/kafka/kafka), which tests need: what runs it, what fetches it, and a client that is not ours.
orderlab_kafka_packages=(default-jre-headless maven kcat)

# install_missing PACKAGE…: installs those that are not there, with sudo when not root.
install_missing() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if ! command -v apt-get >/dev/null; then
        echo "orderlab: missing packages: ${missing[*]}. Install them with your distribution's tools and start again." >&2
        return 1
    fi
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "orderlab: run as root: apt-get install ${missing[*]}" >&2
            return 1
        fi
        as_root=(sudo)
    fi
    echo "orderlab: installing ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
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
