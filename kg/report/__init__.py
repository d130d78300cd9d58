"""Coordination-gap reports: one model, one adapter a format.

`assemble` makes the model (`kg.report.model`) of tables; `lay_out` says what a reader is shown, as
blocks (`kg.report.blocks`) that html, pdf, docx and Markdown draw; xlsx, csv and json take the lines
themselves. What only some formats need (WeasyPrint, XlsxWriter, resvg) is imported by them alone.
"""

from kg.report.assemble import assemble, changes
from kg.report.formats import FORMATS, Format, Wish, endings, format_of, render, write
from kg.report.model import Report

__all__ = [
    "FORMATS",
    "Format",
    "Report",
    "Wish",
    "assemble",
    "changes",
    "endings",
    "format_of",
    "render",
    "write",
]
