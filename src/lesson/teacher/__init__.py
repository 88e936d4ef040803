"""What a teacher makes: a new lesson, worksheets on paper, a folder without the key, links."""

from __future__ import annotations
