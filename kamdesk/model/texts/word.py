"""Texts about Word files: why one is refused, what was cleaned, what the template doctor found, where."""

from __future__ import annotations

from typing import Final

from kamdesk.model.messages import N_, P_, Plural

TEXTS: Final[dict[str, str | Plural]] = {
    # why a file is refused
    "word.empty": N_("The file is empty. Ask for it again or save it anew in Word."),
    "word.zeros": N_("The file holds nothing but zeros: it was damaged on its medium. Ask for it again."),
    "word.cut": N_("The file is cut off: its end is missing. Copy or download it again."),
    "word.damaged": N_(
        "The file is damaged and cannot be read. Open it in Word, let Word repair it and save it anew."
    ),
    "word.is_encrypted": N_(
        "The file is protected by a password. Open it in Word, take the password off (File → Info → Protect Document) and "
        "save it again."
    ),
    "word.is_doc": N_(
        "This is an old Word file (.doc). Open it in Word and save it as Word Document (.docx)."
    ),
    "word.is_old_office": N_(
        "This is a file of an old Office format. Open it in Word and save it as Word Document (.docx)."
    ),
    "word.is_odt": N_(
        "This is an OpenDocument text (.odt). Open it in LibreOffice or Word and save it as Word Document (.docx)."
    ),
    "word.is_open_document": N_("This is an OpenDocument file, not a text. Choose a Word document (.docx)."),
    "word.is_rtf": N_("This is an RTF file. Open it in Word and save it as Word Document (.docx)."),
    "word.is_pdf": N_("This is a PDF file. Choose the Word document (.docx) it was made from."),
    "word.is_web_page": N_("This is a web page. Open it in Word and save it as Word Document (.docx)."),
    "word.is_plain_xml": N_(
        "This is a Word file saved as XML. Open it in Word and save it as Word Document (.docx)."
    ),
    "word.is_pages": N_("This is a Pages file. Export it as Word (.docx) first."),
    "word.is_spreadsheet": N_("This is a spreadsheet, not a Word document. Choose a .docx file."),
    "word.is_slides": N_("This is a presentation, not a Word document. Choose a .docx file."),
    "word.is_mail": N_("This is an e-mail message. Save its attachment and choose that file."),
    "word.is_picture": N_("This is a picture, not a Word document. Choose a .docx file."),
    "word.is_contact": N_("This is a contact card, not a Word document. Use Import for it."),
    "word.is_package": N_("This is a package of another kamdesk, not a Word document. Use Import for it."),
    "word.is_archive": N_("This is an archive, not a Word document. Unpack it and choose the .docx file."),
    "word.is_strict": N_(
        "The document is saved as Strict Open XML. Open it in Word and save it as Word Document (.docx), without “Strict”."
    ),
    "word.not_word": N_("This is not a Word document, whatever its name says. Choose a .docx file."),
    "word.no_document": N_(
        "There is no Word text in the file. Open it in Word and save it as Word Document (.docx)."
    ),
    "word.missing_part": N_(
        "A part of the file is missing ({part}). Open it in Word, let Word repair it and save it anew."
    ),
    "word.file_too_large": N_(
        "The file is larger than {megabytes} MB. Make its pictures smaller (Compress Pictures in Word)."
    ),
    "word.too_many_entries": P_(
        "The file has more than {n} part. Save the text as a new document.",
        "The file has more than {n} parts. Save the text as a new document.",
    ),
    "word.zip_bomb": N_(
        "The file unpacks to an enormous size and was not opened. Do not use it; ask where it comes from."
    ),
    "word.bad_entry_name": N_(
        "A part of the file has a forbidden name ({name}). Do not use the file; ask where it comes from."
    ),
    "word.duplicate_entry": N_(
        "The file holds the same part twice ({name}). Open it in Word and save it anew."
    ),
    "word.xml_too_large": N_("The part {part} of the file is too large. Save the text as a new document."),
    "word.xml_encoding": N_(
        "The part {part} of the file is written in an encoding that Word does not use. Save it anew in Word."
    ),
    "word.xml_broken": N_(
        "The part {part} of the file is damaged. Open it in Word, let Word repair it and save it anew."
    ),
    "word.doctype": N_(
        "The part {part} of the file carries a document type declaration, which Word never writes. Do not use the file; ask "
        "where it comes from."
    ),
    "word.repeated_relation": N_(
        "Two links of the part {part} have one name. Open the file in Word and save it anew."
    ),
    "word.cannot_clean": N_("The file could not be cleaned: {reason}"),
    "word.not_a_picture": N_("The file for {target} is not a picture that Word can show (PNG, JPEG or GIF)."),
    # what may not be in a document
    "word.has_macros": N_(
        "The document carries macros or add-ins. Save it as Word Document (.docx) without them."
    ),
    "word.has_ole": N_("The document holds an embedded object (OLE). Replace it by a picture or a table."),
    "word.has_activex": N_("The document holds an ActiveX control. Delete it in Word."),
    "word.has_altchunk": N_(
        "The document holds another document inside that is unpacked on opening. Paste its text instead."
    ),
    "word.has_subdocument": N_(
        "The document is a master document with parts in other files. Paste their text instead."
    ),
    "word.has_mail_merge": N_(
        "The document is tied to a data source (mail merge). Make it an ordinary document in Word."
    ),
    "word.has_template_link": N_("The document is tied to another file. Break the link in Word."),
    "word.has_revisions": N_("The document holds comments or tracked changes."),
    "word.external_link": N_(
        "The document fetches something from outside: {target}. Embed it or delete the link in Word."
    ),
    "word.missing_target": N_(
        "The document refers to a part that is not there: {target}. Open it in Word and save it anew."
    ),
    "word.forbidden_field": N_(
        "The field code {name} is not allowed. Replace it by its text in Word (Ctrl+Shift+F9)."
    ),
    # what was cleaned
    "word.removed_template": N_("Link to the template {target} removed"),
    "word.removed_link": N_("Link to {target} removed"),
    "word.removed_picture": N_("Picture linked from {target} removed"),
    "word.offer_picture": N_("Choose the file of the picture {target} to embed it"),
    "word.removed_macros": N_("Macros and add-ins removed"),
    "word.removed_ole": N_("Embedded object turned into a picture or removed"),
    "word.removed_activex": N_("ActiveX control removed"),
    "word.removed_altchunk": N_("Another document inside removed; paste its text where it is needed"),
    "word.removed_subdocument": N_("Link to a part in another file removed"),
    "word.removed_mail_merge": N_("Link to a data source (mail merge) removed"),
    "word.removed_dangling": N_("Reference to the missing part {target} removed"),
    "word.removed_protection": N_("Protection against editing removed"),
    "word.removed_signature": N_("Electronic signature removed: it does not hold for a copy"),
    "word.removed_authors": N_("Names of authors removed"),
    "word.removed_unseen": N_(
        "What no page shows removed: hidden text, unused pictures, notes inside photographs"
    ),
    "word.removed_fields": P_("{n} field turned into its text", "{n} fields turned into their text"),
    "word.removed_comments": P_("{n} comment removed", "{n} comments removed"),
    "word.removed_changes": P_("{n} tracked change accepted", "{n} tracked changes accepted"),
    # places
    "word.at_paragraph": N_("paragraph {number}"),
    "word.at_cell": N_("table {table}, row {row}, cell {cell}"),
    "word.at_inside": N_("{outer}, {inner}"),
    "word.at_box": N_("text box at {outer}"),
    "word.at_header": N_("header"),
    "word.at_footer": N_("footer"),
    "word.at_footnote": N_("footnote {number}"),
    "word.at_endnote": N_("endnote {number}"),
    "word.at_part": N_("part {part} of the file"),
    "word.at_document": N_("the whole document"),
    # what the template doctor found
    "word.remark_unclosed": N_(
        "The remark {tag} has no end: write #}} behind it, or a space between {{ and #"
    ),
    "word.tag_broken": N_("{tag} is not a whole tag: write two braces at each end"),
    "word.tag_empty": N_("{tag} is empty"),
    "word.tag_damaged": N_("Word's autocorrect changed quotes, dashes or spaces inside {tag}"),
    "word.tag_syntax": N_("{tag} is not written correctly: check its brackets, quotes, dots and words"),
    "word.tag_unknown_word": N_("{tag}: the word {what} is not known here"),
    "word.tag_unknown_filter": N_("{tag}: there is no filter or test {what}"),
    "word.tag_forbidden": N_("{tag}: {what} is not allowed in templates"),
    "word.tag_outside_table": N_("{tag} repeats rows or cells and has to stand in a table"),
    "word.tag_unclosed": N_("{tag} is never closed: {end} is missing"),
    "word.tag_without_start": N_("{tag} closes something that was not opened"),
    "word.tag_wrong_end": N_("{tag} does not end {opener}, which is open since {place}"),
    "word.tags_crossed": N_("{tag} comes before {inner} ({place}) is closed"),
    "word.tag_over_cells": N_(
        "{tag} closes in another row what {opener} opened ({place}): mark both with tr, each in a row of its own"
    ),
    "word.tag_over_cells_in_row": N_(
        "{tag} closes in another cell of the row what {opener} opened ({place}): to repeat rows, put {{%tr … %}} into a row above "
        "and one below; to repeat cells, mark both with tc, each in a cell of its own"
    ),
    "word.tag_over_places": N_(
        "{tag} closes elsewhere what {opener} opened ({place}): both have to stand in the running text, or in the same cell, text "
        "box or note"
    ),
    "word.tag_over_tables": N_(
        "{tag} closes in another table what {opener} opened ({place}): a row is repeated within one table"
    ),
    "word.cell_tags_over_rows": N_(
        "{tag} closes in another row what {opener} opened ({place}): a cell is repeated within one row"
    ),
    "word.marks_differ": N_(
        "{tag} does not have the same mark (p, tr, tc, r) as {opener}, which it ends ({place})"
    ),
    "word.mark_apart": N_(
        "{tag}: the mark stands right behind the percent sign, and a space behind the mark"
    ),
    "word.marks_together_p": N_(
        "{tag} and another paragraph tag stand in one paragraph: it goes once, with both. Give each a paragraph of its own"
    ),
    "word.marks_together_tr": N_(
        "{tag} and another row tag stand in one row: the row goes, with both and with what is between. Give each a row of its own"
    ),
    "word.marks_together_tc": N_(
        "{tag} and another cell tag stand in one cell: the cell goes, with both and with what is between. Give each a cell of "
        "its own"
    ),
    "word.mark_with_text_p": N_(
        "The paragraph of {tag} goes, and “{rest}” with it: put the tag into a paragraph of its own, or leave out the p"
    ),
    "word.mark_with_text_tr": N_(
        "The row of {tag} goes, and “{rest}” with it: put the tag into a row of its own"
    ),
    "word.mark_with_text_tc": N_(
        "The cell of {tag} goes, and “{rest}” with it: put the tag into a cell of its own"
    ),
    "word.value_with_mark": N_(
        "{tag}: with the mark {mark} the value would stand outside every paragraph, where Word does not show it"
    ),
    "word.tag_outside_loop": N_("{tag} joins the cells of a loop and has to stand inside one"),
    "word.tag_extra_brace": N_("{tag} has a brace too many"),
    "word.tag_name_apart": N_("{tag}: parts of a name are joined by dots; {nearest} is meant"),
    "word.tag_with_object": N_(
        "A picture, a note's mark or a Word field stands inside {tag} and would be lost: move it out of the tag"
    ),
    "word.tag_never_filled": N_("{tag} stands where nothing is filled, and would go out as it is"),
    "word.tag_split": N_("The parts of {tag} look different; the value will look like the first part"),
    "word.tag_with_break": N_("There is a line break or a tab inside {tag}"),
    "word.tags_split": P_(
        "Word keeps {n} tag in pieces; it is read as a whole, and Repair joins it",
        "Word keeps {n} tags in pieces; they are read as a whole, and Repair joins them",
    ),
    "word.tag_mixed": N_("{name} mixes Latin and Cyrillic letters that look alike"),
    "word.mixed_word": N_("The word {word} mixes Latin and Cyrillic letters that look alike"),
    "word.unknown_field": N_("There is no field {name}"),
    "word.unknown_field_nearest": N_("There is no field {name}; the nearest one is {nearest}"),
    "word.unknown_loop_name": N_("A loop has no {name}; it has index, index0, first, last, length"),
    "word.field_of_other_kind": N_("{name} is a field of another kind of document: {where}"),
    "word.field_blank": N_(
        "{tag} comes out blank: there is nothing to put here. Add a default or a condition"
    ),
    "word.block_blank": N_("The block {tag} comes out empty: there is nothing to put here"),
    "word.kind_group": N_("one document for the group"),
    "word.kind_variant": N_("personal variant"),
    "word.kind_cover": N_("cover letter"),
    "word.kind_results": N_("letter with a meeting's results"),
    "word.kind_brief": N_("meeting brief"),
    "word.kind_dossier": N_("dossier"),
    "word.kind_cheat_sheet": N_("committee cheat sheet"),
    "word.private_field": N_("{name} belongs to the dossier and never goes into a document for a client"),
    "word.block_not_alone": N_("The block {tag} has to stand alone in its paragraph"),
    "word.repaired_tag": N_("{tag} repaired"),
    "word.repaired_joined": P_(
        "Word keeps the tag in {n} piece; it becomes whole",
        "Word keeps the tag in {n} pieces; they become one",
    ),
    "word.repaired_latin": P_(
        "The Cyrillic letter {letters} becomes Latin", "The Cyrillic letters {letters} become Latin"
    ),
    "word.repaired_cyrillic": P_(
        "The Latin letter {letters} becomes Cyrillic", "The Latin letters {letters} become Cyrillic"
    ),
    "word.repaired_spaces": N_("Non-breaking spaces become plain ones, signs that nobody sees go"),
    "word.repaired_and": N_("{first}. {then}"),
    "word.no_tags": N_(
        "There are no tags in the file: use it as a letterhead or add fields from the catalogue"
    ),
    "word.tag_name_quoted": N_(
        "{tag}: a field stands in no quotes, or its name itself is written into the document"
    ),
    "word.missing_eyes": N_(
        "Nothing on the paper says whose eyes it is for; put the field into the header, the footer or on top"
    ),
    "word.missing_block": N_("A mandatory block is missing: {block}"),
    "word.block_effect": N_("benefit"),
    "word.block_uniqueness": N_("why us"),
    "word.block_exclusivity": N_("special terms"),
}
