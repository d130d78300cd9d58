"""The verbs that open what a plan tells to be done, as its headings use them."""

# Only verbs that are hardly ever nouns there; what one place needs beyond them it adds itself.
DIRECTIVES = "建立|健全|完善|构建|打造|加强|强化|推进|推动|优化|提升|深化|培育|规范|拓展|创新|探索|开展|落实|实施"
"""Alternatives of a pattern: 优化发展环境 is told to be done, 发展基础 looks back."""
