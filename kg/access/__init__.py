"""Who may do what: roles, tokens, which documents are internal, who wrote what.

    roles      read < review < write < admin, and who asks
    tokens     tokens.json: names, roles and hashes of tokens
    internal   internal.json: the keys of the documents that are not for everybody
    audit      audit.jsonl: every write, each line chained to the one before
    files      how these files are read again when they change, and replaced whole

All of it lies in files of the home.
"""

from kg.access.audit import Audit, Write, here
from kg.access.internal import Internal, internal_of
from kg.access.roles import NOBODY, Caller, Role
from kg.access.tokens import GRACE, Issued, Token, Tokens

__all__ = [
    "GRACE",
    "NOBODY",
    "Audit",
    "Caller",
    "Internal",
    "Issued",
    "Role",
    "Token",
    "Tokens",
    "Write",
    "here",
    "internal_of",
]
