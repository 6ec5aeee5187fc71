"""Somebody who records consent by its pages."""

ABOUT = {"purposes": ["safety_planning"], "categories": ["eet", "health"], "whom": "named"}
WHO = {"giver": "self", "method": "in_person"}
SAFE = {"alone": "alone", "phone": "not_by_phone", "interpreter": "not_needed"}
DAY = {"said_on-day": "1", "said_on-month": "6", "said_on-year": "2026"}


def begun(browser, person, **about):
    page = browser.send("consents.new", person_id=person)
    about = {"agencies": []} | ABOUT | about
    return browser.fill(page, about)


def asked(browser, person, world, happened="yes", grounds=("none",)):
    page = begun(browser, person, agencies=[str(world.agency)])
    page = browser.fill(page, {"grounds": list(grounds)})
    return browser.fill(page, {"happened": happened})
