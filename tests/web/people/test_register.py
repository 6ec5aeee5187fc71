"""The register's pages: lists, one person, edits, workers, files."""

import io
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import event, select

from hub.agencies.models import Contact
from hub.audit.models import AuditEntry
from hub.kernel.actor import Role, system
from hub.people.models import Person
from hub.people.queries.records import record_of
from hub.people.states import WorkerRole
from kit.hub import sign_in_as
from kit.pages import PageClient

HUB = system("test")
PLAIN = "person_id,given_name,middle_names,family_name,known_as,date_of_birth,sex,postcode,aliases"


def record(county, person_id):
    with county.units.read(HUB) as uow:
        return record_of(uow, person_id)


def statements(county, browser, endpoint, **ids):
    said = []

    def note(*args):
        said.append(args[2])

    event.listen(county.units.engine, "before_cursor_execute", note)
    page = browser.get(endpoint, **ids)
    event.remove(county.units.engine, "before_cursor_execute", note)
    return len(said), page


class TestLists:
    def test_the_desk_sees_its_service_in_pages_of_25(self, county, browser):
        for n in range(26):
            county.registered(date_of_birth=date(2001 + n % 9, 1, 1 + n), nhs_number=None)
        count, page = statements(county, browser, "people.register")
        assert len(page.root.all("tbody")[0].all("tr")) == 25
        following = browser.get(page.root.all("a", rel="next")[0].attributes["href"])
        assert len(following.root.all("tbody")[0].all("tr")) == 1
        assert count <= 12

    def test_as_many_statements_for_one_person_as_for_many(self, county, browser):
        county.registered()
        one, _ = statements(county, browser, "people.register")
        for n in range(20):
            county.registered(date_of_birth=date(2001 + n % 9, 1, 1 + n), nhs_number=None)
        many, _ = statements(county, browser, "people.register")
        assert one == many

    def test_filters_by_status_and_by_lack_of_a_worker(self, county, browser):
        county.give(county.registered())
        county.registered(given_name="Zofia", family_name="Nowak", nhs_number=None, addresses=())
        shown = browser.get("/people?worker=none&status=allocated")
        assert "Zofia Nowak" in shown.text
        assert "Elizabeth O'Neill" not in shown.text
        assert "Nobody is on this list" in browser.get("/people?status=died").text
        assert "Zofia Nowak" in browser.get("/people?status=nonsense").text

    def test_a_worker_sees_their_own(self, county, as_worker):
        county.registered(given_name="Zofia", family_name="Nowak", nhs_number=None, addresses=())
        assert "You are nobody's leaving care worker" in as_worker.get("people.register").text
        county.give(county.registered())
        mine = as_worker.get("people.register")
        assert mine.h1 == "My people"
        assert "Elizabeth O'Neill" in mine.text
        assert "Zofia" not in mine.text

    def test_a_search_needs_two_facts_and_a_purpose(self, county, browser):
        county.registered()
        page = browser.get("people.find")
        wrong = browser.fill(page, {"family_name": "ONeill"})
        assert wrong.errors == {"purpose": "Select what you need this for"}
        wrong = browser.fill(page, {"purpose": "contact", "family_name": "ONeill"})
        assert wrong.errors == {"family_name": "Enter at least two facts"}
        right = {"purpose": "contact", "family_name": "ONeill", "given_name": "Beth"}
        assert "Elizabeth O'Neill" in browser.fill(page, right).links
        nobody = right | {"family_name": "Quillfeather", "given_name": "Zebedee"}
        assert "Nobody you may see fits" in browser.fill(page, nobody).text

    def test_the_thirty_first_search_of_an_hour_is_refused(self, county, browser):
        page = browser.get("people.find")
        right = {"purpose": "contact", "family_name": "ONeill", "given_name": "Beth"}
        for _ in range(30):
            browser.fill(page, right)
        assert "searched 30 times" in str(browser.fill(page, right).errors)


