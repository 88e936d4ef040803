"""The work of a class: files read within limits, counted, and told as a report.

`handed_in` reads, `outcomes` and `work` count, `talking_points` chooses, `report`,
`spreadsheet` and `class_report` show.
"""

from __future__ import annotations
