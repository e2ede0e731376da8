"""The ways people take through the services: what follows what, for how long, and how often. All of it is invented."""

from dataclasses import dataclass, replace
from datetime import date

from pipelines.sample.world import LAST

SENDERS = {
    "AC_INDEMNITE": "semp",
    "DE_SANS_INDEMNITE": "semp",
    "AIDE_SOCIALE": "saso",
    "AI_RENTE": "oai",
    "AI_MESURE": "oai",
    "FORMATION": "sfpo",
    "FORFAIT_INTEGRATION": "smig",
}
# Least, usual and most francs a month; a jobseeker without rights gets none, most in training none either.
RATES = {
    "AC_INDEMNITE": (1900, 3600, 6400),
    "DE_SANS_INDEMNITE": (0, 0, 1),
    "AIDE_SOCIALE": (650, 1900, 3400),
    "AI_RENTE": (780, 1560, 2340),
    "AI_MESURE": (900, 2300, 4800),
    "FORMATION": (-500, 100, 900),
    "FORFAIT_INTEGRATION": (600, 1100, 1900),
}
# Who draws a benefit of a system, in parts that leave it quickly or slowly: each part's share, and how much of it leaves each month.
# With the courses below (who exhausts their rights is slow to leave, who has found work comes back) paths come out in the order of
# magnitude of Switzerland, entries of 2018 (OFS, SHIVALV): still there after one year and two AC 40.1 and 16.5 %, AS 59.4 and 41.8 %,
# AI 91.2 and 83.6 %; over two years 72.0 % in one system without return, 20.6 % with, 5.1 % in several, 2.3 % back and forth.
LEAVING = {
    "AC_INDEMNITE": ((1, 0.12),),
    "AIDE_SOCIALE": ((0.45, 0.2), (0.55, 0.013)),
    "AI_RENTE": ((1, 0.0085),),
}

Weights = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Stage:
    """A benefit for a while, and whether anything follows.

    Attributes:
        benefit: What is drawn.
        months: Shortest, usual and longest duration; None where people leave at the pace of `LEAVING`.
        ends: Why it ends, by weight, where nothing follows.
        onward: Why it ends where the next stage follows.
        gap: Fewest and most months since the stage before.
        share: How many of those who had the stage before go on to this one; the others stop for good.
        beside: It starts with the stage before and runs beside it.
        permit: Replaces the person's permit from here on.
    """

    benefit: str
    months: tuple[float, float, float] | None = None
    ends: Weights = (("EMPLOI", 6), ("AUTRE", 2), ("DEPART_CANTON", 1))
    onward: str = "AUTRE_PRESTATION"
    gap: tuple[float, float] = (0, 0.2)
    share: float = 1
    beside: bool = False
    permit: str | None = None


@dataclass(frozen=True)
class Course:
    """A way some persons take.

    Attributes:
        count: Persons at scale 1.
        stages: In order.
        ages: Lowest, usual and highest age at the start.
        begins: First and last month of the start.
        women: Their share.
        permits: By weight.
    """

    count: int
    stages: tuple[Stage, ...]
    ages: tuple[float, float, float] = (20, 36, 61)
    begins: tuple[date, date] = (date(2008, 3, 1), LAST)
    women: float = 0.47
    permits: Weights = (("CH", 58), ("C", 27), ("B", 13), ("L", 1), ("G", 1))


# Before the first file: who began then stands in it already.
_LONG_AGO = (date(2000, 1, 1), date(2008, 12, 1))
_SINCE_LONG = (date(2005, 6, 1), LAST)
_LEFT_AS: Weights = (("EMPLOI", 7), ("AUTRE_PRESTATION", 2), ("DEPART_CANTON", 2), ("DECES", 1), ("AUTRE", 3))
_JOB: Weights = (("EMPLOI", 7), ("AUTRE", 2), ("DEPART_CANTON", 1), ("FORMATION", 1))
_TRAINED: Weights = (("EMPLOI", 7), ("AUTRE", 3))
_FOR_LIFE: Weights = (("DECES", 3), ("DEPART_CANTON", 2), ("AUTRE", 2))
_ASYLUM: Weights = (("N", 4), ("F", 5), ("F+", 3), ("B", 3))

_AC = Stage("AC_INDEMNITE", ends=_JOB, onward="EMPLOI")
_AC_AGAIN = replace(_AC, gap=(1, 11), share=0.65)
_AC_SOON = replace(_AC, gap=(0, 1.5))
_EXHAUSTED = Stage("AC_INDEMNITE", (14, 25, 36), onward="FIN_DE_DROIT")
_FEW_RIGHTS = Stage("AC_INDEMNITE", (4, 6, 10), onward="FIN_DE_DROIT")
_AS = Stage("AIDE_SOCIALE", ends=_LEFT_AS, onward="EMPLOI", gap=(0.2, 2.5))
_AS_AGAIN = replace(_AS, gap=(1, 12), share=0.5)
_DE = Stage("DE_SANS_INDEMNITE", (3, 9, 24), _JOB, gap=(0, 1))
_AI_MEASURE = Stage("AI_MESURE", (5, 11, 22), (("EMPLOI", 5), ("FORMATION", 1), ("AUTRE", 3)), gap=(0, 1.5))
_PENSION = Stage("AI_RENTE", ends=_FOR_LIFE, gap=(0, 1.5))
_INTEGRATION = Stage("FORFAIT_INTEGRATION", (14, 34, 62), (("EMPLOI", 4), ("DEPART_CANTON", 2), ("AUTRE", 2)))

