"""What `cii release` says."""

import datetime as dt

from pipelines.cli.screen import say
from pipelines.errors import CiiError
from pipelines.orchestration.fingerprint import program
from pipelines.reports.formats import counted
from pipelines.reports.releasing import release, verified
from pipelines.settings import Settings


def print_release(settings: Settings, pack: str | None, *, period: dt.date | None, by: str | None) -> None:
    """Release a pack and say so.

    Raises:
        CiiError: the pack or who releases it is not named, or it cannot be released.
    """
    if not pack:
        raise CiiError('Dites quel rapport, par exemple «cii release gp-cii --period 2013-02 --by "…"», ou --verify.')
    one, path = release(settings, pack, period=period, by=by or "", now=dt.datetime.now(), code=program())
    say(f"Diffusé: {one.pack}, {one.period:%Y-%m}, par {one.released_by} (diffusion no {one.number}).")
    say(f"Fichier: {path}")
    say(f"Gardé: {settings.register / one.folder}; empreinte {one.entry[:12]}.")


def print_verification(settings: Settings) -> bool:
    """Verify the register and say what is wrong; whether nothing is."""
    code = program()
    known, wrong = verified(settings, code=code)
    for sentence in wrong:
        say(sentence)
    if wrong:
        say("Rétablissez le registre depuis une sauvegarde.")
        return False
    if not known:
        say("Rien n'a encore été diffusé.")
        return True
    last, again = known[-1], sum(one.code == code for one in known)
    say(f"Le registre est entier: {counted(len(known), 'diffusion', 'diffusions')}; empreinte {last.entry[:12]}.")
    say(f"Refait à l'octet près des données gardées: {again} sur {len(known)}.")
    if again < len(known):
        say("Les autres ont été faits par un autre état du code; leurs données et leurs fichiers gardés sont intacts.")
    return True
