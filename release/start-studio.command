#!/bin/sh
# macOS: starts Studio. All else is in program/start_studio.py.
start="$(dirname "$0")/program/start_studio.py"
stay() {
  if [ -t 0 ]; then
    printf '\nPress Enter, then close this window. '
    read -r _
  fi
  exit 1
}
if [ ! -f "$start" ]; then
  echo "Parts of Studio are missing. Unpack the whole ZIP file again, and start Studio there."
  stay
fi
for version in 3.14 3.13 3.12 3.11; do
  for python in "/Library/Frameworks/Python.framework/Versions/$version/bin/python3" \
    "/opt/homebrew/bin/python$version" "/usr/local/bin/python$version" "$(command -v "python$version")"; do
    # Apple's own python3 is too old, or only offers to install tools for developers.
    case "$python" in "" | /usr/bin/*) continue ;; esac
    "$python" "$start" --check >/dev/null 2>&1
    if [ $? -eq 42 ]; then
      "$python" "$start" "$@" || stay
      exit 0
    fi
  done
done
echo "Studio needs Python 3.11, 3.12, 3.13 or 3.14, and this computer has none:"
echo "get Python 3.14 free from python.org/downloads, install it, and start Studio again."
stay
