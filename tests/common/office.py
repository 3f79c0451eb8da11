"""Starts LibreOffice without a window, to be steered."""

import pathlib
import subprocess
import time

import uno
from com.sun.star.beans import PropertyValue

PATIENCE = 60  # seconds for LibreOffice to start and to end


def values(**named):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in named.items())


class Office:
    """LibreOffice with a profile and a pipe of its own, so that one that is open does not matter."""

    def __init__(self, profile):
        pipe = pathlib.Path(profile).parent.name.strip(".")
        self.process = subprocess.Popen(
            ["soffice", "-env:UserInstallation=" + pathlib.Path(profile).as_uri(), "--headless", "--norestore",
             "--accept=pipe,name=" + pipe + ";urp;"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self.context = resolver.resolve("uno:pipe,name=" + pipe + ";urp;StarOffice.ComponentContext")
                return
            except Exception:  # It has not started yet.
                if time.monotonic() > until:
                    self.process.kill()
                    raise
                time.sleep(0.3)

    def __enter__(self):
        self.desktop = self.create("com.sun.star.frame.Desktop")
        return self

    def create(self, name):
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def opened(self, path):
        return self.desktop.loadComponentFromURL(pathlib.Path(path).as_uri(), "_blank", 0, ())

    def __exit__(self, *_):
        try:
            self.desktop.terminate()
            self.process.wait(timeout=PATIENCE)
        finally:
            self.process.kill()
