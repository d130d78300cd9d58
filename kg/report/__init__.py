"""Coordination-gap reports: one model, one adapter a format."""

from kg.report.assemble import assemble
from kg.report.formats import FORMATS, write
from kg.report.model import Report

__all__ = ["FORMATS", "Report", "assemble", "write"]
