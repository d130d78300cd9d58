#!/usr/bin/env bash
# Chromium and a CJK font for the browser tests. Never fails: tests skip with their reason instead.
have() { command -v chromium >/dev/null && fc-list 2>/dev/null | grep -qi 'cjk'; }
have && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "installing chromium and CJK fonts for the browser tests"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null
fi
have || echo "no chromium or no CJK font here: the browser tests will be skipped"
exit 0
