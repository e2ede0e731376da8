"""Code lists with their French and German labels."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """A code with its labels and what else is read as it."""

    code: str
    label: str
    label_de: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodeList:
    """A closed list of codes, in the order they are shown.

    Attributes:
        name: identifier, `core.code.list`.
        codes: the codes in order.
        source: where the list comes from.
    """

    name: str
    codes: tuple[Code, ...]
    source: str

    def subset(self, name: str, *, of: Iterable[str]) -> "CodeList":
        """The codes named in `of`, as a list of its own."""
        wanted = set(of)
        unknown = wanted - {code.code for code in self.codes}
        if unknown:
            raise ValueError(f"{self.name} has no code {sorted(unknown)}")
        return CodeList(name, tuple(code for code in self.codes if code.code in wanted), self.source)


# Where most lists come from: what this project asks the services for.
LAYOUT = "Format des envois, version 1"

NOT_STATED = Code("NON_RENSEIGNE", "Non renseigné", "Ohne Angabe")

SERVICE = CodeList(
    "service",
    (
        Code("SEMP", "Service de l'emploi", "Dienststelle für Arbeit"),
        Code("SASO", "Service de l'action sociale", "Dienststelle für Sozialhilfe"),
        Code("OAI", "Office de l'assurance-invalidité", "IV-Stelle"),
        Code(
            "SFPO",
            "Service des formations postobligatoires et de l'orientation",
            "Dienststelle für nachobligatorische Bildung und Berufsberatung",
            ("Dienststelle für Berufsbildung",),
        ),
        Code("SMIG", "Service des migrations", "Dienststelle für Migration"),
        Code("CII", "Coordination cantonale CII", "Kantonale IIZ-Koordination"),
    ),
    LAYOUT,
)

# It brings the services together and is none of the five.
COORDINATION = "CII"
SERVICES = tuple(code.code for code in SERVICE.codes if code.code != COORDINATION)

SEX = CodeList(
    "sex",
    (
        Code("1", "Masculin", "Männlich", ("M", "H", "Homme", "Mann")),
        Code("2", "Féminin", "Weiblich", ("F", "W", "Femme", "Frau")),
        Code("3", "Indéterminé", "Unbestimmt"),
    ),
    "eCH-0044",
)

NOGA_SECTION = CodeList(
    "branch",
    (
        Code("A", "Agriculture, sylviculture et pêche", "Land- und Forstwirtschaft, Fischerei"),
        Code("B", "Industries extractives", "Bergbau und Gewinnung von Steinen und Erden"),
        Code("C", "Industrie manufacturière", "Verarbeitendes Gewerbe"),
        Code("D", "Production et distribution d'énergie", "Energieversorgung"),
        Code("E", "Eau, assainissement et déchets", "Wasserversorgung, Abwasser- und Abfallentsorgung"),
        Code("F", "Construction", "Baugewerbe"),
        Code("G", "Commerce et réparation", "Handel und Reparatur"),
        Code("H", "Transports et entreposage", "Verkehr und Lagerei"),
        Code("I", "Hébergement et restauration", "Gastgewerbe"),
        Code("J", "Information et communication", "Information und Kommunikation"),
        Code("K", "Finance et assurance", "Finanz- und Versicherungsdienstleistungen"),
        Code("L", "Activités immobilières", "Grundstücks- und Wohnungswesen"),
        Code("M", "Activités spécialisées, scientifiques et techniques", "Freiberufliche und technische Dienstleistungen"),
        Code("N", "Services administratifs et de soutien", "Sonstige wirtschaftliche Dienstleistungen"),
        Code("O", "Administration publique", "Öffentliche Verwaltung"),
        Code("P", "Enseignement", "Erziehung und Unterricht"),
        Code("Q", "Santé et action sociale", "Gesundheits- und Sozialwesen"),
        Code("R", "Arts, spectacles et loisirs", "Kunst, Unterhaltung und Erholung"),
        Code("S", "Autres services", "Sonstige Dienstleistungen"),
        Code("T", "Ménages employeurs", "Private Haushalte"),
        Code("U", "Organismes extraterritoriaux", "Exterritoriale Organisationen"),
    ),
    "NOGA 2008 (OFS)",
)

REGION = CodeList(
    "region",
    (
        Code("LITTORAL", "Littoral", "Littoral"),
        Code("MONTAGNES", "Montagnes", "Montagnes"),
        Code("VAL_DE_RUZ", "Val-de-Ruz", "Val-de-Ruz"),
        Code("VAL_DE_TRAVERS", "Val-de-Travers", "Val-de-Travers"),
        Code("HORS_CANTON", "Hors canton", "Ausserkantonal"),
    ),
    "Régions du canton de Neuchâtel, communes de 2025",
)

AGE_GROUP = CodeList(
    "age_group",
    tuple(
        Code(name, f"{name} ans" if name != "65+" else "65 ans et plus", f"{name} Jahre" if name != "65+" else "65 Jahre und mehr")
        for name in ("0-17", "18-24", "25-29", "30-34", "35-49", "50-64", "65+")
    ),
    "Définition des indicateurs",
)

MIXED = CodeList(
    "mixed",
    (Code("OUI", "Mesure mixte", "Gemischte Massnahme"), Code("NON", "Un seul service, ou aucun", "Nur ein Dienst, oder keiner")),
    "Définition des indicateurs",
)

_SHIVALV = "OFS, Analyses relatives au système de la sécurité sociale (SHIVALV)"

SYSTEM = CodeList(
    "system",
    (
        Code("AC", "Assurance-chômage", "Arbeitslosenversicherung"),
        Code("AI", "Assurance-invalidité", "Invalidenversicherung"),
        Code("AS", "Aide sociale", "Sozialhilfe"),
    ),
    _SHIVALV,
)

SYSTEM_COMBINATION = CodeList(
    "system_combination",
    (
        Code("AC", "AC seule", "Nur ALV"),
        Code("AI", "AI seule", "Nur IV"),
        Code("AS", "AS seule", "Nur SH"),
        Code("AC+AI", "AC et AI", "ALV und IV"),
        Code("AC+AS", "AC et AS", "ALV und SH"),
        Code("AI+AS", "AI et AS", "IV und SH"),
        Code("AC+AI+AS", "AC, AI et AS", "ALV, IV und SH"),
    ),
    _SHIVALV,
)

TRAJECTORY_PROFILE = CodeList(
    "profile",
    (
        Code("ONE_STABLE", "Un système, sans retour", "Ein System, ohne Rückkehr"),
        Code("ONE_RETURN", "Un système, avec retour", "Ein System, mit Rückkehr"),
        Code("SEVERAL_STABLE", "Plusieurs systèmes, sans retour", "Mehrere Systeme, ohne Rückkehr"),
        Code("REVOLVING", "Effet tourniquet", "Drehtüreffekt"),
    ),
    _SHIVALV,
)

PROCESS = CodeList(
    "process",
    (
        Code("CM_FP", "Case management formation professionnelle", "Case Management Berufsbildung"),
        Code("RESEAU_CII", "Réseau CII NE", "Netzwerk IIZ NE"),
        Code("CHOMAGE", "Inscription au chômage", "Anmeldung beim RAV"),
    ),
    "Définition des indicateurs",
)

REGISTRATION_OUTCOME = CodeList(
    "registration_outcome",
    (
        Code("EMPLOI", "En emploi", "Erwerbstätig"),
        Code("FORMATION", "En formation", "In Ausbildung"),
        Code("AIDE_SOCIALE", "Aide sociale", "Sozialhilfe"),
        Code("AI", "Rente AI", "IV-Rente"),
        Code("FIN_DE_DROIT", "Fin de droit sans suite", "Aussteuerung ohne Folgeleistung"),
        Code("DEPART_CANTON", "Départ du canton", "Wegzug aus dem Kanton"),
        Code("RETRAITE", "Retraite", "Pensionierung"),
        Code("DECES", "Décès", "Tod"),
        Code("AUTRE", "Autre", "Andere"),
    ),
    "Définition des indicateurs",
)

DELIVERY_STATE = CodeList(
    "state",
    (
        Code("in_force", "En vigueur", "In Kraft"),
        Code("late", "En vigueur, reçu en retard", "In Kraft, verspätet"),
        Code("expected", "Attendu", "Erwartet"),
        Code("missing", "Manquant", "Fehlt"),
        Code("rejected", "Rejeté", "Abgelehnt"),
        Code("held", "Retenu", "Zurückgestellt"),
        Code("withdrawn", "Retiré", "Zurückgezogen"),
        Code("not_owed", "Non dû", "Nicht geschuldet"),
    ),
    LAYOUT,
)

DELIVERY_STATUS = CodeList(
    "status",
    (
        Code("in_force", "En vigueur", "In Kraft"),
        Code("superseded", "Remplacé", "Ersetzt"),
        Code("rejected", "Rejeté", "Abgelehnt"),
        Code("held", "Retenu", "Zurückgestellt"),
        Code("withdrawn", "Retiré", "Zurückgezogen"),
    ),
    LAYOUT,
)

SEVERITY = CodeList(
    "severity",
    (
        Code("rejected", "Fichier refusé", "Datei abgelehnt"),
        Code("error", "Ligne écartée", "Zeile abgelehnt"),
        Code("warning", "Avertissement", "Warnung"),
    ),
    LAYOUT,
)

SHARED: tuple[CodeList, ...] = (
    SERVICE,
    SEX,
    NOGA_SECTION,
    REGION,
    AGE_GROUP,
    MIXED,
    SYSTEM,
    SYSTEM_COMBINATION,
    TRAJECTORY_PROFILE,
    PROCESS,
    REGISTRATION_OUTCOME,
    DELIVERY_STATE,
    DELIVERY_STATUS,
    SEVERITY,
)
