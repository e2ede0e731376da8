"""`cii`: what an analyst types."""

import gc
import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from pipelines.cli.running import copy_meant, executed, progressing
from pipelines.cli.screen import err, out, say
from pipelines.cli.words import Form, Grain, Language, Month, Spoken, day, month
from pipelines.errors import CiiError, internal
from pipelines.reports.help import help_in_french
from pipelines.settings import Settings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def main() -> None:
    """The command line: an error is one sentence and exit 1, never a traceback."""
    # What a command makes lives about as long as it does: looking as often as Python would for what has become unreachable took a
    # sixth of a run.
    gc.set_threshold(100_000, 50, 100)
    try:
        (help_in_french(app) if "--help" in sys.argv or len(sys.argv) == 1 else app)()
    except Exception as error:
        commands = {each.callback.__name__ for each in app.registered_commands if each.callback}
        command = next((word for word in sys.argv[1:] if word in commands), "cii")
        told = error if isinstance(error, CiiError) else internal(error, during=command)
        err.print("[bold red]Échec.[/]", Text(str(told)), soft_wrap=True)
        raise SystemExit(1) from None


@app.callback()
def settings(
    context: typer.Context,
    raw: Annotated[Path | None, typer.Option(help="Dossier des envois (sinon CII_RAW_DIR, sinon raw/).")] = None,
    warehouse: Annotated[Path | None, typer.Option(help="Dossier de l'entrepôt (sinon CII_WAREHOUSE_DIR, sinon warehouse/).")] = None,
    file: Annotated[
        Path | None, typer.Option("--settings", metavar="FILE", help="Fichier de réglages (sinon CII_SETTINGS, sinon cii.toml).")
    ] = None,
) -> None:
    """Suivi de l'insertion dans la collaboration interinstitutionnelle (CII) neuchâteloise."""
    context.obj = Settings.load(raw=raw, warehouse=warehouse, file=file)


@app.command()
def run(
    context: typer.Context,
    first: Annotated[Any, typer.Option("--from", parser=month, metavar="AAAA-MM", help="Premier mois lu.")] = None,
    last: Annotated[Any, typer.Option("--to", parser=month, metavar="AAAA-MM", help="Dernier mois lu, et dernier mois dû.")] = None,
    as_of: Annotated[
        Any, typer.Option("--as-of", parser=day, metavar="AAAA-MM-JJ", help="Les chiffres tels que connus ce jour-là.")
    ] = None,
) -> None:
    """Lit ce qui est arrivé, refait les tables et le rapport, et publie."""
    from pipelines.orchestration import run as runs
    from pipelines.reports import terminal

    asked: Settings = context.obj.but(first=first, last=last, as_of=as_of)
    if first and last and first > last:
        raise typer.BadParameter("--from est après --to.")
    if as_of and as_of > asked.today:
        raise typer.BadParameter("--as-of est dans l'avenir.")
    if runs.nothing_new(asked):
        # What a run writes when it begins and removes when it ends: without it none was killed, and Dagster need not be loaded.
        if asked.holder.exists():
            runs.end_the_killed(asked)
        out.print("Rien de nouveau: mêmes fichiers, même code, mêmes réglages. L'entrepôt publié est à jour.")
    else:
        executed(asked)
    terminal.print_summary(out, asked)


@app.command()
def sample(
    out_dir: Annotated[Path, typer.Option("--out", help="Dossier où écrire les envois d'exemple.")],
    seed: Annotated[int, typer.Option(min=0, help="Graine du hasard.")] = 1,
    scale: Annotated[int, typer.Option(min=1, help="Multiplie les personnes et les programmes.")] = 1,
    file_format: Annotated[str | None, typer.Option("--format", help="csv ou xlsx pour tous les fichiers.")] = None,
    first: Annotated[Any, typer.Option("--from", parser=month, metavar="AAAA-MM", help="Premier mois écrit.")] = None,
    last: Annotated[Any, typer.Option("--to", parser=month, metavar="AAAA-MM", help="Dernier mois écrit.")] = None,
    dataset: Annotated[
        list[str] | None, typer.Option("--dataset", metavar="JEU", help="Ce jeu de données seulement; peut être répété.")
    ] = None,
) -> None:
    """Écrit des envois d'exemple: des personnes inventées, marquées comme telles."""
    from pipelines.sample.generate import datasets, generate
    from pipelines.sample.world import World

    if file_format not in (None, "csv", "xlsx"):
        raise typer.BadParameter("--format est csv ou xlsx.")
    if unknown := sorted(set(dataset or ()) - set(datasets())):
        raise typer.BadParameter(f"«{unknown[0]}» n'est pas un jeu de données; il y a {', '.join(datasets())}.")
    try:
        with progressing() as progress:
            task = progress.add_task("écriture", total=None)
            written = generate(
                out_dir,
                World(seed, scale, first, last, file_format, frozenset(dataset) if dataset else None),
                progress=lambda name: progress.update(task, description=name),
            )
    except ValueError as error:
        raise CiiError(str(error)) from None
    say(f"{len(written)} fichiers d'exemple (personnes inventées) et leurs accusés de réception dans {out_dir}.")


