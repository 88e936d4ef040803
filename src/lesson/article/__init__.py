"""From a saved page to an article: what is what on it, its sentences and its quotations.

`source` brings text from a file or an address, `page` tells the parts of the page apart, `spans`
finds sentences and quotations, and `load_article` makes one `Article` of it all.
"""

from __future__ import annotations

from .article import Article, load_article

__all__ = ["Article", "load_article"]
