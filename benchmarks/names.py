"""Pools of names of the communities whose young people come into care in England.

Most come from the `faker` package; those it lacks, or writes in another script, stand here.
No person is meant: names are drawn at random, common ones more often.
"""

import importlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Community:
    """Names that go together: share of the register, and of those who were given 1 January."""

    share: float
    new_year: float
    given: tuple[str, ...]
    family: tuple[str, ...]


_ENGLISH_GIVEN = """
Oliver Jack Harry Jacob Charlie Thomas George Oscar James William Alfie Joshua Noah Ethan Leo
Logan Archie Max Riley Tyler Jayden Callum Connor Kieran Reece Liam Mason Lewis Luke Ryan Jamie
Kyle Declan Olivia Amelia Emily Isla Ava Jessica Isabella Lily Ella Mia Sophie Charlotte Grace
Evie Poppy Chloe Ellie Megan Courtney Paige Jade Shannon Bethany Caitlin Georgia Lauren Holly
Leah Abigail Elizabeth Katherine Rebecca Alexandra Victoria Samantha Danielle Natasha Gabrielle
Madeleine Zachary Nathaniel Benjamin Matthew Christopher Frederick Theodore Dominic Samuel
Joseph Daniel Alexander Nicholas
"""
_OWN: tuple[tuple[float, float, str, str], ...] = (
    (
        0.05, 0.3,  # Arabic: Sudan, Syria, Iraq, Egypt, Yemen
        """Mohammed Ahmed Ali Omar Khalid Ibrahim Yusuf Mahmoud Hassan Hussein Mustafa Abdullah
        Tariq Bilal Karim Samir Nasser Walid Faisal Hamza Ismail Osama Zakaria Anas Ayman
        Fatima Aisha Mariam Zainab Layla Noor Amina Khadija Salma Huda Rania Yasmin Hiba Amira
        Samira Asma Nadia Sara""",
        """Al-Hassan Hussein Abdullah Ibrahim Khalil Mansour Haddad Al-Sayed Osman Mohammed Ali
        Saleh Nasser Hamdan El-Amin Bashir Idris Adam Musa Suleiman Khatib Darwish Aziz Farouk
        Issa Yousif Al-Masri Qasim Rashid Shaheen Tawfiq Abdelrahman Elhadi Kamal Jaber""",
    ),
    (
        0.04, 0.35,  # Afghan and Kurdish
        """Ahmad Najib Farhad Rahmatullah Habibullah Zabihullah Enayat Sayed Javid Wahid Milad
        Omid Navid Reza Hamid Asad Karwan Hawre Soran Rebin Azad Dilan Rojin Shirin Zahra
        Parwana Fereshta Laila Soraya Mina Nazanin Avin Hana Shilan Berivan""",
        """Ahmadi Karimi Rahimi Hosseini Mohammadi Noori Safi Stanikzai Zadran Popal Amiri
        Sharifi Haidari Yousufzai Wardak Hashimi Rezai Mahmoodi Aziz Rasul Karim Hama Barzani
        Qadir Saeed Mustafa Omar Hussein Tahir Majid""",
    ),
    (
        0.035, 0.25,  # Eritrean, Ethiopian and Somali
        """Yonas Filmon Habtom Mehari Tesfay Samuel Abel Daniel Natnael Merhawi Kidane Robel
        Meron Selam Feven Rahwa Semhar Helen Luwam Winta Abdirahman Abdullahi Mohamed Ahmed
        Abdi Hodan Ayaan Fadumo Sahra Ifrah Hamdi Khadra Bekele Abebe Hiwot Tigist""",
        """Tesfay Gebremariam Haile Kidane Berhane Tekle Habte Abraham Yohannes Mehari Ghebre
        Woldu Tewolde Araya Negash Ali Mohamed Hassan Abdi Farah Warsame Jama Nur Adan Hersi
        Osman Bekele Tadesse Girma Desta""",
    ),
    (
        0.02, 0.05,  # Albanian
        """Agron Besnik Ardit Erion Klevis Armando Ermal Gentian Endri Elvis Xhulio Kristi Arta
        Elira Blerina Drita Vjosa Albana Mimoza Rajmonda""",
        """Hoxha Shehu Gjoka Dervishi Krasniqi Berisha Gashi Kola Prifti Marku Leka Dema Hysa
        Meta Rama Bardhi Cela""",
    ),
    (
        0.02, 0.02,  # Chinese
        """Wei Jing Li Xin Yan Hui Ming Jun Lei Hao Yu Fang Xiu Mei Jia Ying Kai Zhen Tao Bo
        Xiaoming Meiling Jiahui Zihan Yichen Ka-Yan Wing-Sze""",
        """Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Luo Zheng
        Chan Wong Cheung Lam Ng""",
    ),
    (
        0.025, 0.2,  # Vietnamese
        """Minh Anh Nam Tuấn Hùng Dũng Đức Quang Hiếu Thành Long Phúc Khánh Linh Hương Lan Mai
        Ngọc Thảo Trang Yến Hạnh Thủy Phượng Hiền Nhung""",
        """Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý""",
    ),
    (
        0.05, 0.0,  # Polish
        """Jakub Kacper Mateusz Filip Szymon Wojciech Łukasz Paweł Michał Piotr Krzysztof Tomasz
        Bartosz Kamil Dawid Zuzanna Julia Maja Wiktoria Aleksandra Oliwia Natalia Katarzyna
        Agnieszka Małgorzata Magdalena Karolina Weronika Emilia Gabriela""",
        """Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański
        Woźniak Dąbrowski Kozłowski Jankowski Mazur Krawczyk Piotrowski Grabowski Pawłowski
        Król Wróbel Jabłoński Stępień Górski Żak Gąsior Śliwa""",
    ),
)  # fmt: skip
_FAKER: tuple[tuple[float, float, str], ...] = (
    (0.04, 0.0, "en_IE"),
    (0.04, 0.0, "ro_RO"),
    (0.035, 0.0, "en_IN"),
    (0.045, 0.05, "en_PK"),
    (0.02, 0.0, "yo_NG"),
    (0.015, 0.0, "tw_GH"),
    (0.015, 0.02, "en_KE"),
    (0.02, 0.1, "tr_TR"),
    (0.015, 0.0, "pt_PT"),
    (0.01, 0.0, "lv_LV"),
    (0.01, 0.0, "sk_SK"),
    (0.01, 0.05, "fr_DZ"),
)


def communities() -> tuple[Community, ...]:
    """Return every community; the shares add up to one, English names taking what is left."""
    own = [
        Community(share, new_year, tuple(given.split()), tuple(family.split()))
        for share, new_year, given, family in _OWN
    ]
    lent = [Community(share, new_year, *_pool(name)) for share, new_year, name in _FAKER]
    given, family = _pool("en_GB")
    modern = tuple(_ENGLISH_GIVEN.split())
    rest = 1.0 - sum(community.share for community in (*own, *lent))
    return (Community(rest, 0.004, (*modern, *given), family), *own, *lent)


def _pool(locale: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the given and family names of one of faker's locales, in a fixed order."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    given = tuple(dict.fromkeys(provider.first_names))
    return given, tuple(dict.fromkeys(provider.last_names))
