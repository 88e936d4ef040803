"""What an exercise is: answers, feedback, what is remembered, what is shown. No view.

`checking` holds an answer against the key, `record` is what is remembered of it, `answers` keeps
records safe on disk, and `describe` says what any view has to show.
"""

from __future__ import annotations
