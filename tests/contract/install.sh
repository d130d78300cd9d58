#!/usr/bin/env bash
# Virtuoso 7 for the contract tests. Never fails: tests skip with their reason instead.
have() { command -v virtuoso-t >/dev/null; }
have && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "installing Virtuoso 7 for the contract tests"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends virtuoso-opensource-7-bin >/dev/null
fi
have || echo "no Virtuoso here: the contract tests on it will be skipped"
exit 0