class TestPerson:
    def test_safe_contact_comes_first_and_the_address_not_at_all(self, county, browser):
        one = county.registered(safe_contact="Text first")
        county.give(one)
        page = browser.get("people.person", person_id=one)
        assert page.h1 == "Beth O'Neill"
        assert page.title.startswith("Person")
        headings = [each.text for each in page.root.all("main")[0].all("h2")]
        assert headings[0].strip() == "Contact them safely"
        assert "Text first" in page.text
        assert "LN2 4ZZ" not in page.response.text
        assert "9990000018" not in page.response.text
        assert "18 to 21" in page.text

    def test_an_address_is_shown_for_a_reason_that_is_on_the_trail(self, county, browser):
        one = county.registered()
        page = browser.get("people.person", person_id=one)
        action = f"/people/{one}/addresses"
        wrong = browser.fill(page, {}, action=action)
        assert wrong.errors == {"why": "Select what you need the address for"}
        shown = browser.fill(page, {"why": "visit"}, action=action)
        assert "1 Example Road" in shown.text
        assert "LN2 4ZZ" in shown.text
        with county.units.read(HUB) as uow:
            facts = uow.session.scalar(
                select(AuditEntry.facts).where(AuditEntry.verb == "AddressRevealed")
            )
        assert "visit" in facts
        reloaded = browser.client.get(action)
        assert reloaded.status_code == 303

    def test_the_number_of_statements_does_not_grow_with_workers(self, county, browser):
        one = county.registered()
        few, _ = statements(county, browser, "people.person", person_id=one)
        county.give(one)
        county.give(one, WorkerRole.SOCIAL_WORKER, county.social_worker())
        many, _ = statements(county, browser, "people.person", person_id=one)
        assert abs(many - few) <= 1
        assert many <= 22  # three short transactions, each with its own beginning

    @pytest.mark.parametrize(
        "endpoint",
        ["people.person", "people.add_address", "people.hand_over", "people.conflicts"],
    )
    def test_nobody_exists_for_somebody_of_another_service(
        self, county, app, units, as_role, endpoint
    ):
        one = county.registered()
        client = app.test_client()
        sign_in_as(client, as_role(Role.DUTY_DESK, agency_id=uuid4()), units)
        browser = PageClient(app, client)
        for person_id in (one, uuid4()):
            browser.get(endpoint, person_id=person_id, status=404)

    def test_a_worker_sees_their_person_and_no_way_to_change(self, county, as_worker):
        one = county.registered()
        as_worker.get("people.person", person_id=one, status=404)
        county.give(one)
        page = as_worker.get("people.person", person_id=one)
        assert not any("Change" in text for text in page.links)
        as_worker.get("people.edit", person_id=one, part="names", status=404)


class TestEditing:
    def test_somebody_joins_the_register(self, county, browser):
        page = browser.get("people.new_person")
        wrong = browser.fill(page, {"given_name": "Zofia"})
        assert wrong.errors == {"family_name": "Enter last name"}
        typed = {
            "given_name": "Zofia",
            "family_name": "Nowak",
            "date_of_birth-day": "1",
            "date_of_birth-month": "8",
            "date_of_birth-year": "2008",
            "nhs_number": "999 000 0018",
            "postcode": "ln2 4zz",
        }
        future = browser.fill(page, typed | {"date_of_birth-year": "2027"})
        assert future.errors == {"date_of_birth-day": "Date of birth must be today or in the past"}
        added = browser.fill(page, typed)
        assert added.h1 == "Zofia Nowak"
        assert "Under 18 without a social worker" in added.text
        again = browser.fill(page, typed | {"nhs_number": ""})
        assert list(again.errors) == ["is_another"]
        assert browser.fill(page, typed | {"nhs_number": "", "is_another": "yes"}).status == 200

    def test_an_nhs_number_with_a_slip(self, county, browser):
        one = county.registered()
        page = browser.get("people.edit", person_id=one, part="birth")
        wrong = browser.fill(page, {"nhs_number": "9990000019"})
        assert wrong.errors == {
            "nhs_number": "NHS number is not valid. Check each of its 10 digits"
        }

    def test_each_part_is_changed_and_the_rest_stays(self, county, browser):
        one = county.registered()
        before = record(county, one)
        changes = {
            "names": {"family_name": "Carter", "former_names": "Elizabeth O'Neill\nBetty"},
            "birth": {"date_of_birth-year": "2005", "sex": "F"},
            "contact": {"safe_phone": "01632 960001", "is_restricted": "yes"},
            "support": {"support_status": "stepped_down"},
        }
        for part, typed in changes.items():
            page = browser.get("people.edit", person_id=one, part=part)
            assert browser.fill(page, typed).h1.endswith(("Carter", "O'Neill"))
        after = record(county, one)
        assert (after.family_name, after.known_as) == ("Carter", "Beth")
        assert [name.given_name for name in after.names] == ["Betty", "Elizabeth"]
        assert after.date_of_birth == date(2005, 3, 9)
        assert (after.safe_phone, after.is_restricted) == ("01632 960001", True)
        assert after.support_status == "stepped_down"
        assert (after.nhs_number, after.addresses) == (before.nhs_number, before.addresses)

    def test_who_moves_in_somewhere_has_left_where_they_lived(self, county, browser):
        one = county.registered()
        page = browser.get("people.add_address", person_id=one)
        assert browser.fill(page, {}).errors == {"lines": "Enter the address or the postcode"}
        typed = {
            "postcode": "LN1 1AA",
            "from_on-day": "1",
            "from_on-month": "5",
            "from_on-year": "2026",
        }
        browser.fill(page, typed)
        new, old = record(county, one).addresses
        assert (new.postcode, new.until_on) == ("LN1 1AA", None)
        assert (old.postcode, old.until_on) == ("LN2 4ZZ", date(2026, 5, 1))

    def test_an_address_with_its_end_before_its_start(self, county, browser):
        page = browser.get("people.add_address", person_id=county.registered())
        typed = {"postcode": "LN1 1AA"}
        for name, year in (("from_on", "2026"), ("until_on", "2025")):
            typed |= {f"{name}-day": "1", f"{name}-month": "5", f"{name}-year": year}
        assert browser.fill(page, typed).errors == {
            "until_on-day": "The day they moved out must be after the day they moved in"
        }


