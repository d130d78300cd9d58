#!/usr/bin/env bash
# Pango for pdf reports, poppler to look at them. Never fails: tests skip with their reason instead.
# LibreOffice, which opens docx and xlsx as Word and Excel do, is large: it is used where it is.
have() { ldconfig -p 2>/dev/null | grep -q libpangoft2-1.0 && command -v pdftotext >/dev/null; }
if ! have && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "installing pango and poppler for the tests of reports"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 poppler-utils fonts-noto-cjk >/dev/null
fi
if command -v java >/dev/null && [ ! -e /usr/share/java/jaxb-runtime.jar ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "installing JAXB, with which veraPDF reads its rules"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libjaxb-java >/dev/null
fi
have || echo "no pango or no poppler here: the tests of pdf reports will be skipped"
exit 0
