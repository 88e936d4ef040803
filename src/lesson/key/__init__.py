"""The teacher's key: its typed shape, its reader, and where in the article it points.

`schema` and `material` hold the types, `keyfile` reads ``data/*.yaml`` whole or says in one
sentence why not, `anchors` finds the places in an article, `check_file` is the check before and
after.
"""

from __future__ import annotations
