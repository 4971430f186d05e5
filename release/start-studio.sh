#!/bin/sh
# Linux: starts Studio. All else is in program/start_studio.py.
start="$(dirname "$0")/program/start_studio.py"
# Started by double click without a terminal, nobody would see what happens.
if [ ! -t 1 ] && [ -z "$STUDIO_IN_TERMINAL" ] && [ -n "$DISPLAY$WAYLAND_DISPLAY" ]; then
  export STUDIO_IN_TERMINAL=yes
  command -v x-terminal-emulator >/dev/null && exec x-terminal-emulator -e "$0"
fi
stay() {
  if [ -t 0 ]; then
    printf '\nPress Enter to close this window. '
    read -r _
  fi
  exit 1
}
if [ ! -f "$start" ]; then
  echo "Parts of Studio are missing. Unpack the whole ZIP file again, and start Studio there."
  stay
fi
for python in python3 python3.14 python3.13 python3.12 python3.11 python; do
  "$python" "$start" --check >/dev/null 2>&1
  if [ $? -eq 42 ]; then
    "$python" "$start" "$@" || stay
    exit 0
  fi
done
echo "Studio needs Python 3.11, 3.12, 3.13 or 3.14 with its part venv, and this computer has none:"
echo "ask whoever looks after it to install it (Debian, Ubuntu: the packages python3 and python3-venv)."
stay
