"""Words the rules for sentences and quotations go by."""

from __future__ import annotations

__all__ = ["NEVER_LAST", "NUMBERED", "OPENERS", "SAYING", "SELDOM_LAST"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Abbreviations that a name follows: they end no sentence.
NEVER_LAST = _words(
    "adm brig capt cmdr col dr gen gov hon lt maj messrs mr mrs ms mx pres prof rep revd rev "
    "sen sgt supt vs"
)
# Abbreviations that end a sentence only before a word that opens one.
SELDOM_LAST = _words(
    "apr aug av ave blvd bros co corp dec dept dist est etc feb fig fri ft inc jan jr jul jun "
    "ltd mar mon mt nov oct op p pp rd sat sept sep sr st sun thu tue univ vol wed"
)
# Abbreviations only before a figure: "No. 5", but "He said no."
NUMBERED = _words("no nos art sec para")
# Words that open a sentence and are seldom part of a name.
OPENERS = _words(
    "A After Although An And As At Before But By During Each Even For He Her His How However "
    "I If In It Its Later Many Most My No Nobody On One Only Others Our She Since So Some "
    "That The Their Then There These They This Those To Under Until We What When Where While "
    "Who Why With Yesterday You Your"
)
# Verbs that attribute words to a speaker.
SAYING = _words(
    "acknowledged added adds admitted announced answered argued argues asked asks called "
    "claimed claims commented concluded continued continues cried declared explained explains "
    "insisted insists joked noted notes observed quipped recalled recalls remarked replied "
    "replies reported responded said say says shouted stated states stressed suggested tell "
    "tells told tweeted warned warns wondered writes wrote"
)
