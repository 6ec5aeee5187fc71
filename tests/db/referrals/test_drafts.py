"""Drafts and files: one's own, kept as typed, sealed, handed over once, purged by age."""

import io
import zipfile
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from hub.db.files import FileStore, accept
from hub.kernel.actor import Role
from hub.kernel.errors import NotFoundError, RefusedError
from hub.referrals import commands, queries
from hub.referrals.commands import (
    CARE,
    AddFile,
    AttachFile,
    DeleteDraft,
    FinishGroup,
    RemoveEntry,
    RemoveFile,
    SaveEntry,
    SavePage,
    StartDraft,
    SubmitConcern,
)
from hub.referrals.models import ConcernDraft, ConcernFile
from kit.concerns import County

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d"
    "49444154789c63000100000005000100 0d0a2db40000000049454e44ae426082".replace(" ", "")
)
JPG = (
    bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffdb004300") + b"\x08" * 64 + b"\xff\xd9"
)
ENTRY = UUID(int=5)


def docx(**parts):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("_rels/.rels", "<Relationships/>")
        file.writestr("word/document.xml", "<document/>")
        for name, content in parts.items():
            file.writestr(name.replace("__", "/"), content)
    return kept.getvalue()


@pytest.fixture
def county(units):
    return County(units).settle()


@pytest.fixture
def officer(as_role, county):
    return as_role(Role.REFERRER, agency_id=county.police)


@pytest.fixture
def other(as_role, county):
    return as_role(Role.REFERRER, agency_id=county.police)


@pytest.fixture
def store(settings, keyring):
    return FileStore(settings.data_dir, keyring)


@pytest.fixture
def draft_id(units, officer):
    with units.write(officer) as uow:
        return commands.start_draft(StartDraft(pages={}), uow=uow)


def do(units, actor, command, cmd, **more):
    with units.write(actor) as uow:
        return command(cmd, uow=uow, **more)


def read(units, actor, draft_id):
    with units.read(actor) as uow:
        return queries.read_draft(uow, draft_id)


def test_a_draft_keeps_everything_typed_right_or_wrong(units, officer, draft_id):
    typed = {"date_of_birth": ["31", "2", "2005"], "given_name": ["  Zin"]}
    cmd = SavePage(draft_id=draft_id, page="victim", typed=typed, is_done=False)
    do(units, officer, commands.save_page, cmd)
    kept = read(units, officer, draft_id)
    assert kept.pages["victim"] == typed
    assert "victim" not in kept.done


def test_people_of_a_draft_are_added_changed_asked_about_and_removed(units, officer, draft_id):
    place = {"draft_id": draft_id, "group": "child", "entry_id": ENTRY}
    do(units, officer, commands.save_entry, SaveEntry(**place, typed={"given_name": ["A"]}))
    do(units, officer, commands.save_entry, SaveEntry(**place, typed={"given_name": ["B"]}))
    care = {"care_experienced": ["no"]}
    do(units, officer, commands.save_entry, SaveEntry(**place, typed=care, part=CARE))
    do(units, officer, commands.finish_group, FinishGroup(draft_id=draft_id, group="child"))
    (entry,) = read(units, officer, draft_id).entries("child")
    assert (entry.typed, entry.care) == ({"given_name": ["B"]}, care)
    undone = SaveEntry(**place, typed={}, part=CARE, is_done=False)
    do(units, officer, commands.save_entry, undone)
    assert read(units, officer, draft_id).entries("child")[0].care is None
    do(units, officer, commands.remove_entry, RemoveEntry(**place))
    assert read(units, officer, draft_id).entries("child") == ()
    for command, cmd in (
        (commands.remove_entry, RemoveEntry(**place)),
        (commands.save_entry, SaveEntry(**place, typed=care, part=CARE)),
    ):
        with pytest.raises(NotFoundError):
            do(units, officer, command, cmd)


def test_a_group_is_full_at_some_point(units, officer, draft_id):
    for at in range(30):
        cmd = SaveEntry(draft_id=draft_id, group="child", entry_id=UUID(int=at), typed={})
        do(units, officer, commands.save_entry, cmd)
    cmd = SaveEntry(draft_id=draft_id, group="child", entry_id=uuid4(), typed={})
    with pytest.raises(RefusedError):
        do(units, officer, commands.save_entry, cmd)


def test_drafts_are_few_and_ones_own(units, officer, other, draft_id):
    with units.read(other) as uow:
        assert queries.drafts_of(uow, other.account_id) == ()
    with units.read(officer) as uow:
        assert [row.id for row in queries.drafts_of(uow, officer.account_id)] == [draft_id]
    place = {"draft_id": draft_id, "group": "child", "entry_id": ENTRY}
    for command, cmd in (
        (commands.save_page, SavePage(draft_id=draft_id, page="you", typed={}, is_done=True)),
        (commands.save_entry, SaveEntry(**place, typed={})),
        (commands.remove_entry, RemoveEntry(**place)),
        (commands.finish_group, FinishGroup(draft_id=draft_id, group="child")),
        (commands.delete_draft, DeleteDraft(draft_id=draft_id)),
    ):
        with pytest.raises(NotFoundError):
            do(units, other, command, cmd)
    with pytest.raises(NotFoundError):
        read(units, other, draft_id)
    for _ in range(19):
        do(units, officer, commands.start_draft, StartDraft(pages={}))
    with pytest.raises(RefusedError):
        do(units, officer, commands.start_draft, StartDraft(pages={}))


