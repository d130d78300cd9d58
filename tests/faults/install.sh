#!/usr/bin/env bash
# A clock that jumps, for the tests of faults. Never fails: tests skip with their reason instead.
have() { command -v faketime >/dev/null; }
have && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "installing faketime for the tests of faults"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends faketime >/dev/null
fi
have || echo "no faketime here: the tests with a clock that jumps will be skipped"
exit 0