@app.command()
def status(context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="En JSON.")] = False) -> None:
    """Montre l'état de chaque envoi: service, jeu de données, mois."""
    from pipelines.reports import terminal

    terminal.print_status(out, context.obj, as_json=as_json)


@app.command()
def accept(
    context: typer.Context,
    delivery: Annotated[str, typer.Argument(metavar="LIVRAISON", help="Son identifiant, ou un début qui suffit.")],
    why: Annotated[str, typer.Option("--why", help="Pourquoi ce nombre de lignes est juste.")],
    by: Annotated[str | None, typer.Option("--by", help="Qui le dit (sinon l'utilisateur de l'ordinateur).")] = None,
) -> None:
    """Met en vigueur un envoi retenu pour son nombre de lignes, avec la raison; le prochain traitement en tient compte."""
    from pipelines.orchestration.accept import accept as accepted

    one = accepted(context.obj, delivery, why=why, by=by)
    say(f"{one.file} est accepté avec {one.rows_loaded} lignes (d'habitude {one.rows_usual}). Lancez «cii run» pour le publier.")


@app.command()
def check(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Fichiers à contrôler, ou le dossier d'un service.")],
    named: Annotated[
        str | None, typer.Option("--as", metavar="SERVICE/JEU/PÉRIODE", help="Ce que c'est, par exemple sfpo/cm_fp_dossiers/2013-02.")
    ] = None,
    out_path: Annotated[Path | None, typer.Option("--out", help="Dossier, ou fichier .xlsx, où écrire le classeur de correction.")] = None,
    language: Annotated[Language, typer.Option("--language", help="Langue de la réponse; fr-de: les deux côte à côte.")] = Language.BOTH,
    as_json: Annotated[bool, typer.Option("--json", help="En JSON.")] = False,
) -> None:
    """Dit ce que le traitement dirait d'un fichier, sans le charger; sort avec 1 s'il serait refusé."""
    from pipelines.ingest.check import check_file, files
    from pipelines.reports.verdict import print_checked, refuse_a_bad_place, write_workbooks

    found, unread = files(paths)
    if out_path:
        refuse_a_bad_place(out_path, found, settings=context.obj)
    checked = []
    for path in found:
        try:
            checked.append(check_file(path, named=named, limits=context.obj.limits, raw=context.obj.raw))
        except CiiError as error:
            unread.append(str(error))
    written = write_workbooks(checked, out_path, language=language.value) if out_path else [None for _ in checked]
    if as_json:
        answers = [one.as_json() | {"workbook": str(book) if book else None} for one, book in zip(checked, written, strict=True)]
        print(json.dumps(answers, ensure_ascii=False, indent=2))
    else:
        for one, book in zip(checked, written, strict=True):
            print_checked(out, one, language=language.value)
            if out_path:
                say(f"  Classeur de correction: {book}" if book else "  Sans remarque: pas de classeur de correction.")
    for sentence in unread:
        err.print("[bold red]Non contrôlé.[/]", Text(sentence), soft_wrap=True)
    if unread or not all(one.intake.accepted for one in checked):
        raise typer.Exit(1)


@app.command()
def template(
    context: typer.Context,
    dataset: Annotated[str, typer.Argument(metavar="JEU", help="Le jeu de données, par exemple cm_fp_dossiers.")],
    service: Annotated[str | None, typer.Option("--service", help="Le service qui l'envoie, par exemple sfpo.")] = None,
    period: Annotated[str | None, typer.Option("--period", metavar="AAAA-MM", help="La période, qui donne le nom du fichier.")] = None,
    out_file: Annotated[Path | None, typer.Option("--out", help="Fichier .xlsx à écrire, ou dossier.")] = None,
) -> None:
    """Écrit un modèle XLSX à remplir: en-têtes, listes de codes, formats, et ce que chaque colonne attend."""
    from pipelines.reports.template import write_template

    context.obj.keep_out_of_raw(out_file or Path())
    path = write_template(dataset, service=service, period=period, out=out_file)
    say(f"Modèle écrit: {path}. Contrôlez-le, une fois rempli, par «cii check».")


@app.command()
def diff(
    context: typer.Context,
    before: Annotated[str, typer.Argument(metavar="A", help="Une copie publiée (.duckdb), un jour (AAAA-MM-JJ), ou «publie».")],
    after: Annotated[str, typer.Argument(metavar="B", help="L'autre, de même.")],
    table: Annotated[str | None, typer.Option(help="Ne compare que les lignes de cette table.")] = None,
    limit: Annotated[int | None, typer.Option(min=0, help="Combien de lignes et de valeurs montrer (10; en JSON toutes).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="En JSON.")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Sort avec 1 s'il y a une différence.")] = False,
) -> None:
    """Compare deux copies publiées: livraisons, valeurs et lignes, et ce qui a causé chaque changement."""
    from pipelines.reports.comparison import print_comparison

    copies = [copy_meant(context.obj, word) for word in (before, after)]
    equal = print_comparison(out, *copies, table=table, limit=limit, as_json=as_json)
    if exit_code and not equal:
        raise typer.Exit(1)


