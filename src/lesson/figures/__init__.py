"""Figures with their sentence and their table, and what else is only looked at.

A `figure.Picture` says the same three ways; `charts` and `sorting_charts` make them, `comparison`
and `reading` show text.
"""

from __future__ import annotations
