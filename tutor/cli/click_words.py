"""Click's own words that learners meet, listed so that Babel finds them.

Click sends its words through gettext's global functions, which speak our catalogue (see
`tutor.cli.language`), but brings no translations; Babel reads only our files. Nothing here is
said by the program: the list is what the catalogue has to know beside our own messages. A
test compares it with the click it was taken from.
"""

from __future__ import annotations

from tutor.cli.commands import N_
from tutor.text.message import msgs

CLICK = "8.5"  # the version whose words these are

WORDS = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("default: {default}"),
    N_("required"),
    N_("Show this message and exit."),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("No such option {name!r}."),
    N_("Option {name!r} does not take a value."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing command."),
    N_("Choose from:\n\t{choices}"),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is not readable."),
    N_("path"),
)

COUNTED = (
    msgs("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", n=1),
    msgs("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", n=1),
    msgs(
        "Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", n=1
    ),
    msgs("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", n=1),
)
