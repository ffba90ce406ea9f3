#!/bin/sh
# Makes .venv and installs what is missing. `setup.sh run` is enough to build; `setup.sh test` adds what tests need.
# Where it may not install a system package it prints the one command to type, and goes on where that makes sense.
set -eu
cd "$(dirname "$0")/.."
mode=${1:-run}

say() { printf '%s\n' "$*" >&2; }

may_install() { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

system_install() { # names of Debian packages, then of Homebrew after --
    debian=${1} brew=${2}
    if command -v apt-get >/dev/null 2>&1; then
        if may_install; then
            say "Installing $debian"
            as_root apt-get update -qq >/dev/null
            # shellcheck disable=SC2086
            as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $debian >/dev/null
        else
            say "Please type: sudo apt-get install $debian"
            return 1
        fi
    elif command -v brew >/dev/null 2>&1; then
        say "Installing $brew"
        # shellcheck disable=SC2086
        brew install --quiet $brew
    else
        say "Please install with your package manager: $debian"
        return 1
    fi
}

find_python() {
    for name in python3.14 python3.13 python3.12 python3.11 python3; do
        if command -v "$name" >/dev/null 2>&1 \
            && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
}

python=$(find_python)
if [ -z "$python" ]; then
    system_install "python3 python3-venv" "python@3.13"
    python=$(find_python)
    [ -n "$python" ] || { say "Python 3.11 or newer is needed."; exit 1; }
fi

if [ ! -x .venv/bin/python ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    rm -rf .venv
    if ! "$python" -m venv .venv >/dev/null 2>&1; then
        rm -rf .venv
        system_install "python3-venv" "python@3.13"
        "$python" -m venv .venv
    fi
fi

# What was asked for when the environment was last filled; a change of either file fills it again.
want="$mode $(cat pyproject.toml constraints.txt | cksum)"
stamp=.venv/.filled-$mode
if [ "$(cat "$stamp" 2>/dev/null)" != "$want" ]; then
    say "Filling .venv"
    extras="[forecast]"
    [ "$mode" = test ] && extras="[dev]"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".$extras"
    printf '%s' "$want" >"$stamp"
fi
# Else each start compiles all modules, where the environment forbids Python to keep what it compiled.
.venv/bin/python -m compileall -q kapm_site
env -u PYTHONDONTWRITEBYTECODE .venv/bin/python -c 'from kapm_site.render.templates import compile_pages; compile_pages()'

if ! .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1; then
    system_install "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" "pango" \
        || say "Until then pages are built and PDF reports are not."
fi

if [ "$mode" = test ] && ! .venv/bin/playwright --version >/dev/null 2>&1; then
    system_install "libatomic1" "node" || { say "Tests need what Playwright's driver needs."; exit 1; }
fi

if [ "$mode" = test ] && ! command -v chromium >/dev/null 2>&1 && ! command -v google-chrome >/dev/null 2>&1 \
    && ! command -v chromium-browser >/dev/null 2>&1; then
    system_install "chromium" "--cask chromium" || { say "Tests need Chromium."; exit 1; }
fi
# Some systems have a `java` that only says where to get one.
if [ "$mode" = test ] && ! java -version >/dev/null 2>&1; then
    system_install "default-jre-headless" "--cask temurin" || say "Until then no page is checked for valid HTML."
fi
if [ "$mode" = test ] && ! command -v git >/dev/null 2>&1; then
    system_install "git" "git"
fi
