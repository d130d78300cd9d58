"""Who may do what: roles, tokens, which documents are internal.

roles      read < review < write < admin, and who asks
tokens     tokens.json: names, roles and hashes of tokens
internal   internal.json: the keys of the documents that are not for everybody
files      how these files are read again when they change, and replaced whole

All of it lies in files of the home.
"""

from kg.access.internal import Internal
from kg.access.roles import NOBODY, Caller, Role
from kg.access.tokens import GRACE, Issued, Token, Tokens

__all__ = ["GRACE", "NOBODY", "Caller", "Internal", "Issued", "Role", "Token", "Tokens"]
