"""Text that no spreadsheet runs as a formula (OWASP's rule for text cells)."""

FORMULA = "=+-@＝＋－＠"
CONTROL = "\t\r\n\x00"


def safe(text: str) -> str:
    """With an apostrophe before what a spreadsheet would run, or skip to run what follows."""
    risky = text[:1] in CONTROL or text.lstrip()[:1] in FORMULA
    return f"'{text}" if text and risky else text
