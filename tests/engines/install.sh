#!/usr/bin/env bash
# A Java for Spark. Never fails: tests skip with their reason instead.
have() { command -v java >/dev/null; }
have && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "installing a Java for the tests on Spark"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null
fi
have || echo "no Java here: the tests on Spark will be skipped"
exit 0
