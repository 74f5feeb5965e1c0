"""Tables of TeX and Unicode that both directions share. What is not here is looked up in pylatexenc's tables.

Only commands that LaTeX's kernel knows stand in tables used for writing: a .bib must not need packages.
"""

from __future__ import annotations

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331", "t": "\u0361", "textcommabelow": "\u0326", "textsubdot": "\u0323", "textogonekcentered": "\u0328",
}  # fmt: skip
COMMANDS_OF_MARKS = {mark: command for command, mark in reversed(ACCENTS.items()) if len(command) == 1} | {
    "\u0326": "textcommabelow",
}

LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
}  # fmt: skip

# Commands of text mode. The first of several for one character is the one that is written.
SYMBOLS = {
    "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "copyright": "©", "pounds": "£", "ldots": "…", "dots": "…",
    "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\", "textunderscore": "_", "textbar": "|",
    "textless": "<", "textgreater": ">", "textendash": "–", "textemdash": "—", "textquoteleft": "‘",
    "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "textquotedbl": '"', "textquotesingle": "'",
    "textellipsis": "…", "textbullet": "•", "textperiodcentered": "·", "textsection": "§", "textparagraph": "¶",
    "textdagger": "†", "textdaggerdbl": "‡", "textexclamdown": "¡", "textquestiondown": "¿", "textsterling": "£",
    "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "textdegree": "°", "texteuro": "€", "euro": "€",
    "EUR": "€", "textyen": "¥", "textcent": "¢", "textcurrency": "¤", "textordfeminine": "ª", "textordmasculine": "º",
    "textperthousand": "‰", "textnumero": "№", "textcelsius": "℃", "textmu": "µ", "micro": "µ",
    "guillemotleft": "«", "guillemotright": "»", "guillemetleft": "«", "guillemetright": "»", "guilsinglleft": "‹",
    "guilsinglright": "›", "quotedblbase": "„", "quotesinglbase": "‚", "glqq": "„", "grqq": "“", "textbraceleft": "{",
    "textbraceright": "}", "lbrace": "{", "rbrace": "}", "textdollar": "$", "textasteriskcentered": "*", "slash": "/",
    "textvisiblespace": "␣", "textonesuperior": "¹", "texttwosuperior": "²", "textthreesuperior": "³", "LaTeX": "LaTeX",
    "TeX": "TeX", "BibTeX": "BibTeX", "XeTeX": "XeTeX", "LaTeXe": "LaTeX2ε", "textpm": "±", "texttimes": "×",
    "textdiv": "÷", "textlnot": "¬", "textonehalf": "½", "textonequarter": "¼", "textthreequarters": "¾", "nobreakspace": "\xa0",
    "textrightarrow": "→", "textleftarrow": "←", "textminus": "−", "textbrokenbar": "¦", "textquotestraightdblbase": ",,",
    "cprime": "ʹ", "cdprime": "ʺ", "textprime": "′", "enspace": " ", "quad": " ", "qquad": " ", "newline": " ", "linebreak": " ",
    "par": " ", "hskip": " ", "space": " ", "bibrangedash": "–", "hyphen": "-", "hyph": "-", "textnonbreakinghyphen": "‑",
}  # fmt: skip

# What papers define for themselves, and leave in abstracts.
ABBREVIATIONS = {
    "eg": "e.g.", "ie": "i.e.", "etal": "et al.", "etc": "etc.", "cf": "cf.", "wrt": "w.r.t.", "iid": "i.i.d.",
}  # fmt: skip

