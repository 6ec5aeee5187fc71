"""A second reading of the clocks' text, sentence by sentence and without thought for speed.

Source: public interface, section 5. It shares nothing with the product but the words.
"""

from datetime import date, datetime, timedelta

from govuk_bank_holidays.bank_holidays import BankHolidays

from hub.kernel.days import LONDON

GOV_UK = {
    row["date"]
    for row in BankHolidays(use_cached_holidays=True).get_holidays(
        division=BankHolidays.ENGLAND_AND_WALES
    )
}
DEFAULTS = {
    "repeat_months": 12,
    "flag_months": 12,
    "repeat_definition": "any_abuse",
    "repeat_across_areas": True,
    "cutoff_days": 8,
    "agenda_days": 5,
    "research_days": 3,
    "minutes_days": 3,
    "extra_closed_days": [],
}


def day(text):
    return None if text is None else date.fromisoformat(text)


def months(first, count):
    month = first.month - 1 + count
    year, month = first.year + month // 12, month % 12 + 1
    for last in (31, 30, 29, 28):
        try:
            return date(year, month, min(first.day, last))
        except ValueError:
            continue
    raise AssertionError


UNCOUNTED = {"returned", "not_met", "duplicate", "withdrawn"}


def second_reading(given_, on):
    areas = {one["id"]: DEFAULTS | one for one in given_["areas"]}
    made = [
        (place, one)
        for place, one in enumerate(given_["referrals"])
        if day(one["referral_on"]) <= on
    ]
    cases, people = read_cases(areas, [one for _, one in made], on)
    return {
        "referrals": [read_referral(areas, made, place, one) for place, one in made],
        "cases": cases,
        "people": people,
        "meetings": [read_meeting(areas[one["area"]], one) for one in given_["meetings"]],
    }


def read_referral(areas, made, place, one):
    area = areas[one["area"]]
    earlier = sorted(
        (
            ((day(other["referral_on"]), at), other)
            for at, other in made
            if other["victim"] == one["victim"]
            and (day(other["referral_on"]), at) < (day(one["referral_on"]), place)
            and other["outcome"] not in UNCOUNTED
            and (area["repeat_across_areas"] or other["area"] == one["area"])
        ),
        key=lambda pair: pair[0],
    )
    pairs = [read_pair(area, earlier, one, perp) for perp in one["alleged_perpetrators"]]
    mirror = sorted(
        other["id"]
        for _, other in made
        if other["victim"] in one["alleged_perpetrators"]
        and one["victim"] in other["alleged_perpetrators"]
    )
    had = {pair["label"] for pair in pairs}
    label = next(x for x in ("repeat", "check", "new", "new_case") if x in had)
    return {"id": one["id"], "label": label, "pairs": pairs, "mirror_of": mirror}


def read_pair(area, earlier, one, perp):
    with_perp = [other for _, other in earlier if perp in other["alleged_perpetrators"]]
    last = with_perp[-1] if with_perp else None
    until = months(day(last["referral_on"]), area["repeat_months"]) if last else None
    incident = day(one.get("incident_on"))
    is_crime = area["repeat_definition"] != "criminal" or one["incident_kind"] != "other_abuse"
    if not earlier:
        label = "new"
    elif last is None:
        label = "new_case"
    elif incident is None or incident < day(last["referral_on"]):
        label = "check"
    else:
        label = "repeat" if incident <= until and is_crime else "new"
    return {
        "alleged_perpetrator": perp,
        "label": label,
        "last_referral": last["id"] if last else None,
        "repeat_until": until.isoformat() if until else None,
    }


def read_cases(areas, made, on):
    cases, people = [], {}
    for victim, perp in sorted(
        {(one["victim"], perp) for one in made for perp in one["alleged_perpetrators"]}
    ):
        mine = [
            one for one in made if one["victim"] == victim and perp in one["alleged_perpetrators"]
        ]
        referred = [day(x["referral_on"]) for x in mine if x["outcome"] not in UNCOUNTED]
        heard = [
            (day(h), areas[x["area"]]["flag_months"])
            for x in mine
            for h in x.get("heard_on", [])
            if day(h) <= on
        ]
        until = max((months(h, count) for h, count in heard), default=None)
        flag = "none" if until is None else "current" if on <= until else "lapsed"
        cases.append(
            {
                "victim": victim,
                "alleged_perpetrator": perp,
                "last_referral_on": max(referred).isoformat() if referred else None,
                "last_heard_on": max(h for h, _ in heard).isoformat() if heard else None,
                "flag_until": until.isoformat() if until else None,
                "flag": flag,
            }
        )
        for who in (victim, perp) if until else ():
            people[who] = max(people.get(who, (until, flag)), (until, flag))
    return cases, [
        {"person": who, "flag_until": until.isoformat(), "flag": flag}
        for who, (until, flag) in sorted(people.items())
    ]


def read_meeting(area, one):
    held = datetime.fromisoformat(one["starts_at"]).astimezone(LONDON).date()

    def working(count, step):
        found = held
        while count:
            found += timedelta(days=step)
            is_open = found.weekday() < 5 and found not in GOV_UK
            count -= is_open and found.isoformat() not in area["extra_closed_days"]
        return found.isoformat()

    return {
        "id": one["id"],
        "held_on": held.isoformat(),
        "cutoff_on": working(area["cutoff_days"], -1),
        "agenda_on": working(area["agenda_days"], -1),
        "research_on": working(area["research_days"], -1),
        "minutes_on": working(area["minutes_days"], 1),
    }
