"""Taking single things out of a part while keeping what they show: fields, links, embedded objects."""

from __future__ import annotations

from kamdesk.documents.ooxml.fields import Field, read_fields
from kamdesk.documents.ooxml.names import R, local, w
from kamdesk.documents.ooxml.xml import Element, remove, unwrap


def unlink_fields(root: Element) -> list[str]:
    """Turn every field that may not stay into the text it shows; the names of these fields."""
    names = []
    for field in read_fields(root):
        if field.allowed:
            continue
        names.append(field.name or field.instruction.strip() or "?")
        unlink(field)
    return names


def unlink(field: Field) -> None:
    """Turn one field into the text it shows."""
    if field.simple is not None:
        if field.simple.getparent() is not None:
            unwrap(field.simple)
        return
    for node in (*field.marks, *field.code):
        run = node.getparent()
        if run is None:
            continue
        remove(node)
        if (
            run.tag == w("r")
            and all(local(child.tag) == "rPr" for child in run)
            and run.getparent() is not None
        ):
            remove(run)


def drop_references(root: Element, relation_id: str) -> list[Element]:
    """Take out whatever refers to a relation, keeping text that was only linked; the pictures that went.

    A picture that is embedded as well keeps its embedded copy.
    """
    gone: list[Element] = []
    for node in list(root.iter()):
        for name in [
            name for name in node.attrib if name.startswith(f"{{{R}}}") and node.get(name) == relation_id
        ]:
            _drop_reference(node, name, gone)
    return gone


def _drop_reference(node: Element, attribute: str, gone: list[Element]) -> None:
    kind = local(node.tag)
    if kind == "hyperlink":
        unwrap(node)
    elif kind in ("blip", "imagedata"):
        del node.attrib[attribute]
        if not any(name.startswith(f"{{{R}}}") and local(name) in ("embed", "id") for name in node.attrib):
            picture = _picture(node)
            gone.append(picture)
            remove(picture)
    elif kind == "OLEObject":
        drop_object(node)
    else:
        remove(node)


def _picture(node: Element) -> Element:
    """The drawing around a blip; in a group of shapes only the one picture, or the whole drawing where it stands alone."""
    for parent in node.iterancestors():
        if local(parent.tag) == "AlternateContent":
            return parent
        if parent.tag in (w("drawing"), w("pict")):
            outer = parent.getparent()
            choice = outer is not None and local(outer.tag) in ("Choice", "Fallback")
            return outer.getparent() if choice else parent
    return node


def drop_object(node: Element) -> None:
    """Take an OLE object out and leave the picture that stood for it."""
    holder = node.getparent()
    remove(node)
    if holder is not None and holder.tag == w("object"):
        for name in list(holder.attrib):
            del holder.attrib[name]
        holder.tag = w("pict")
