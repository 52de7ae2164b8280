"""`tutor lab`."""

from __future__ import annotations

import json

import click

from tutor.cli.commands import N_, Command, Option
from tutor.errors import ExitCode, TutorError
from tutor.text.message import msg


@click.command(
    cls=Command,
    help=N_(
        "Open a lab on the screen, or print what it shows. Without a name, list the labs.\n\n"
        "--set turns a control: tutor lab parameters --set layer=gru --set hidden_size=32; "
        "a list is written with commas: --set layer=dense --set layer_sizes=784,256,10."
    ),
)
@click.argument("name", required=False)
@click.option("--list", "as_list", cls=Option, is_flag=True, help=N_("List the labs."))
@click.option(
    "--set",
    "settings",
    cls=Option,
    multiple=True,
    metavar="KEY=VALUE",
    help=N_("Set a control; may be given several times."),
)
@click.option("--plain", cls=Option, is_flag=True, help=N_("Plain text instead of the screen."))
@click.option("--json", "as_json", cls=Option, is_flag=True, help=N_("Print JSON."))
def lab(
    name: str | None, settings: tuple[str, ...], *, as_list: bool, plain: bool, as_json: bool
) -> None:
    """Open a lab, print its frame, or list the labs."""
    if name is None or as_list:
        _print_list()
        return
    from tutor.labs import open_controls

    given = dict(_setting(text) for text in settings)
    controls = open_controls(name, given)
    if not (plain or as_json):
        from tutor.cli.app import run_app
        from tutor.ui.app import First

        run_app(First.lab(name, given), content=click.get_current_context().obj)
        return
    from tutor.cli.context import voice
    from tutor.cli.parameters_text import frame_data, frame_lines
    from tutor.labs.parameters import ParametersControls

    if not isinstance(controls, ParametersControls):
        raise TypeError(f"the lab {name} cannot be printed")
    frame, speaker = controls.frame(), voice()
    if as_json:
        standing = controls.settings()
        data = {
            "lab": name,
            "controls": standing,
            "frame": frame_data(frame, standing, speaker),
        }
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    for line in frame_lines(frame, speaker):
        click.echo(line)


def _print_list() -> None:
    from tutor.cli.context import voice
    from tutor.cli.output import write
    from tutor.labs.registry import LABS

    speaker = voice()
    for entry in LABS.values():
        write(msg("{name}  {about}", name=entry.name, about=entry.about), speaker)


def _setting(text: str) -> tuple[str, object]:
    """Read `key=value`."""
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise TutorError(
            msg("`{text}` sets nothing.", text=text[:40]),
            msg("Write `--set key=value`, as in `--set hidden_size=32`."),
            exit_code=ExitCode.USAGE,
        )
    return key.strip().replace("-", "_"), _value(value.strip())


def _value(text: str) -> object:
    """Read a value: `true`, `false`, a number, several numbers, or else a word."""
    from tutor.grading.numbers import parse_number

    if text.lower() in {"true", "false"}:
        return text.lower() == "true"
    parts = text.strip("[]()").replace(",", " ").split()
    numbers = [parse_number(part) for part in parts]
    whole = [number for number in numbers if isinstance(number, int)]
    if parts and len(whole) == len(parts):
        return whole[0] if len(whole) == 1 else tuple(whole)
    return text
