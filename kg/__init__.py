"""quality-kg: who must coordinate with whom, on what, and where is that not arranged?"""

__version__ = "0.1.0"
