# SPDX-License-Identifier: MIT
"""The words of what pandoc has read, for the tests that compare them."""
import re


def plain(node):
    """The text of a pandoc node, words parted by single spaces; notes are left out."""
    if isinstance(node, list):
        return "".join(plain(n) for n in node)
    if not isinstance(node, dict):
        return ""
    kind, content = node.get("t"), node.get("c")
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind == "Str":
        return content
    if kind in ("Code", "CodeBlock"):
        return content[1]
    if kind in ("RawInline", "RawBlock", "Note"):
        return ""
    if kind in ("Span", "Link", "Div", "Image", "Quoted"):
        return plain(content[1])
    if kind == "Header":
        return plain(content[2])
    return plain(content)


def squeezed(text):
    """For comparing: letters and digits only, so that neither spacing nor marks matter."""
    return re.sub(r"[\W_]", "", text)
