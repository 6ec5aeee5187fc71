"""``hub serve`` and ``hub worker``: the two long-running processes, or both in one."""

import gc
import logging
import os
import secrets
import signal
import sys
import threading
from datetime import timedelta
from functools import partial
from types import FrameType

import click
import waitress

from hub.app import create_app
from hub.cli.files import EXIT_FAILED
from hub.cli.opening import opened
from hub.notify.door import open_door
from hub.notify.lease import release_lease, take_lease
from hub.notify.sender import Sender
from hub.notify.timer import Tick, Timer, wait_for
from hub.wiring.jobs import JOBS, Job
from hub.wiring.opening import Hub

SEND_EVERY = timedelta(seconds=2)
LEASE_SECONDS = 120.0


class Worker:
    """Sends what is due and runs the timed jobs, until it is told to stop."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.name = f"{os.getpid()}-{secrets.token_hex(4)}"
        self.stopping = threading.Event()
        self.sender = Sender(hub.units, open_door(hub.settings.mail), hub.settings, self.name)
        ticks = [Tick(name="send", every=SEND_EVERY, call=self.send)]
        ticks += [Tick(name=job.name, every=job.every, call=partial(self.run, job)) for job in JOBS]
        self.timer = Timer(ticks)

    def send(self) -> bool:
        """Send what is due; return whether the relay took all."""
        return self.sender.send_due(stopping=self.stopping.is_set)

    def run(self, job: Job) -> None:
        """Run one job unless another worker is at it."""
        if take_lease(self.hub.units, job.name, self.name, seconds=LEASE_SECONDS):
            try:
                job.run(self.hub)
            finally:
                release_lease(self.hub.units, job.name, self.name)

    def once(self) -> bool:
        """Run every job and send everything due once; return whether the relay took all."""
        for job in JOBS:
            if not self.stopping.is_set():
                self.run(job)
        return self.send()

    def start(self) -> None:
        """Work in the background."""
        self.timer.start()

    def stop(self) -> None:
        """Stop after the message in hand."""
        self.stopping.set()
        self.timer.stop()


@click.command()
@click.option("--no-worker", is_flag=True, help="Serve pages only; a worker runs elsewhere.")
def serve(*, no_worker: bool) -> None:
    """Serve the pages, and send and sweep beside them."""
    _log()
    hub = opened()
    app = create_app(hub.settings, units=hub.units, keyring=hub.keyring)
    gc.freeze()  # what is loaded now stays; the collector need not go through it time and again
    host, port = hub.settings.listen_address
    try:
        server = waitress.create_server(
            app,
            host=host,
            port=port,
            threads=hub.settings.web.threads,
            ident=None,
            clear_untrusted_proxy_headers=True,
        )
    except OSError as error:
        click.echo(f"error: -: web.listen: {hub.settings.web.listen}: {error.strerror}", err=True)
        sys.exit(EXIT_FAILED)
    worker = None if no_worker else Worker(hub)
    if worker is not None:
        worker.start()
    signal.signal(signal.SIGTERM, _interrupt)
    click.echo(f"ready http://{hub.settings.web.listen}")
    sys.stdout.flush()
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
        if worker is not None:
            worker.stop()


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
def worker(*, once: bool) -> None:
    """Send what waits in the outbox and run the timed jobs."""
    _log()
    working = Worker(opened())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: working.stopping.set())
    if once:
        sys.exit(0 if working.once() else EXIT_FAILED)
    working.start()
    wait_for(working.stopping)
    working.stop()


def _interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


def _log() -> None:
    """Log ids and codes to standard error; nothing of a person is ever handed to a logger."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.getLogger("waitress").setLevel(logging.ERROR)
