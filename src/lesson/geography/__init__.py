"""Places, borders and the distances between them, measured on the ellipsoid. No drawing.

`geo` has the geodesics, `plane` the plane about a point, `borders` the nearest border;
`distances` and `between` have the measured results that a map and its text share.
"""

from __future__ import annotations
