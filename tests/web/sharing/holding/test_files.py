"""Files that go with an answer, and the asker's evidence: who may have them, and when."""

import io
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.db.files import FileStore
from hub.kernel.actor import Role
from hub.kernel.errors import NotFoundError, RefusedError
from hub.sharing.commands.advising import AskAdvice, ask_advice
from hub.sharing.commands.answer_files import (
    PutAnswerFile,
    TakeOutAnswerFile,
    put_answer_file,
    take_out_answer_file,
)
from hub.sharing.commands.releasing import WithholdLine, withhold_line
from hub.sharing.commands.request_files import KIND
from hub.sharing.models import Disclosure, RequestFile
from kit.asking import POLICY
from kit.world import HUB
from parts.asked import approvals, ready

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
WRITTEN = {
    "words": "See the file",
    "worker_agrees": "yes",
    "necessity": "They plan for Friday",
    "less_intrusive": "There was none",
    "article_6": "art6_e",
    "method": "hub",
    "onward": "none",
    "was_told": "yes",
    "knows_nobody": "yes",
}


@pytest.fixture
def store(settings, keyring):
    return FileStore(settings.data_dir, keyring, KIND)


def file(content=PDF, name="Her plan.pdf"):
    return (io.BytesIO(content), name)


def files(asking):
    with asking.world.units.read(HUB) as uow:
        return uow.session.scalars(select(RequestFile)).all()


def evidence(asking, store, request_id):
    """Put a file to a request as its asker would have."""
    row = RequestFile(
        id=uuid4(),
        request_id=request_id,
        name="Order.pdf",
        media_type="application/pdf",
        size=len(PDF),
        sha256="0",
        added_by=asking.officer.account_id,
    )
    store.put(row.id, PDF)
    with asking.world.write() as uow:
        row.added_at = uow.now
        uow.session.add(row)
    return row.id


def put(asking, store, line, by=Role.TEAM_MANAGER, content=PDF, name="Plan.pdf"):
    with asking.world.write(asking.people[by]) as uow:
        cmd = PutAnswerFile(line_id=line.id, name=name, content=content)
        return put_answer_file(cmd, uow=uow, store=store)


# --- With an answer ---


def test_a_file_is_added_taken_out_and_nothing_typed_is_lost(asking, at):
    _, line = ready(asking)
    browser = at(asking.people[Role.TEAM_MANAGER])
    page = browser.get("holding.share", line_id=line.id)

    page = browser.fill(page, {"words": "See the file", "then": "add"})
    assert page.errors == {"file": "Choose a file"}
    page = browser.fill(page, {"then": "add", "file": file()})
    assert page.errors == {}
    assert "Her plan.pdf" in page.text
    assert page.filled()["words"] == ["See the file"]
    (row,) = files(asking)
    page = browser.fill(page, {"then": str(row.id)})

    assert "Her plan.pdf" not in page.text
    assert page.filled()["words"] == ["See the file"]
    assert files(asking) == []


def test_a_file_that_is_not_what_it_says_is_not_let_in(asking, at):
    _, line = ready(asking)
    browser = at(asking.people[Role.TEAM_MANAGER])
    page = browser.get("holding.share", line_id=line.id)

    page = browser.fill(page, {"words": "Kept", "then": "add", "file": file(b"MZ, a program")})

    assert page.errors == {"file": "The file is not a PDF inside. Save it again as one and retry"}
    assert page.filled()["words"] == ["Kept"]


def test_a_file_leaves_with_its_line_and_the_asker_opens_it_then_and_not_before(asking, at):
    request_id, line = ready(asking)
    browser = at(asking.people[Role.TEAM_MANAGER])
    page = browser.get("holding.share", line_id=line.id)
    page = browser.fill(page, {"then": "add", "file": file()})
    (row,) = files(asking)
    asker = at(asking.officer)
    address = f"/requests/{request_id}/files/{row.id}"
    assert asker.client.get(address).status_code == 404

    shown = browser.fill(page, WRITTEN)

    assert "Went with it: Her plan.pdf" in shown.text
    assert asker.client.get(address).data == PDF
    with asking.world.units.read(HUB) as uow:
        left = uow.session.scalars(select(Disclosure)).one()
    assert f"Her plan.pdf ({row.sha256})" in left.record


