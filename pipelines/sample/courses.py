"""The ways people take through the services: what follows what, for how long, and how often. All of it is invented."""

from dataclasses import dataclass
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

Weights = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Stage:
    """A benefit for a while, and whether anything follows.

    Attributes:
        benefit: What is drawn.
        months: Shortest, usual and longest duration.
        ends: Why it ends, by weight, where nothing follows.
        onward: Why it ends where the next stage follows.
        gap: Fewest and most months since the stage before.
        share: How many of those who had the stage before go on to this one; the others stop for good.
        beside: It starts with the stage before and runs beside it.
        permit: Replaces the person's permit from here on.
    """

    benefit: str
    months: tuple[float, float, float]
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


_LONG_AGO = (date(2003, 1, 1), date(2016, 9, 1))
_SINCE_LONG = (date(2005, 6, 1), LAST)
_LEFT_AS: Weights = (("EMPLOI", 7), ("AUTRE_PRESTATION", 2), ("DEPART_CANTON", 2), ("DECES", 1), ("AUTRE", 3))
_JOB: Weights = (("EMPLOI", 7), ("AUTRE", 2), ("DEPART_CANTON", 1), ("FORMATION", 1))
_TRAINED: Weights = (("EMPLOI", 7), ("AUTRE", 3))
_FOR_LIFE: Weights = (("DECES", 3), ("DEPART_CANTON", 2), ("AUTRE", 2))
_ASYLUM: Weights = (("N", 4), ("F", 5), ("F+", 3), ("B", 3))

_AC = Stage("AC_INDEMNITE", (2, 6, 18), _JOB, "EMPLOI")
_EXHAUSTED = Stage("AC_INDEMNITE", (12, 18, 24), onward="FIN_DE_DROIT")
_AS = Stage("AIDE_SOCIALE", (4, 16, 60), _LEFT_AS, gap=(0.2, 2.5))
_SHORT_AS = Stage("AIDE_SOCIALE", (4, 10, 24), _LEFT_AS, "EMPLOI", gap=(0.2, 2.5))
_DE = Stage("DE_SANS_INDEMNITE", (3, 9, 24), _JOB, gap=(0, 1))
_AI_MEASURE = Stage("AI_MESURE", (5, 11, 22), (("EMPLOI", 5), ("FORMATION", 1), ("AUTRE", 3)), gap=(0, 1.5))
_PENSION = Stage("AI_RENTE", (60, 160, 300), _FOR_LIFE, gap=(0, 3))
_INTEGRATION = Stage("FORFAIT_INTEGRATION", (14, 34, 62), (("EMPLOI", 4), ("DEPART_CANTON", 2), ("AUTRE", 2)))

COURSES = {
    "back at work": Course(400, (_AC,)),
    "back and again": Course(260, (_AC, Stage("AC_INDEMNITE", (2, 7, 18), _JOB, "EMPLOI", gap=(2, 26)), Stage("AC_INDEMNITE", (2, 8, 20),
                             _JOB, gap=(2, 30), share=0.5))),
    "exhausted": Course(330, (_EXHAUSTED, _DE, Stage("AIDE_SOCIALE", (6, 34, 90), _LEFT_AS, gap=(0, 3), beside=True)),
                        begins=_SINCE_LONG),
    "revolving": Course(170, (_EXHAUSTED, _SHORT_AS, Stage("AC_INDEMNITE", (6, 12, 20), onward="FIN_DE_DROIT", gap=(6, 15)), _AS),
                        begins=_SINCE_LONG),
    "one foot in work": Course(80, (Stage("AC_INDEMNITE", (8, 14, 24), _JOB),
                               Stage("AIDE_SOCIALE", (3, 10, 24), _LEFT_AS, gap=(1, 6), beside=True))),
    "social aid for long": Course(300, (Stage("AIDE_SOCIALE", (12, 50, 140), _LEFT_AS),), begins=_LONG_AGO),
    "without rights": Course(150, (_DE,), women=0.62),
    "from office to insurance": Course(95, (Stage("AC_INDEMNITE", (6, 11, 20)), _AI_MEASURE, Stage("AI_RENTE", (60, 160, 300), _FOR_LIFE,
                                       gap=(0, 2), share=0.55)), ages=(24, 44, 58)),
    "insurance and back": Course(55, (Stage("AI_MESURE", (6, 12, 24), onward="AUTRE"),
                                 Stage("DE_SANS_INDEMNITE", (3, 8, 18), _JOB, gap=(0, 2), share=0.6)), ages=(20, 38, 56)),
    "from aid to pension": Course(75, (Stage("AIDE_SOCIALE", (14, 30, 70)), _PENSION), ages=(26, 46, 58), begins=_LONG_AGO),
    "pension": Course(85, (_PENSION,), ages=(20, 46, 60), begins=(date(1998, 1, 1), date(2016, 6, 1))),
    "small pension": Course(25, (_PENSION, Stage("AIDE_SOCIALE", (10, 40, 100), _LEFT_AS, gap=(2, 20), beside=True)), ages=(30, 45, 58),
                            begins=_LONG_AGO),
    "arrived": Course(95, (_INTEGRATION,), ages=(18, 28, 55), begins=(date(2006, 6, 1), LAST), women=0.38, permits=_ASYLUM),
    "from migration to aid": Course(150, (_INTEGRATION, Stage("AIDE_SOCIALE", (6, 26, 70), _LEFT_AS, gap=(0, 1), permit="B")),
                                    ages=(18, 30, 55), begins=(date(2006, 6, 1), date(2015, 12, 1)), women=0.4, permits=_ASYLUM),
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
