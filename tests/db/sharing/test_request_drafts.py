"""Drafts of requests: kept as typed, thrown away when old, their files with them."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.db.files import MOST_FILES, FileStore
from hub.kernel.drafts import DRAFT_LIVES
from hub.kernel.errors import IllegalMoveError, NotFoundError, RefusedError
from hub.sharing.commands.request_drafts import (
    MOST_DRAFTS,
    SaveAskPage,
    StartAsking,
    delete_asking,
    purge_request_drafts,
    save_ask_page,
    start_asking,
)
from hub.sharing.commands.request_files import (
    KIND,
    PutFile,
    TakeOutFile,
    put_file,
    sweep_request_files,
    take_out_file,
)
from hub.sharing.models import InformationRequest, RequestDraft, RequestFile
from hub.sharing.queries.asking_drafts import own_drafts, read_ask
from hub.wiring.jobs import JOBS
from hub.wiring.opening import Hub
from kit.asking import POLICY
from parts.journey import PDF


@pytest.fixture
def store(tmp_path, keyring):
    return FileStore(tmp_path, keyring, KIND)


def start(asking, by=None):
    with asking.world.write(by or asking.officer) as uow:
        return start_asking(StartAsking(), uow=uow)


def put(asking, store, by=None, content=PDF, **where):
    with asking.world.write(by or asking.officer) as uow:
        cmd = PutFile(name="Zebedee.pdf", content=content, **where)
        return put_file(cmd, uow=uow, store=store, policy=POLICY)


def files(asking):
    with asking.world.units.read(asking.officer) as uow:
        return set(uow.session.scalars(select(RequestFile.id)))


def test_what_is_typed_is_kept_right_or_wrong(asking):
    draft_id = start(asking)
    pages = {"subject": {"family_name": ["Quill"]}, "why": {"purpose": ["nonsense"]}}
    for page, typed in pages.items():
        with asking.world.write(asking.officer) as uow:
            is_done = page == "subject"
            cmd = SaveAskPage(draft_id=draft_id, page=page, typed=typed, is_done=is_done)
            save_ask_page(cmd, uow=uow)
    with asking.world.units.read(asking.officer) as uow:
        draft = read_ask(uow, draft_id)
        assert draft.pages == pages
        assert draft.done == {"subject"}
        sealed = uow.session.connection().exec_driver_sql("SELECT answers FROM request_draft")
        assert b"Quill" not in json.dumps(str(sealed.scalar_one())).encode()


def test_somebody_elses_draft_is_not_there(asking, store):
    draft_id = start(asking)
    file_id = put(asking, store, draft_id=draft_id)
    with asking.world.write(asking.inspector) as uow:
        with pytest.raises(NotFoundError):
            read_ask(uow, draft_id)
        with pytest.raises(NotFoundError):
            delete_asking(draft_id, uow=uow)
        with pytest.raises(NotFoundError):
            take_out_file(TakeOutFile(file_id=file_id, draft_id=draft_id), uow=uow, policy=POLICY)
    with pytest.raises(NotFoundError):
        put(asking, store, by=asking.inspector, draft_id=draft_id)
    with asking.world.units.read(asking.inspector) as uow:
        assert own_drafts(uow) == ()


def test_so_many_drafts_and_no_more(asking):
    for _ in range(MOST_DRAFTS):
        start(asking)
    with pytest.raises(RefusedError, match="Send or delete one first"):
        start(asking)
    start(asking, by=asking.inspector)


def test_a_draft_is_thrown_away_with_its_files(asking, store):
    draft_id = start(asking)
    put(asking, store, draft_id=draft_id)
    with asking.world.write(asking.officer) as uow:
        delete_asking(draft_id, uow=uow)
    assert files(asking) == set()
    with pytest.raises(NotFoundError), asking.world.units.read(asking.officer) as uow:
        read_ask(uow, draft_id)


def test_old_drafts_go_and_younger_ones_stay(asking, store, clock):
    old = start(asking)
    put(asking, store, draft_id=old)
    clock.advance(days=20)
    young = start(asking)
    clock.advance(days=9)
    with asking.world.write() as uow:
        assert purge_request_drafts(uow.now - DRAFT_LIVES, uow=uow) == 1
    with asking.world.units.read(asking.officer) as uow:
        assert list(uow.session.scalars(select(RequestDraft.id))) == [young]
    assert files(asking) == set()


def test_the_worker_forgets_old_drafts_and_their_bytes(asking, settings, keyring, clock):
    store = FileStore(settings.data_dir, keyring, KIND)
    draft_id = start(asking)
    file_id = put(asking, store, draft_id=draft_id)
    (job,) = [job for job in JOBS if job.name == "old drafts"]
    job.run(Hub(settings, keyring, asking.world.units))
    assert store.get(file_id) == PDF
    clock.advance(days=29)
    job.run(Hub(settings, keyring, asking.world.units))
    with pytest.raises(NotFoundError), asking.world.units.read(asking.officer) as uow:
        read_ask(uow, draft_id)


def test_bytes_that_no_row_wants_are_swept_after_a_day(asking, store, clock):
    draft_id = start(asking)
    kept, gone = put(asking, store, draft_id=draft_id), put(asking, store, draft_id=draft_id)
    with asking.world.write(asking.officer) as uow:
        take_out_file(TakeOutFile(file_id=gone, draft_id=draft_id), uow=uow, policy=POLICY)
    with asking.world.write() as uow:
        later = uow.now + timedelta(days=3650)
        assert sweep_request_files(later, uow=uow, store=store) == 1
    assert store.get(kept) == PDF
    with pytest.raises(OSError, match="No such file"):
        store.get(gone)


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "empty"), (b"MZ", "not a PDF inside"), (b"%PDF-" + b"0" * 10485760, "10 MB")],
)
def test_what_a_file_is_not_it_is_refused_for(asking, store, content, why):
    with pytest.raises(RefusedError, match=why):
        put(asking, store, content=content, draft_id=start(asking))
    assert files(asking) == set()


def test_so_many_files_and_no_more(asking, store):
    draft_id = start(asking)
    for _ in range(MOST_FILES):
        put(asking, store, draft_id=draft_id)
    with pytest.raises(RefusedError, match="Remove one first"):
        put(asking, store, draft_id=draft_id)


def test_a_copy_that_lacked_sends_the_request_on_and_then_nothing_is_put_to_it(asking, store):
    order = {"kind": "court_order", "reference": "X1", "order_on": "2026-05-01"}
    request_id = asking.send(asking.answers(order=order))
    for nobody in (asking.inspector, *asking.people.values()):
        with pytest.raises(NotFoundError):
            put(asking, store, by=nobody, request_id=request_id)
    file_id = put(asking, store, request_id=request_id)
    with asking.world.units.read(asking.officer) as uow:
        assert uow.session.get_one(InformationRequest, request_id).state == "with_holder"
    with pytest.raises(IllegalMoveError):
        put(asking, store, request_id=request_id)
    with pytest.raises(IllegalMoveError), asking.world.write(asking.officer) as uow:
        cmd = TakeOutFile(file_id=file_id, request_id=request_id)
        take_out_file(cmd, uow=uow, policy=POLICY)


def test_a_file_belongs_somewhere(asking, store):
    with pytest.raises(NotFoundError):
        put(asking, store)
