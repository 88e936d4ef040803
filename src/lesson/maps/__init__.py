"""Maps drawn from measured distances.

`atlas` puts the places of one lesson and its borders together; `distance_map`, `place_map` and
`paper_map` draw.
"""

from __future__ import annotations
