"""Measures, goals and targets: what each sentence of a plan prescribes or wishes."""
