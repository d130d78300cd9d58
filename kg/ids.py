"""How a thing gets its IRI: the same words give the same IRI, on every machine, in every run.

Element keys hang on the document, the kind, the words and the how-manieth of the same words, never
on offsets: a line added above does not move them, so ledgers stay in step over a rebuild.
"""

import hashlib
import unicodedata

BASE = "https://w3id.org/qualitykg/id/"


def digest(*parts: str) -> str:
    """Return ten hex digits that stand for *parts*, normalised (NFKC, no white space).

    >>> digest("task", "质量 强国") == digest("task", "质量强国")
    True
    """
    joined = "\x1f".join("".join(unicodedata.normalize("NFKC", part).split()) for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:10]


def iri(kind: str, key: str) -> str:
    """Return the IRI of the thing of *kind* with *key*.

    >>> iri("body", "b1")
    'https://w3id.org/qualitykg/id/body/b1'
    """
    return f"{BASE}{kind}/{key}"


def key_of(identifier: str) -> str:
    """Return ``kind/key`` of one of our IRIs; any other IRI is its own key.

    >>> key_of("https://w3id.org/qualitykg/id/body/b1")
    'body/b1'
    """
    return identifier.removeprefix(BASE)


def document_key(name: str, title: str) -> str:
    """Return the key of the document with this file *name* (no folder) and *title*."""
    return digest("document", name, title)


def element_key(document: str, kind: str, text: str, nth: int = 0) -> str:
    """Return the key of the *nth* element of *kind* with these words in *document*."""
    return f"{document}.{digest(kind, text, str(nth))}"


def provision_iri(document: str, path: str) -> str:
    """Return the IRI of a provision by its numbers from the top.

    >>> provision_iri("3f2a90c1de", "4-2-1")
    'https://w3id.org/qualitykg/id/provision/3f2a90c1de.4-2-1'
    """
    return iri("provision", f"{document}.{path}")


def version_iri(document: str, words: str, path: str = "") -> str:
    """Return the IRI of a document as these *words* have it, or of its provision at *path*.

    It hangs on every character: the same IRI is the same words, wherever they were read.

    >>> version_iri("3f2a90c1de", "（一）建设平台", "1-1")
    'https://w3id.org/qualitykg/id/version/3f2a90c1de.1-1.f64f2338ed'
    """
    place = f"{document}.{path}" if path else document
    return iri("version", f"{place}.{hashlib.sha256(words.encode()).hexdigest()[:10]}")


def mention_key(document: str, start: int, end: int) -> str:
    """Return the key of the mention at these clean offsets."""
    return f"{document}.{start}-{end}"


def body_key(canonical: str) -> str:
    """Return the key of a body by its full official name."""
    return digest("body", canonical)


def area_key(name: str) -> str:
    """Return the key of an area by its full name, larger areas first (云岭省临江市)."""
    return digest("area", name)


def graph_iri(document: str) -> str:
    """Return the named graph of a document."""
    return iri("graph", document)


def document_of(statement: str) -> str:
    """Return the key of the document that an element or a link was found in.

    >>> document_of(iri("task", element_key("3f2a90c1de", "task", "推进共享")))
    '3f2a90c1de'
    """
    return statement.rpartition("/")[2].partition(".")[0]


def decision_iri(statement: str) -> str:
    """Return the IRI of the decision on the statement with this IRI; there is one at most."""
    return iri("decision", f"{document_of(statement)}.{digest('decision', statement)}")


def finding_key(gap_type: str, *subjects: str) -> str:
    """Return the key of a finding: its type and subjects, in the order that the type gives them."""
    return f"{gap_type}.{digest(gap_type, *subjects)}"
