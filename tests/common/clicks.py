"""Answers one row of an owner's workbook as a person does in LibreOffice: chooses in the list of a cell, fills what lights
up, and saves as Excel's own. Tells as JSON what was seen after each step.

Arguments: the workbook, where to save it, a folder for the profile, and the task as JSON: the sheet, a heading and the text
under it that tell the row, and the headings to type under in turn with what is typed.
"""

import json
import pathlib
import re
import sys

from office import Office, values  # Makes what follows known to Python.
from com.sun.star.sheet.ValidationType import LIST


class Book:
    """A workbook that is open, seen as its reader sees it."""

    def __init__(self, office, path, sheet):
        self.dispatcher = office.create("com.sun.star.frame.DispatchHelper")
        self.document = office.opened(path)
        self.sheet = self.document.Sheets.getByName(sheet)
        self.document.CurrentController.setActiveSheet(self.sheet)
        cursor = self.sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        self.end = cursor.RangeAddress
        shown = [at for at in range(self.end.EndColumn + 1) if self.sheet.Columns.getByIndex(at).IsVisible]
        self.columns = {self.sheet.getCellByPosition(at, 0).String: at for at in shown}

    def row(self, heading, text):
        rows = range(1, self.end.EndRow + 1)
        return next(row for row in rows if self.cell(row, heading).String == text)

    def cell(self, row, heading):
        return self.sheet.getCellByPosition(self.columns[heading], row)

    def choices(self, cell):
        """What the list of a cell holds; nothing where it has none."""
        if cell.Validation.Type != LIST:
            return []
        sheet, place = cell.Validation.getFormula1().strip("$").split(".")
        cells = self.document.Sheets.getByName(sheet).getCellRangeByName(place.replace("$", ""))
        return [row[0] for row in cells.DataArray]

    def type(self, cell, text):
        """Goes to a cell and types, as at the keyboard."""
        frame = self.document.CurrentController.Frame
        place = cell.AbsoluteName.split(".")[-1]
        self.dispatcher.executeDispatch(frame, ".uno:GoToCell", "", 0, values(ToPoint=place))
        self.dispatcher.executeDispatch(frame, ".uno:EnterString", "", 0, values(StringName=text))

    def lit(self, row, first, folder):
        """The headings, from one on, of the cells of a row that LibreOffice paints in another colour than their own."""
        page = pathlib.Path(folder) / "seen.html"
        self.document.storeToURL(page.as_uri(), values(FilterName="HTML (StarCalc)"))
        tables = re.findall(r"<table.*?</table>", page.read_text(encoding="utf-8", errors="replace"), re.S | re.I)
        at = list(self.document.Sheets.ElementNames).index(self.sheet.Name)
        cells = re.findall(r"<td[^>]*>", re.findall(r"<tr.*?</tr>", tables[at], re.S | re.I)[row], re.I)
        painted = [re.search(r'bgcolor="#(\w+)"', cell) for cell in cells]
        lit = []
        for heading, colour in list(zip(self.columns, painted))[list(self.columns).index(first):]:
            if colour and int(colour.group(1), 16) != self.cell(row, heading).CellBackColor:
                lit.append(heading)
        return lit

    def save(self, path):
        self.document.storeToURL(pathlib.Path(path).as_uri(), values(FilterName="Calc MS Excel 2007 XML"))
        self.document.close(True)


def answered(book, task, folder):
    """What was seen before and after each thing typed."""
    row, typed = book.row(*task["row"]), task["typed"]
    for heading, text in typed:
        cell = book.cell(row, heading)
        choices = book.choices(cell)
        assert text in choices or not choices, choices
        message = cell.Validation.InputMessage if cell.Validation.ShowInputMessage else ""
        book.type(cell, text)
        yield {"heading": heading, "message": message, "choices": choices, "held": cell.Type.value,
               "lit": book.lit(row, typed[0][0], folder)}


def main(workbook, saved, profile, task):
    task = json.loads(task)
    with Office(profile) as office:
        book = Book(office, workbook, task["sheet"])
        print(json.dumps(list(answered(book, task, profile))))
        book.save(saved)


if __name__ == "__main__":
    main(*sys.argv[1:])