class TestWorkers:
    def test_a_worker_is_allocated_replaced_and_ended(self, county, browser):
        one = county.registered()
        role = {"person_id": one, "role": "leaving_care_worker"}
        page = browser.get("people.allocate", **role)
        assert browser.fill(page, {"worker": ""}).errors == {"worker": "Select a worker"}
        assert "Duty desk" not in page.root.all("select")[0].text
        shown = browser.fill(page, {"worker": str(county.worker), "from_on-month": "1"})
        assert "Wor Ker" in shown.text
        assert "Nobody is named" not in shown.text

        taken = browser.fill(page, {"worker": str(county.deputy), "end_previous": []})
        assert "Somebody already has this role" in taken.errors["from_on-day"]
        replaced = browser.fill(
            browser.get("people.allocate", **role), {"worker": str(county.deputy)}
        )
        rows = [each.text for each in replaced.root.all("tbody")[0].all("tr")]
        assert len(rows) == 2
        ends = next(
            href
            for text, href in replaced.links.items()
            if text.startswith("Endthe allocation of Dep Uty")
        )
        assert browser.get(ends).h1 == "When does Dep Uty's allocation end?"

    def test_what_has_not_begun_is_taken_back(self, county, browser):
        one = county.registered()
        page = browser.get("people.allocate", person_id=one, role="leaving_care_worker")
        shown = browser.fill(page, {"worker": str(county.worker), "from_on-year": "2027"})
        end = next(
            href
            for text, href in shown.links.items()
            if text.startswith("Endthe allocation of Wor Ker")
        )
        back = browser.send(end, {"take_back": "yes"})
        assert "Workers over time" not in back.text

    def test_what_has_begun_is_not(self, county, browser):
        one = county.registered()
        allocation = county.give(one)
        refused = browser.post(
            "people.end", {"take_back": "yes"}, person_id=one, allocation_id=allocation
        )
        assert "stays on record" in str(refused.errors)
        wrong = browser.post("people.end", {}, person_id=one, allocation_id=allocation)
        assert wrong.errors == {"until_on-day": "Enter the first day no longer"}
        typed = {"until_on-day": "1", "until_on-month": "1", "until_on-year": "2020"}
        early = browser.post("people.end", typed, person_id=one, allocation_id=allocation)
        assert "must be after 1 January 2026" in early.errors["until_on-day"]
        typed["until_on-year"] = "2027"
        saved = browser.send("people.end", typed, person_id=one, allocation_id=allocation)
        assert "1 January 2027" in saved.text
        browser.get("people.end", person_id=one, allocation_id=uuid4(), status=404)

    def test_hand_over(self, county, browser):
        one = county.registered(date_of_birth=date(2008, 8, 1))
        county.give(one, WorkerRole.SOCIAL_WORKER, county.social_worker())
        page = browser.get("people.hand_over", person_id=one)
        assert "So Cial ends as social worker on 1 August 2008" not in page.text
        assert "So Cial ends as social worker on 1 August 2026" in page.text
        assert "Nobody leads from that day on" in str(browser.fill(page, {}).errors)
        county.give(one)
        done = browser.fill(browser.get("people.hand_over", person_id=one), {})
        assert "The hand-over is arranged" in done.text

    def test_a_conflict_is_declared_and_taken_back(self, county, browser):
        one = county.registered()
        page = browser.get("people.conflicts", person_id=one)
        declared = browser.fill(page, {"contact": str(county.worker)})
        assert "Wor Ker Declared on 1 June 2026" in declared.text
        again = browser.fill(page, {"contact": str(county.worker)})
        assert again.errors == {"contact": "This has been declared already"}
        ids = {"person_id": one, "contact_id": county.worker}
        back = browser.fill(browser.get("people.conflict_end", **ids), {})
        assert "Wor Ker Declared" not in back.text
        browser.get("people.conflict_end", status=404, **ids)

    def test_who_declares_their_own_is_led_away(self, county, app, units, as_role):
        manager = as_role(Role.TEAM_MANAGER, agency_id=county.agency, contact_id=county.manager)
        client = app.test_client()
        sign_in_as(client, manager, units)
        browser = PageClient(app, client)
        one = county.registered()
        page = browser.get("people.conflicts", person_id=one)
        left = browser.fill(page, {"contact": str(county.manager)})
        assert left.h1 == "People on your register"
        browser.get("people.person", person_id=one, status=404)


