"""The commands of the subset, and how each sign is drawn."""

from __future__ import annotations

from tutor.text.maths.nodes import Kind, Symbol

_GREEK = """
alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι
kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ
omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
""".split()  # noqa: SIM905 - a table is easier to read and extend
_NAMES = """
log ln exp sin cos tan sinh cosh tanh arctan arcsin arccos det dim diag rank ker deg gcd softmax
""".split()  # noqa: SIM905 - as above
_LIMITS = "max min argmax argmin sup inf lim Pr arg".split()  # noqa: SIM905 - as above
_SIGNS: dict[Kind, dict[str, tuple[str, str]]] = {
    Kind.ORDINARY: {
        "infty": ("∞", "inf"), "top": ("⊤", "T"), "bot": ("⊥", "_|_"), "ell": ("ℓ", "l"),
        "emptyset": ("∅", "{}"), "forall": ("∀", "for all"), "exists": ("∃", "exists"),
        "neg": ("¬", "not"), "prime": ("′", "'"), "dagger": ("†", "+"), "circ": ("∘", "o"),
        "hbar": ("ℏ", "hbar"), "checkmark": ("✓", "v"), "vert": ("|", "|"), "|": ("‖", "||"),
        "Vert": ("‖", "||"), "%": ("%", "%"), "_": ("_", "_"), "$": ("$", "$"), "#": ("#", "#"),
        "&": ("&", "&"),
    },
    Kind.BINARY: {
        "cdot": ("·", "*"), "times": ("×", "*"), "div": ("÷", "/"), "odot": ("⊙", ".*"),
        "oplus": ("⊕", "(+)"), "ominus": ("⊖", "(-)"), "otimes": ("⊗", "(x)"), "pm": ("±", "+-"),
        "mp": ("∓", "-+"), "ast": ("*", "*"), "star": ("⋆", "*"), "bullet": ("•", "*"),
        "cup": ("∪", "union"), "cap": ("∩", "intersect"), "setminus": ("∖", "\\"),
        "wedge": ("∧", "and"), "land": ("∧", "and"), "vee": ("∨", "or"), "lor": ("∨", "or"),
        "bmod": ("mod", "mod"),
    },
    Kind.RELATION: {
        "to": ("→", "->"), "rightarrow": ("→", "->"), "longrightarrow": ("→", "->"),
        "leftarrow": ("←", "<-"), "gets": ("←", "<-"), "mapsto": ("↦", "|->"),
        "leftrightarrow": ("↔", "<->"), "Rightarrow": ("⇒", "=>"), "implies": ("⇒", "=>"),
        "Leftarrow": ("⇐", "<=="), "Leftrightarrow": ("⇔", "<=>"), "iff": ("⇔", "<=>"),
        "uparrow": ("↑", "up"), "downarrow": ("↓", "down"),
        "le": ("≤", "<="), "leq": ("≤", "<="), "ge": ("≥", ">="), "geq": ("≥", ">="),
        "lt": ("<", "<"), "gt": (">", ">"), "ll": ("≪", "<<"), "gg": ("≫", ">>"),
        "ne": ("≠", "!="), "neq": ("≠", "!="), "approx": ("≈", "~="), "equiv": ("≡", "=="),
        "sim": ("∼", "~"), "simeq": ("≃", "~="), "cong": ("≅", "~="), "propto": ("∝", "propto"),
        "in": ("∈", "in"), "notin": ("∉", "not in"), "ni": ("∋", "contains"),
        "subset": ("⊂", "subset"), "subseteq": ("⊆", "subseteq"), "supset": ("⊃", "superset"),
        "supseteq": ("⊇", "superseteq"), "mid": ("|", "|"), "parallel": ("∥", "||"),
        "perp": ("⊥", "_|_"), "triangleq": ("≜", ":="), "coloneqq": ("≔", ":="),
    },
    Kind.LARGE: {
        "sum": ("∑", "sum"), "prod": ("∏", "prod"), "int": ("∫", "int"),
        "bigcup": ("⋃", "union"), "bigcap": ("⋂", "intersect"), "bigoplus": ("⨁", "(+)"),
    },
    Kind.PREFIX: {"partial": ("∂", "partial"), "nabla": ("∇", "grad")},
    Kind.DOTS: {
        "ldots": ("…", "..."), "dots": ("…", "..."), "cdots": ("⋯", "..."), "vdots": ("⋮", ":"),
        "ddots": ("⋱", "..."),
    },
    Kind.OPENING: {
        "{": ("{", "{"), "lbrace": ("{", "{"), "langle": ("⟨", "<"), "lfloor": ("⌊", "floor("),
        "lceil": ("⌈", "ceil("), "lvert": ("|", "|"), "lVert": ("‖", "||"),
    },
    Kind.CLOSING: {
        "}": ("}", "}"), "rbrace": ("}", "}"), "rangle": ("⟩", ">"), "rfloor": ("⌋", ")"),
        "rceil": ("⌉", ")"), "rvert": ("|", "|"), "rVert": ("‖", "||"),
    },
    Kind.PUNCTUATION: {"colon": (":", ":")},
}  # fmt: skip

