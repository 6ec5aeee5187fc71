"""One import in a process of its own, which is given CONFIG AGENCY SERVICE FILE.

It holds nothing but the hub and the file, so the memory that it has at most is the import's own.
Writes one JSON object to standard output.
"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID, uuid4

from hub.config import parse_settings
from hub.db.keyring import open_keyring
from hub.kernel.actor import Actor, Role
from hub.people.commands.importing import import_register
from hub.people.rules.sheet import read_register
from hub.wiring.opening import build_units

KILOBYTES_A_MEGABYTE = 1024


def main(arguments: Sequence[str]) -> int:
    """Take the file in as the service's duty desk and print what it cost."""
    config, agency_id, service_id, name = arguments
    settings = parse_settings(Path(config).read_text("utf-8"), {}, name=config)
    units = build_units(settings, open_keyring(settings.data_dir))
    desk = Actor(uuid4(), UUID(agency_id), None, frozenset({Role.DUTY_DESK}), "benchmark")
    before = _megabytes()
    cpu, passed = time.process_time(), time.perf_counter()
    with units.write(desk) as uow:
        sheet = read_register(Path(name).read_bytes(), uow.today)
        assert not sheet.faults, sheet.faults[:3]
        done = import_register(sheet.lines, uow=uow, service_id=UUID(service_id))
    cost = {
        "rows": done.added,
        "cpu": time.process_time() - cpu,
        "passed": time.perf_counter() - passed,
        "before": before,
        "megabytes": _megabytes(),
    }
    print(json.dumps(cost))
    return 0


def _megabytes() -> float:
    """Return the most memory that this process has had, where the kernel tells (Linux), else 0.

    Not ``getrusage``: that counts what the process which started this one had at that moment.
    """
    status = Path("/proc/self/status")
    lines = status.read_text("utf-8").splitlines() if status.exists() else []
    found = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return int(next(found, "0")) / KILOBYTES_A_MEGABYTE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