class TestFiles:
    def send(self, browser, text, service_id):
        data = {
            "service_id": str(service_id),
            "file": (io.BytesIO(text.encode()), "people.csv"),
        }
        return browser.client.post(
            "/people/file",
            data=data | {"csrf_token": browser.token()},
            headers={"Sec-Fetch-Site": "same-origin"},
        )

    def test_a_report_first_and_then_all_of_it(self, county, browser):
        browser.get("people.take_in")
        text = f"{PLAIN}\nP1,Beth,,ONeill,,2006-03-09,F,LN2 4ZZ,\n"
        report = browser.get(self.send(browser, text, county.service).headers["Location"])
        assert "Join the register 1" in report.text
        done = browser.fill(report, {})
        assert "1 added, 0 changed" in done.text
        assert "Beth ONeill" in done.text

    def test_a_bad_row_says_which_and_why_and_changes_nothing(self, county, browser):
        text = f"{PLAIN}\nP1,Beth,,ONeill,,2006-03-09,F,LN2 4ZZ,\nP2,,,,,2006-13-01,,,\n"
        sent = self.send(browser, text, county.service).headers["Location"]
        report = browser.get(sent)
        assert "3 date_of_birth Enter a real date as YYYY-MM-DD" in report.text
        forced = browser.post(sent)
        assert "Nothing was changed" in forced.text
        with county.units.read(HUB) as uow:
            assert uow.session.scalars(select(Person.id)).all() == []

    def test_no_file_and_no_service_of_ones_own(self, county, browser):
        answer = self.send(browser, "", county.service)
        assert answer.status_code == 422
        assert "Choose a file that is not empty" in answer.text
        assert self.send(browser, f"{PLAIN}\n", uuid4()).status_code == 422

    def test_the_register_is_taken_out(self, county, browser):
        county.registered()
        answer = browser.client.post(
            "/people/file/out",
            data={"service_id": str(county.service), "csrf_token": browser.token()},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        assert answer.mimetype == "text/csv"
        assert "Elizabeth,,O'Neill,Beth,2006-03-09" in answer.get_data(as_text=True)
        assert "people.csv" in answer.headers["Content-Disposition"]
        wrong = browser.post("people.take_out", {"service_id": str(uuid4())})
        assert wrong.errors["service_id"].startswith("Select responsible")


def test_the_directory_offers_only_people_at_work(county, browser):
    one = county.registered()
    with county.units.write(HUB) as uow:
        uow.session.get_one(Contact, county.deputy).works_until = date(2026, 6, 1)
    page = browser.get("people.allocate", person_id=one, role="leaving_care_worker")
    offered = page.root.all("select")[0].text
    assert "Wor Ker" in offered
    assert "Dep Uty" not in offered