COMMANDS: dict[str, Symbol] = {
    **{name: Symbol(letter, name) for name, letter in zip(_GREEK[::2], _GREEK[1::2], strict=True)},
    **{name: Symbol(name, name, Kind.NAME) for name in _NAMES},
    **{name: Symbol(name, name, Kind.LIMIT) for name in _LIMITS},
    **{
        command: Symbol(text, ascii_text, kind)
        for kind, signs in _SIGNS.items()
        for command, (text, ascii_text) in signs.items()
    },
}

# Characters that stand for themselves.
CHARACTERS: dict[str, Symbol] = {
    "+": Symbol("+", "+", Kind.BINARY),
    "-": Symbol("−", "-", Kind.BINARY),
    "−": Symbol("−", "-", Kind.BINARY),
    "*": Symbol("*", "*", Kind.BINARY),
    "=": Symbol("=", "=", Kind.RELATION),
    "<": Symbol("<", "<", Kind.RELATION),
    ">": Symbol(">", ">", Kind.RELATION),
    ",": Symbol(",", ",", Kind.PUNCTUATION),
    ";": Symbol(";", ";", Kind.PUNCTUATION),
    ":": Symbol(":", ":", Kind.PUNCTUATION),
    "(": Symbol("(", "(", Kind.OPENING),
    "[": Symbol("[", "[", Kind.OPENING),
    ")": Symbol(")", ")", Kind.CLOSING),
    "]": Symbol("]", "]", Kind.CLOSING),
    **{char: Symbol(char, char) for char in "/|!?.@"},
    **{
        symbol.text: symbol
        for symbol in reversed(COMMANDS.values())
        if len(symbol.text) == 1 and not symbol.text.isascii()
    },
}

SPACES: dict[str, int] = {
    ",": 1, ":": 1, ";": 1, " ": 1, "thinspace": 1, "!": -1, "quad": 2, "qquad": 4,
}  # fmt: skip

ACCENTS = {
    "hat": "hat", "widehat": "hat", "tilde": "tilde", "widetilde": "tilde", "bar": "bar",
    "overline": "bar", "vec": "vec", "dot": "dot", "ddot": "ddot",
}  # fmt: skip

COMBINING = {
    "hat": "\u0302", "tilde": "\u0303", "bar": "\u0304", "dot": "\u0307", "ddot": "\u0308",
    "vec": "\u20d7",
}  # fmt: skip

CALLIGRAPHIC = {
    **{chr(65 + i): chr(0x1D49C + i) for i in range(26)},
    "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ",
}  # fmt: skip

BLACKBOARD = {
    **{chr(65 + i): chr(0x1D538 + i) for i in range(26)},
    "C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ", "1": "𝟙",
}  # fmt: skip

SUBSCRIPTS = dict(
    zip(
        "0123456789+−=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)
# Letters that read well side by side as small indices; other runs of letters are names (W_xh).
INDEX_LETTERS = frozenset("ijklmnt")

SUPERSCRIPTS = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ⊤′*∘†",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡᵀ′*°†",
        strict=True,
    )
)

# What to write instead of well-known TeX that is not in the subset.
INSTEAD = {
    "bigl": r"\left", "bigr": r"\right", "Bigl": r"\left", "Bigr": r"\right", "big": r"\left",
    "Big": r"\left", "bigg": r"\left", "middle": r"\mid", "not": r"\ne", "mbox": r"\text",
    "textbf": r"\text", "textit": r"\text", "textrm": r"\text", "texttt": r"\text",
    "bf": r"\mathbf", "rm": r"\mathrm", "cal": r"\mathcal", "mathscr": r"\mathcal",
    "underline": r"\bar", "dddot": r"\ddot", "lbrack": "[", "rbrack": "]", "over": r"\frac",
}  # fmt: skip

# TeX that has no place in a terminal, or belongs in the sentence round the formula.
UNSUPPORTED = frozenset(
    """
    displaystyle textstyle scriptstyle limits nolimits underbrace overbrace underset overset
    stackrel substack tag label color textcolor boxed cancel phantom hspace vspace hline href
    mathrel mathbin mathop nonumber noindent small large
    """.split()  # noqa: SIM905 - as above
)
