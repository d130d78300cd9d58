"""The shipped facts of the Outline, made anew: `python -m bench.outline ARTICLE`.

The facts carry offsets and hashes, not the sentences: whoever has the article finds them there.
"""

import sys
from pathlib import Path

from kg import rdf
from kg.reading import read_document
from kg.settings import load

TARGET = Path(__file__).parents[1] / "data" / "facts" / "outline.nq"


def main() -> None:
    """Read the article that the command line names and write its facts."""
    article = Path(sys.argv[1])
    reading = read_document(article.name, article.read_bytes(), settings=load())
    facts = rdf.quads(reading.source, reading.extraction, reading.cleaned, with_words=False)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(facts)


if __name__ == "__main__":
    main()
