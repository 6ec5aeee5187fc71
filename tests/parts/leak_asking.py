"""The drive of the search for leaks, with a request for information in it from end to end."""

import io
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Agency
from hub.kernel.actor import Role, system
from hub.sharing.models import InformationRequest
from hub.sharing.rules.request_answers import AskPage
from kit.hub import sign_in_as
from kit.pages import PageClient
from parts.leak_drive import PDF, Drive

PICKED = {
    "subject_role": "victim",
    "categories": ["worker_contact", "counselling"],
    "purpose": "crime_prevention",
    "pattern": "repeat",
    "relationship": "joint",
    "priority": "amber",
    "immediate_danger": "no",
    "risks": ["risk_of_harm"],
    "consent_state": "refused",
    "is_told": "no",
    "part_3": "part3_s35",
    "article_6": "art6_e",
    "legal_power": "other",
    "override_basis": ["s115"],
    "kind": "sab_s45",
    "purpose_ticks": ["prevent_detect"],
    "notice": "delayed_with_reason",
    "dpia": "made",
    "relation": "none",
}
ASKED = [f"answer wanted_{code}" for code in PICKED["categories"]]
PAGES = [page.value for page in AskPage if page is not AskPage.HOLDER]


class AskingDrive(Drive):
    """A drive in which an officer asks the service for everything, with words in every field."""

    def ask(self):
        """Ask page by page, add a file, send, have it signed or not, and take it back."""
        force = UUID("f0000000-0000-4000-8000-000000000001")
        with self.units.write(system("test")) as uow:
            uow.session.add(Agency(id=force, name="Example Force", kind="police"))
        asker = self.as_role(Role.REFERRER, agency_id=force)
        self.inspector = self.as_role(Role.REFERRER, agency_id=force)
        self.asker = self.of(asker)
        page = self.asker.send("asking.start")
        ask_id = UUID(page.form().attributes["action"].split("/")[3])
        words = self.word("search")
        self.asker.fill(page, {"q": words, "then": "find"})
        chosen = {"q": words, "chosen": f"{self.world.agency}:{self.world.service}"}
        self.asker.send("asking.holder", chosen, ask_id=ask_id)
        before = set(self.canaries.values)
        for name in PAGES:
            page = self.asker.get("asking.question", ask_id=ask_id, name=name)
            self.asker.send("asking.question", self.said(page), ask_id=ask_id, name=name)
        upload = (io.BytesIO(PDF % self.word("in evidence").encode()), f"{self.word('name')}.pdf")
        self.asker.send("asking.files", {"file": upload}, ask_id=ask_id)
        self.asker.get("asking.check", ask_id=ask_id)
        self.asker.get("asking.print_draft", ask_id=ask_id)
        receipt = self.asker.send("asking.send", ask_id=ask_id)
        assert "received" in receipt.text, receipt.text
        self.sign(ask_id)
        printed = self.asker.get("asking.print_asked", request_id=ask_id).text
        planted = {name: self.canaries.values[name] for name in {*self.canaries.values} - before}
        answers = {name: word for name, word in planted.items() if name.startswith("answer ")}
        assert len(answers) > 30
        hidden = {name for name, word in answers.items() if word not in printed}
        not_asked = {name for name in answers if "wanted_" in name} - set(ASKED)
        assert hidden == not_asked
        page = self.asker.get("asking.withdraw", request_id=ask_id)
        self.asker.fill(page, self.typed(page))

    def of(self, actor):
        client = self.app.test_client()
        sign_in_as(client, actor, self.units)
        return PageClient(self.app, client)

    def said(self, page):
        """Return answers for a page: what can be picked, who is meant, a canary in each text."""
        names = {
            each.attributes.get("name") for each in page.form().all("input", "textarea", "select")
        }
        picked = {name: value for name, value in PICKED.items() if name in names}
        if "family_name" in names:
            picked |= {"given_name": self.given, "family_name": self.family}
            picked |= {"nhs_number": self.nhs}
            picked |= {
                f"date_of_birth-{part}": str(getattr(self.born, part))
                for part in ("day", "month", "year")
            }
        if "counter_signer" in names:
            picked |= {"counter_signer": str(self.inspector.account_id), "contact": self.phone}
        return {"then": "on", **self.typed(page, **picked)}

    def sign(self, request_id):
        """Have the officer refuse with a reason, which the asker then reads."""
        page = self.of(self.inspector).get("asking.sign", request_id=request_id)
        said = {"is_signed": "no", "note": self.word("why not signed")}
        self.of(self.inspector).fill(page, said)
        with self.units.read(system("test")) as uow:
            assert uow.session.scalars(select(InformationRequest.state)).one() == "held"
