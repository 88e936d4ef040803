"""The only code that talks to the page: each widget is a view of one saved record.

`view` is the frame of them all; `exercises`, `check`, `load` and `map` are what learners meet. The
scripts are in ``static``; no text is ever set as HTML there.
"""

from __future__ import annotations
