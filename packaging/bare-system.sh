# shellcheck shell=bash
# Bare systems made by debootstrap, to try things where nothing is prepared. Needs root. Sourced by try-distribution,
# try-debs and container/try; each has a function `fail`.

# apt_mirror: that of this machine's apt.
apt_mirror() {
    local mirror
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep -v security | head -n 1)
    [ -n "$mirror" ] || fail "apt names no mirror here; say one: --mirror URL"
    echo "$mirror"
}

# make_bare_system SUITE DIR MIRROR PACKAGE,…: unless there is one. It reaches its mirrors as this machine does.
make_bare_system() {
    local suite=$1 dir=$2 mirror=$3 packages=$4 certificate
    [ "$(id -u)" -eq 0 ] || fail "must be root, to make a system of its own"
    command -v debootstrap >/dev/null || fail "needs debootstrap: apt-get install debootstrap"
    [ -x "$dir/usr/bin/apt-get" ] || debootstrap --variant=minbase "--include=$packages" "$suite" "$dir" "$mirror" >"$dir.log" 2>&1 \
        || fail "debootstrap failed; see $dir.log"
    rm -f "$dir.log"
    cp /etc/resolv.conf "$dir/etc/resolv.conf" 2>/dev/null || true
    apt-config dump | grep -E '^Acquire::(http|https|Check)' >"$dir/etc/apt/apt.conf.d/90host" || true
    [ ! -f "$HOME/.m2/settings.xml" ] || install -D "$HOME/.m2/settings.xml" "$dir/root/.m2/settings.xml"
    [ ! -f /etc/pip.conf ] || cp /etc/pip.conf "$dir/etc/pip.conf"
    for certificate in /usr/local/share/ca-certificates/*.crt; do
        [ ! -f "$certificate" ] || install -D -m 644 "$certificate" "$dir/usr/local/share/ca-certificates/${certificate##*/}"
    done
    chroot "$dir" /usr/sbin/update-ca-certificates >/dev/null 2>&1
}

# mount_system DIR, unmount_system DIR: what programs expect of a kernel.
mount_system() {
    local folder
    for folder in proc dev dev/pts dev/shm; do
        mountpoint -q "$1/$folder" || mount --bind "/$folder" "$1/$folder"
    done
}
unmount_system() {
    local folder
    for folder in proc dev/pts dev/shm dev; do
        ! mountpoint -q "$1/$folder" || umount "$1/$folder"
    done
}

# in_system DIR COMMAND: with nothing of this machine's environment.
in_system() { env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive chroot "$1" bash -c "$2"; }