def test_a_file_that_was_chosen_and_not_added_leaves_too(asking, at):
    _, line = ready(asking)
    browser = at(asking.people[Role.TEAM_MANAGER])
    page = browser.get("holding.share", line_id=line.id)

    shown = browser.fill(page, WRITTEN | {"file": file()})

    assert "Went with it: Her plan.pdf" in shown.text


def test_no_file_leaves_where_only_the_way_to_the_service_may_be_told(asking, at):
    _, line = ready(asking)
    browser = at(asking.people[Role.TEAM_MANAGER])
    page = browser.get("holding.share", line_id=line.id)
    page = browser.fill(page, {"then": "add", "file": file()})

    wrong = browser.fill(page, WRITTEN | {"worker_agrees": []})

    assert "Take the files out" in wrong.text


def test_what_is_not_shared_keeps_no_file(asking, store):
    _, line = ready(asking)
    put(asking, store, line)
    with asking.world.write(asking.people[Role.TEAM_MANAGER]) as uow:
        withhold_line(WithholdLine(line_id=line.id, why="No"), uow=uow, policy=POLICY)

    assert files(asking) == []
    with pytest.raises(RefusedError, match="its answer already"):
        put(asking, store, line)


def test_nobody_else_puts_in_or_takes_out_a_file(asking, store):
    _, line = ready(asking)
    file_id = put(asking, store, line)
    for actor in (asking.officer, asking.account(uuid4(), Role.DUTY_DESK)):
        with pytest.raises(NotFoundError), asking.world.write(actor) as uow:
            cmd = TakeOutAnswerFile(line_id=line.id, file_id=file_id)
            take_out_answer_file(cmd, uow=uow)
        with pytest.raises(NotFoundError), asking.world.write(actor) as uow:
            cmd = PutAnswerFile(line_id=line.id, name="a.pdf", content=PDF)
            put_answer_file(cmd, uow=uow, store=store)


def test_a_file_of_another_line_is_not_taken_out(asking, store):
    _, line = ready(asking)
    other = asking.line(asking.send())
    file_id = put(asking, store, line)
    with (
        pytest.raises(NotFoundError),
        asking.world.write(asking.people[Role.TEAM_MANAGER]) as uow,
    ):
        take_out_answer_file(TakeOutAnswerFile(line_id=other.id, file_id=file_id), uow=uow)


# --- The asker's evidence ---


def test_the_holder_the_approver_and_the_officer_have_the_askers_evidence(asking, at, store):
    what = {"categories": ["full_file"], "wanted_full_file": "All"}
    request_id = asking.send(asking.answers(what=what, holder={"service": ""}))
    asking.known(request_id)
    line = asking.line(request_id, "full_file")
    file_id = evidence(asking, store, request_id)
    guardian = next(one for one in approvals(asking, line.id) if one.letter == "C")
    with asking.world.write(asking.people[Role.DUTY_DESK]) as uow:
        advice_id = ask_advice(AskAdvice(request_id=request_id, question="?"), uow=uow)
    officer = asking.account(asking.world.agency, Role.DATA_PROTECTION_OFFICER)
    addresses = (
        (asking.people[Role.DUTY_DESK], f"/requests-to-us/{request_id}/files/{file_id}"),
        (asking.people[Role.CALDICOTT_GUARDIAN], f"/approvals/{guardian.id}/files/{file_id}"),
        (officer, f"/advice/{advice_id}/files/{file_id}"),
    )
    elsewhere = asking.account(
        uuid4(), Role.DUTY_DESK, Role.CALDICOTT_GUARDIAN, Role.DATA_PROTECTION_OFFICER
    )
    for actor, address in addresses:
        answer = at(actor).client.get(address)
        assert answer.data == PDF
        assert answer.headers["Content-Disposition"] == 'attachment; filename="file-1.pdf"'
        assert at(elsewhere).client.get(address).status_code == 404
        other = address.replace(str(file_id), str(uuid4()))
        assert at(actor).client.get(other).status_code == 404
