"""Writes src/core/plate/colour-tables.ts from matplotlib's own tables.

    python3 build/write-colour-tables.py && npx prettier --write src/core/plate/colour-tables.ts

Made with matplotlib 3.6.3.
"""

from pathlib import Path

from matplotlib import colormaps

SOURCES = {
    "viridis": "Nathaniel Smith and Stéfan van der Walt, 2015 (CC0)",
    "cividis": "Nuñez, Anderton and Renslow, PLoS ONE 13:e0199239, 2018",
    "magma": "Nathaniel Smith and Stéfan van der Walt, 2015 (CC0)",
    "coolwarm": "Moreland, Diverging Color Maps for Scientific Visualization, ISVC 2009",
    "PuOr_r": "PuOr of Cynthia Brewer's ColorBrewer, turned round",
}
PER_LINE = 15

lines = [
    "// Written by build/write-colour-tables.py from matplotlib; do not edit.",
    "",
    "/** 256 colours from low to high, six hexadecimal digits each. */",
    "export const COLOUR_TABLES = {",
]
for name, source in SOURCES.items():
    colours = [
        "".join(f"{round(part * 255):02x}" for part in colormaps[name](i)[:3]) for i in range(256)
    ]
    lines.append(f"  /** {source}. */")
    lines.append(f"  {name}: [")
    lines += [
        f"    '{''.join(colours[i : i + PER_LINE])}'," for i in range(0, len(colours), PER_LINE)
    ]
    lines.append("  ].join(''),")
lines.append("} as const")

target = Path(__file__).parent.parent / "src/core/plate/colour-tables.ts"
target.write_text("\n".join(lines) + "\n")