# Commands of math mode, all in the kernel. A value that is `$\beta$` alone is the letter; other math is left as it is.
MATH = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "varpi": "ϖ", "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "ϕ",
    "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ",
    "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
    "times": "×", "div": "÷", "pm": "±", "mp": "∓", "cdot": "⋅", "ast": "∗", "star": "⋆", "circ": "∘", "bullet": "∙",
    "oplus": "⊕", "ominus": "⊖", "otimes": "⊗", "oslash": "⊘", "odot": "⊙", "cap": "∩", "cup": "∪", "wedge": "∧", "vee": "∨",
    "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "equiv": "≡", "sim": "∼", "simeq": "≃",
    "approx": "≈", "cong": "≅", "propto": "∝", "ll": "≪", "gg": "≫", "subset": "⊂", "supset": "⊃", "subseteq": "⊆",
    "supseteq": "⊇", "in": "∈", "ni": "∋", "notin": "∉", "perp": "⊥", "parallel": "∥", "mid": "∣", "models": "⊨",
    "vdash": "⊢", "dashv": "⊣", "prec": "≺", "succ": "≻", "forall": "∀", "exists": "∃", "neg": "¬", "emptyset": "∅",
    "infty": "∞", "partial": "∂", "nabla": "∇", "sum": "∑", "prod": "∏", "int": "∫", "oint": "∮", "surd": "√",
    "angle": "∠", "triangle": "△", "aleph": "ℵ", "hbar": "ℏ", "ell": "ℓ", "Re": "ℜ", "Im": "ℑ", "wp": "℘", "top": "⊤",
    "bot": "⊥", "rightarrow": "→", "to": "→", "leftarrow": "←", "gets": "←", "leftrightarrow": "↔", "uparrow": "↑",
    "downarrow": "↓", "updownarrow": "↕", "Rightarrow": "⇒", "Leftarrow": "⇐", "Leftrightarrow": "⇔", "mapsto": "↦",
    "hookrightarrow": "↪", "hookleftarrow": "↩", "nearrow": "↗", "searrow": "↘", "swarrow": "↙", "nwarrow": "↖",
    "rightharpoonup": "⇀", "rightleftharpoons": "⇌", "longrightarrow": "⟶", "langle": "⟨", "rangle": "⟩", "lfloor": "⌊",
    "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "flat": "♭", "natural": "♮", "sharp": "♯", "clubsuit": "♣",
    "diamondsuit": "♢", "heartsuit": "♡", "spadesuit": "♠", "diamond": "⋄", "cdots": "⋯", "vdots": "⋮", "ddots": "⋱",
    "amalg": "⨿", "bigcirc": "◯", "dagger": "†", "ddagger": "‡", "prime": "′", "backslash": "\\", "setminus": "∖",
}  # fmt: skip

# More that math in titles may hold without needing a package.
MATH_WORDS = frozenset(
    """
frac sqrt mathrm mathbf mathit mathcal mathsf mathtt mathnormal hat tilde bar vec dot ddot overline
underline widehat widetilde overbrace underbrace stackrel left right bigl bigr Bigl Bigr big Big log ln
exp sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan min max sup inf lim liminf limsup arg
det dim ker hom deg gcd Pr ldots dots quad qquad bmod pmod mathop limits nolimits displaystyle textstyle
scriptstyle lbrace rbrace lbrack rbrack vert Vert mbox hbox textrm textit textbf textsf texttt iff not
limits rm bf it sf tt cal acute grave breve check mathring
""".split()
)

# Commands whose argument is the text, and nothing more.
TRANSPARENT = frozenset(
    """
textrm texttt textsf textup textmd textnormal mbox hbox text ensuretext selectfont bibinfo uline underline
mkbibacro mkbibnamefamily mkbibnamegiven mkbibparens texorpdfstring lowercase MakeLowercase uppercase
autocap textln textsw path nolinkurl url citetitle textcyr textgreek lettrine textls natexlab
""".split()
)
STYLES = {
    "emph": "i", "textit": "i", "textsl": "i", "mkbibemph": "i", "mkbibitalic": "i", "textbf": "b", "mkbibbold": "b",
    "textsc": "sc", "textsuperscript": "sup", "mkbibsuperscript": "sup", "textsubscript": "sub", "mkbibsubscript": "sub",
    "em": "i", "it": "i", "sl": "i", "itshape": "i", "slshape": "i", "bf": "b", "bfseries": "b", "sc": "sc", "scshape": "sc",
}  # fmt: skip
DECLARATIONS = frozenset(
    """
em it sl itshape slshape bf bfseries sc scshape
""".split()
)
QUOTES = frozenset({"enquote", "mkbibquote", "enquote*"})
# Commands that leave nothing, with the number of arguments that go with them.
IGNORED = {
    "relax": 0, "protect": 0, "rm": 0, "tt": 0, "sf": 0, "normalfont": 0, "upshape": 0, "rmfamily": 0, "ttfamily": 0,
    "sffamily": 0, "mdseries": 0, "small": 0, "footnotesize": 0, "large": 0, "normalsize": 0, "noindent": 0, "sloppy": 0,
    "hfill": 0, "break": 0, "allowbreak": 0, "nobreak": 0, "penalty": 0, "-": 0, "/": 0, "!": 0,
    "cyr": 0, "boldmath": 0, "leavevmode": 0, "xspace": 0, "null": 0, "smash": 0, "hyphenation": 1, "vspace": 1, "hspace": 1,
    "noopsort": 1, "SortNoop": 1, "sortnoop": 1, "foreignlanguage": 1, "selectlanguage": 1, "textcolor": 1, "color": 1,
    "phantom": 1, "label": 1, "index": 1, "footnote": 1, "fontsize": 2, "fontencoding": 1,
}  # fmt: skip
