"""Work channels only: what may be an address, a number or a text of the directory."""

import pytest

from hub.agencies.rules import channels


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("leavingcare@lincolnshire.gov.uk", None),  # an authority's own domain
        ("desk@mail.example.org", None),  # a domain that merely begins like a webmail service
        ("a@live.example.org", None),
        ("a@gmail.com", channels.NO_WEBMAIL.format(domain="gmail.com")),
        ("a@GMAIL.com", channels.NO_WEBMAIL.format(domain="gmail.com")),  # capitals change nothing
        ("a@outlook.com", channels.NO_WEBMAIL.format(domain="outlook.com")),
        ("a@hotmail.co.uk", channels.NO_WEBMAIL.format(domain="hotmail.co.uk")),
        ("a@yahoo.fr", channels.NO_WEBMAIL.format(domain="yahoo.fr")),
        ("a@icloud.com", channels.NO_WEBMAIL.format(domain="icloud.com")),
        ("a@me.com", channels.NO_WEBMAIL.format(domain="me.com")),  # a domain listed whole
        ("@my_handle", channels.NO_SOCIAL_MEDIA),  # a handle is no address
        ("facebook.com/somebody", channels.NO_SOCIAL_MEDIA),
        ("not an address", channels.NOT_AN_ADDRESS),
        ("a@b", channels.NOT_AN_ADDRESS),
        ("jos\u00e9@council.example.org", channels.NO_MAIL_THERE),  # no message could be sealed
        ("a@m\u00fcnchen.example.org", channels.NO_MAIL_THERE),
        ("o'neill+a_b@council.example.org", None),
    ],
)
def test_an_e_mail_address_is_a_work_address_or_refused_with_a_reason(address, fault):
    assert channels.email_fault(address) == fault


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("01632 960001", None),  # an office
        ("0330 222 2004", None),  # a number for the whole country
        ("+44 1632 960001", None),
        ("020 7946 0000", None),
        ("101", None),  # the police
        ("116 123", None),  # a helpline in six digits
        ("07700 900123", channels.NO_PRIVATE_MOBILE),
        ("+44 7700 900123", channels.NO_PRIVATE_MOBILE),  # the same as dialled from abroad
        ("0044 7700 900123", channels.NO_PRIVATE_MOBILE),
        ("+44 (0)7700 900123", channels.NO_PRIVATE_MOBILE),
        ("070 1234 5678", channels.NO_PREMIUM),  # a personal number that costs more
        ("0909 879 0000", channels.NO_PREMIUM),
        ("@handle", channels.NO_SOCIAL_MEDIA),
        ("WhatsApp 01632 960001", channels.NO_SOCIAL_MEDIA),
        ("wa.me/447700900123", channels.NO_SOCIAL_MEDIA),
        ("12", channels.NOT_A_NUMBER),
        ("ring me", channels.NOT_A_NUMBER),
    ],
)
def test_a_number_is_a_work_number_or_refused_with_a_reason(number, fault):
    assert channels.phone_fault(number) == fault


def test_a_mobile_that_the_agency_issued_is_a_work_number():
    assert channels.phone_fault("07700 900123", is_work_mobile=True) is None


def test_a_premium_number_stays_refused_whatever_is_ticked():
    assert channels.phone_fault("0909 879 0000", is_work_mobile=True) == channels.NO_PREMIUM


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("01632 960001", None),
        ("07700 900123", channels.NO_MOBILE_HERE),  # a desk has no mobile of its own
        ("nothing", channels.NOT_A_NUMBER),
    ],
)
def test_a_service_or_office_has_a_number_that_is_nobodys_mobile(number, fault):
    assert channels.desk_phone_fault(number) == fault


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("Ring the emergency duty team on 01632 960199", False),
        ("E-mail duty@council.example.org", False),  # an address is no handle
        ("Meet @ noon", False),
        ("max.com is no social network", False),
        ("Message us on Facebook", True),
        ("instagram.com/leavingcare", True),
        ("x.com/leavingcare", True),
        ("find us (@leavingcare)", True),
        ("Whats App the worker", True),
    ],
)
def test_a_text_that_leads_to_social_media_is_refused(text, refused):
    assert (channels.social_media(text) is not None) is refused