def test_submitting_a_draft_hands_its_files_over_and_lets_it_go_once(
    units, county, officer, other, draft_id, store
):
    file_id = do(units, officer, commands.add_file,
                 AddFile(draft_id=draft_id, name="plan.pdf", content=PDF), store=store)  # fmt: skip
    cmd = SubmitConcern(answers=county.command().answers, draft_id=draft_id)
    concern_id = do(units, officer, commands.submit_concern, cmd)
    assert concern_id == draft_id
    assert do(units, officer, commands.submit_concern, cmd) == concern_id  # pressed twice
    with pytest.raises(NotFoundError):
        do(units, other, commands.submit_concern, cmd)
    with pytest.raises(NotFoundError):
        read(units, officer, draft_id)
    with units.read(officer) as uow:
        (row,) = queries.files_of(uow, concern_id=concern_id)
        assert row.id == file_id
        assert len(queries.raised_by(uow, officer.account_id).lines) == 1
    assert store.get(file_id) == PDF


def test_a_stored_file_is_sealed_and_bears_no_name(units, officer, draft_id, store, settings):
    cmd = AddFile(draft_id=draft_id, name="Zinnia Quillfeather.pdf", content=PDF)
    file_id = do(units, officer, commands.add_file, cmd, store=store)
    (path,) = (settings.data_dir / "files").iterdir()
    assert path.name == file_id.hex
    assert b"PDF" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    with units.engine.connect() as connection:
        (kept,) = connection.exec_driver_sql("SELECT name FROM concern_file").all()
    assert b"Zinnia" not in bytes(kept[0])


def test_files_are_counted_removed_and_swept(units, officer, other, draft_id, store, clock):
    ids = [
        do(units, officer, commands.add_file,
           AddFile(draft_id=draft_id, name=f"{at}.png", content=PNG), store=store)
        for at in range(10)
    ]  # fmt: skip
    with pytest.raises(RefusedError, match="10 files"):
        do(units, officer, commands.add_file,
           AddFile(draft_id=draft_id, name="more.png", content=PNG), store=store)  # fmt: skip
    cmd = RemoveFile(draft_id=draft_id, file_id=ids[0])
    with pytest.raises(NotFoundError):
        do(units, other, commands.remove_file, cmd)
    do(units, officer, commands.remove_file, RemoveFile(draft_id=draft_id, file_id=ids[0]))
    with pytest.raises(NotFoundError):
        do(units, officer, commands.remove_file, RemoveFile(draft_id=draft_id, file_id=ids[0]))
    far = clock.now().replace(year=2099)
    with units.write(officer) as uow:
        assert commands.sweep_files(far, uow=uow, store=store) == 1
    assert store.get(ids[1]) == PNG
    with pytest.raises(FileNotFoundError):
        store.get(ids[0])


def test_a_file_behind_a_concern_comes_from_its_referrer(units, county, officer, other, store):
    concern_id = county.concern(officer)
    cmd = AttachFile(concern_id=concern_id, name="later.jpeg", content=JPG)
    with pytest.raises(NotFoundError):
        do(units, other, commands.attach_file, cmd, store=store)
    do(units, officer, commands.attach_file, cmd, store=store)
    with units.read(officer) as uow:
        assert [row.media_type for row in queries.files_of(uow, concern_id=concern_id)] == [
            "image/jpeg"
        ]


def test_old_drafts_go_and_newer_ones_stay(units, officer, draft_id, store, clock):
    do(units, officer, commands.add_file,
       AddFile(draft_id=draft_id, name="a.pdf", content=PDF), store=store)  # fmt: skip
    clock.advance(days=10)
    fresh = do(units, officer, commands.start_draft, StartDraft(pages={}))
    with units.write(officer) as uow:
        assert commands.purge_drafts(uow.now - timedelta(days=5), uow=uow) == 1
    with units.read(officer) as uow:
        assert uow.session.scalars(select(ConcernDraft.id)).all() == [fresh]
        assert uow.session.scalars(select(ConcernFile.id)).all() == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("A.PDF", PDF),
        ("a.b.png", PNG),
        ("photo.jpg", JPG),
        ("photo.jpeg", JPG),
        ("plan.docx", docx()),
    ],
)
def test_what_is_let_in(name, content):
    assert accept(name, content).media_type


EXE = b"MZ" + b"\0" * 200
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
BOMB = docx(word__media="0" * (210 * 1024 * 1024))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.pdf", b""),
        ("big.pdf", PDF + b"0" * (10 * 1024 * 1024)),
        ("a.exe", EXE),
        ("a.pdf", EXE),
        ("a.docx", EXE),
        ("a.html", HTML),
        ("a.pdf", HTML),
        ("a.pdf", HTML + PDF),
        ("a.svg", SVG),
        ("a.png", SVG),
        ("a.png", JPG),
        ("a.jpg", PNG),
        ("a.pdf", PNG),
        ("a.pdf.exe", PDF),
        ("a.docm", docx()),
        ("a.zip", docx()),
        ("pdf", PDF),
        ("", PDF),
        (".pdf", PDF),
        ("a.docx", docx(**{"word__vbaProject.bin": "x"})),
        ("a.docx", docx(**{"..__..__evil.txt": "x"})),
        ("a.docx", docx(**{"run.exe": "x"})),
        ("a.docx", b"PK\x03\x04 not a zip at all"),
        ("a.docx", BOMB),
    ],
)
def test_what_is_refused(name, content):
    with pytest.raises(RefusedError) as refused:
        accept(name, content)
    assert refused.value.field == "file"


def test_without_an_account_there_is_no_draft(units, officer):
    with (
        pytest.raises(NotFoundError),
        units.write(type(officer)(label="worker", roles=officer.roles)) as uow,
    ):
        commands.start_draft(StartDraft(pages={}), uow=uow)
