#!/bin/sh
# Installs what the tests need from Debian's packages, and only what is absent: a machine that has it all is not touched.
set -eu

has() { PATH="$PATH:/usr/sbin:/sbin" command -v "$1" >/dev/null 2>&1; }
has_cjk_font() { fc-list :lang=zh-cn 2>/dev/null | grep -q . || ls /usr/share/fonts/opentype/noto/NotoSansCJK* >/dev/null 2>&1; }

for tool in go node npm; do
	has "$tool" || { echo "setup: $tool is not installed; Onestreet is built with Go 1.26 and Node 20" >&2; exit 1; }
done

packages=
want=
need() { packages="$packages $1"; echo "setup: $2 is absent; it comes with Debian's package $1"; }
has mariadbd || need mariadb-server "MariaDB, a database the tests run on"
has redis-server || need redis-server "Redis, the broker the tests run on"
has chromium-headless-shell || want=chromium-headless-shell
has_cjk_font || need fonts-noto-cjk "a Chinese font for that browser"
has khal || need khal "khal, a calendar program that reads our files"
has gcc || need "gcc libc6-dev" "the C compiler of Go's race detector"
# Chromium without its windows tells the stories in two thirds of the time that the whole of it takes, which does as well.
[ -z "$want" ] || echo "setup: $want, the browser of the end-to-end tests, is absent; it is Debian's package of that name"
[ -n "$packages$want" ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! has apt-get; then
	[ -n "$packages" ] || ! has chromium || exit 0
	echo "setup: please install them: sudo apt-get install$packages $want" >&2
	exit 1
fi
export DEBIAN_FRONTEND=noninteractive
install() { echo "setup: installing $*"; apt-get install -q -y --no-install-recommends "$@"; }
apt-get update -q || has chromium
# shellcheck disable=SC2086 # a list of packages
[ -z "$packages" ] || install $packages
[ -z "$want" ] || install "$want" || has chromium || install chromium