COURSES = {
    "back at work": Course(740, (_AC, _AC_AGAIN, _AC_AGAIN, _AC_AGAIN), ages=(20, 34, 64), begins=_SINCE_LONG),
    "exhausted": Course(370, (_EXHAUSTED, _DE, replace(_AS, gap=(0, 3), share=0.75, beside=True), replace(_AC_SOON, share=0.25)),
                        begins=_SINCE_LONG),
    "revolving": Course(58, (_FEW_RIGHTS, Stage("AIDE_SOCIALE", (2, 4, 8), onward="EMPLOI", gap=(0.2, 2)),
                        replace(_FEW_RIGHTS, gap=(0.5, 3)), _AS)),
    "one foot in work": Course(30, (Stage("AC_INDEMNITE", (10, 16, 26), _JOB), replace(_AS, gap=(1, 6), beside=True))),
    "until retirement": Course(30, (Stage("AC_INDEMNITE", (6, 22, 30), _JOB),), ages=(61.5, 63, 64.5)),
    "without rights": Course(150, (_DE,), women=0.62),
    "on aid": Course(190, (_AS, _AS_AGAIN, _AS_AGAIN), ages=(20, 38, 64), begins=_SINCE_LONG),
    "long on aid": Course(230, (Stage("AIDE_SOCIALE", (40, 100, 200), _LEFT_AS),), ages=(20, 42, 62), begins=_LONG_AGO),
    "from aid to work": Course(16, (_AS, _AC_SOON)),
    "from aid to pension": Course(55, (_AS, _PENSION), ages=(26, 46, 58), begins=_SINCE_LONG),
    "from office to pension": Course(20, (_EXHAUSTED, _PENSION), ages=(30, 50, 61)),
    "from office to insurance": Course(95, (Stage("AC_INDEMNITE", (6, 11, 20)), _AI_MEASURE, replace(_PENSION, share=0.55)),
                                       ages=(24, 44, 58)),
    "insurance and back": Course(55, (Stage("AI_MESURE", (6, 12, 24), onward="AUTRE"),
                                 Stage("DE_SANS_INDEMNITE", (3, 8, 18), _JOB, gap=(0, 2), share=0.6)), ages=(20, 38, 56)),
    "pension": Course(50, (_PENSION,), ages=(20, 46, 62)),
    "long on a pension": Course(160, (_PENSION,), ages=(20, 44, 60), begins=_LONG_AGO),
    "small pension": Course(30, (_PENSION, replace(_AS, gap=(2, 40), beside=True)), ages=(30, 45, 58), begins=_SINCE_LONG),
    "arrived": Course(95, (_INTEGRATION,), ages=(18, 28, 55), begins=(date(2006, 6, 1), LAST), women=0.38, permits=_ASYLUM),
    "from migration to aid": Course(155, (_INTEGRATION, replace(_AS, gap=(0, 1), permit="B"), replace(_AS_AGAIN, permit="B")),
                                    ages=(18, 30, 55), begins=(date(2004, 6, 1), date(2015, 12, 1)), women=0.4, permits=_ASYLUM),
    "young with gaps": Course(140, (Stage("DE_SANS_INDEMNITE", (2, 4, 9), onward="AUTRE"),
                              Stage("AIDE_SOCIALE", (4, 12, 30), _LEFT_AS, "FORMATION", gap=(4, 18)),
                              Stage("FORMATION", (10, 24, 38), _TRAINED, gap=(0, 9), share=0.45)), ages=(18, 20, 27)),
    "trained and jobless": Course(60, (Stage("FORMATION", (24, 36, 46), _TRAINED, "AUTRE"), Stage("AC_INDEMNITE", (2, 5, 12), _JOB,
                                  gap=(0, 4))), ages=(15.5, 17, 22), begins=(date(2006, 8, 1), date(2014, 8, 1))),
}  # fmt: skip

# What those of the case management (CM-FP) and of the social enterprises (NE-ESO) live on; where they come from and
# what came of it is said in `lives`.
YOUNG_ON_AID = Stage("AIDE_SOCIALE", (8, 20, 40), _LEFT_AS, "FORMATION")
APPRENTICE = Stage("FORMATION", (22, 32, 44), _TRAINED, "AUTRE")
AFTER_TRAINING = Stage("AC_INDEMNITE", (2, 5, 11), _JOB)
YOUNG_SEEKER = Stage("DE_SANS_INDEMNITE", (3, 7, 15), _JOB)
YOUNG_AT_INSURANCE = Stage("AI_MESURE", (6, 12, 24), (("FORMATION", 4), ("EMPLOI", 2), ("AUTRE", 3)))
