"""How many pages each sheet of workbooks is printed on, as LibreOffice lays them out; as JSON, a list for each workbook.

Arguments: a folder for the profile, then the workbooks.
"""

import json
import sys

from office import Office


def pages(document):
    shown = (sheet for sheet in document.Sheets if sheet.IsVisible)
    return [[sheet.Name, document.getRendererCount(sheet, ())] for sheet in shown]


def main(profile, *workbooks):
    told = []
    with Office(profile) as office:
        for workbook in workbooks:
            document = office.opened(workbook)
            told.append(pages(document))
            document.close(True)
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
