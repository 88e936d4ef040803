"""The only code that talks to the page: each widget is a view of one saved record.

The scripts of the views are in ``static``; no text is ever set as HTML there.
"""

from __future__ import annotations