@app.command()
def report(
    context: typer.Context,
    pack: Annotated[str, typer.Argument(metavar="RAPPORT", help="gp-cii, coordination, legislature, service-semp, service-saso, …")],
    period: Month = None,
    internal: Annotated[bool, typer.Option("--internal", help="Montre tout, pour les analystes seulement.")] = False,
    forms: Annotated[
        list[Form] | None,
        typer.Option("--format", help="Aussi en pdf, xlsx ou csv (avec Parquet); peut être répété; html l'est toujours."),
    ] = None,
    language: Annotated[Spoken, typer.Option("--language", help="Aussi en allemand: de.")] = Spoken.FRENCH,
) -> None:
    """Écrit un rapport d'après la copie publiée; ce qui sort du cercle des analystes passe par le contrôle de confidentialité."""
    from pipelines.reports.ordered import write_ordered

    others = tuple(dict.fromkeys(one.value for one in forms or () if one is not Form.HTML))
    for path in write_ordered(context.obj, pack, period=period, internal=internal, forms=others, language=language.value):
        say(str(path))


@app.command()
def release(
    context: typer.Context,
    pack: Annotated[str | None, typer.Argument(metavar="[RAPPORT]", help="gp-cii, coordination ou legislature.")] = None,
    period: Month = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NOM", help="Qui diffuse.")] = None,
    verify: Annotated[bool, typer.Option("--verify", help="Contrôle le registre et refait chaque rapport diffusé.")] = False,
) -> None:
    """Diffuse un rapport: fige ses chiffres au registre, d'où il se refait à l'octet près; ou contrôle ce registre."""
    from pipelines.cli.releasing import print_release, print_verification

    if verify:
        if not print_verification(context.obj):
            raise typer.Exit(1)
        return
    print_release(context.obj, pack, period=period, by=by)


@app.command()
def explain(
    context: typer.Context,
    indicator: Annotated[str, typer.Argument(metavar="INDICATEUR", help="Son nom dans le catalogue, par exemple cm_fp_solution_rate.")],
    period: Annotated[Any, typer.Option("--period", parser=month, metavar="AAAA-MM", help="La période, par un de ses mois.")],
    grain: Annotated[
        Grain | None, typer.Option("--grain", help="Le mois, le trimestre ou l'année qui contient ce mois (sinon le plus court qu'il y a).")
    ] = None,
    dimension: Annotated[str | None, typer.Option("--dimension", metavar="VENTILATION", help="Par quoi, par exemple outcome.")] = None,
    member: Annotated[str | None, typer.Option("--member", metavar="MODALITÉ", help="Le code de la modalité, par exemple EMPLOI.")] = None,
    rows: Annotated[bool, typer.Option("--rows", help="Liste aussi ce qui est compté, avec clés, fichiers et lignes.")] = False,
) -> None:
    """Explique un chiffre: définition, ce qu'il compte, livraisons, part écartée, cible, chiffre publié; avec --rows ses lignes."""
    from pipelines.cli.explaining import queries
    from pipelines.reports.explanation import print_explanation

    counting = queries() if rows else None
    print_explanation(out, context.obj, indicator, period, grain=grain, dimension=dimension, member=member, queries=counting)


@app.command()
def dictionary(
    context: typer.Context, out_file: Annotated[Path | None, typer.Option("--out", help="Fichier Markdown à écrire.")] = None
) -> None:
    """Écrit le dictionnaire des données: ce que les services envoient et ce que les tables contiennent."""
    from pipelines.orchestration.dictionary import dictionary as text

    if out_file:
        context.obj.keep_out_of_raw(out_file)
        out_file.write_text(text(), encoding="utf-8")
        say(f"Dictionnaire écrit dans {out_file}.")
    else:
        print(text())


@app.command()
def ui(
    context: typer.Context,
    port: Annotated[int, typer.Option(help="Port sur cette machine.")] = 3000,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Pour regarder seulement: rien ne peut être lancé ni enclenché depuis les écrans.")
    ] = False,
) -> None:
    """Ouvre les écrans de Dagster, sur cette machine seulement."""
    from pipelines.orchestration.run import serve

    kind = "Écrans de Dagster, en lecture seule" if read_only else "Écrans de Dagster"
    say(f"{kind}: http://127.0.0.1:{port} (prêts en une vingtaine de secondes; Ctrl+C pour arrêter).")
    serve(context.obj, port=port, read_only=read_only)
