"""The work of one learner as a whole: how far it is, a page to hand in, bringing it back.

`work` is the entry; `portfolio` is the file, `handout` the page, `progress` and `wording` what
they say.
"""

from __future__ import annotations
