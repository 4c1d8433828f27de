"""Names and words that two languages spell differently, and rightly so."""

import re
from collections.abc import Mapping, Sequence

# Indonesian and English, each as often as English has a form of it. Only what differs by a letter
# or two needs to stand here, and is not already alike by sound (see ``_sound``).
_PAIRS = """
    Afghanistan:Afganistan Rusia:Russia,Russian Jerman:Germany,German,Germans Jepang:Japan
    Belgia:Belgium,Belgian Hongaria:Hungary,Hungarian Polandia:Poland Italia:Italy,Italian,Italians
    Swedia:Sweden Finlandia:Finland Irlandia:Ireland Islandia:Iceland Selandia:Zealand
    Norwegia:Norway Turki:Turkey,Turkish,Turks Ukraina:Ukraine,Ukrainian Rumania:Romania,Romanian
    Suriah:Syria,Syrian Siria:Syria,Syrian Yordania:Jordan,Jordanian Libanon:Lebanon Yaman:Yemen
    Filipina:Philippine,Filipino,Philippines Singapura:Singapore Brasil:Brazil,Brazilian
    Chili:Chile Siprus:Cyprus Inggris:English Prancis:France Perancis:France Spanyol:Spain,Spanish
    Eropa:Europe,European Afrika:Africa,African Amerika:America,American,Americas Asia:Asian
    Arktik:Arctic Antartika:Antarctica Atlantik:Atlantic Pasifik:Pacific Kaspia:Caspian
    Kaukasus:Caucasus Baltik:Baltic Krimea:Crimea Balkan:Balkans Palestina:Palestine,Palestinian
    Israel:Israeli Korea:Korean Kongo:Congo Sudan:Sudanese Etiopia:Ethiopia Maroko:Morocco
    Moskow:Moscow Roma:Rome Athena:Athens Praha:Prague Warsawa:Warsaw Wina:Vienna Jenewa:Geneva
    Brussel:Brussels Lisabon:Lisbon Kairo:Cairo Bagdad:Baghdad Teheran:Tehran Tokio:Tokyo
    Beograd:Belgrade Damaskus:Damascus Yerusalem:Jerusalem Vatikan:Vatican Mekah:Mecca Mekkah:Mecca
    Madinah:Medina Petersburg:Peterburg Aleksander:Alexander Iskandar:Alexander
    Januari:January Februari:February Maret:March Juni:June Juli:July Oktober:October
    Desember:December Nopember:November Presiden:President,Presidential Jenderal:General
    Jendral:General Kolonel:Colonel Mayor:Major Letnan:Lieutenant Sersan:Sergeant Profesor:Professor
    Doktor:Doctor Dokter:Doctor Direktur:Director Manajer:Manager Komisaris:Commissioner
    Menteri:Minister Senator:Senators Sekretaris:Secretary Gubernur:Governor Sultan:Sultanate
    Universitas:University Institut:Institute Akademi:Academy Museum:Museums Bank:Banks
    Nasional:National Internasional:International Sentral:Central Federal:Federation
    Republik:Republic,Republican,Republicans Demokrat:Democrat,Democrats,Democratic
    Demokratik:Democratic Komunis:Communist Sosialis:Socialist Liberal:Liberals Partai:Party
    Parlemen:Parliament Senat:Senate Kongres:Congress Konferensi:Conference Komite:Committee
    Komisi:Commission Dewan:Council Federasi:Federation Asosiasi:Association Organisasi:Organization
    Persatuan:Union Islam:Islamic Kristen:Christian,Christians Katolik:Catholic,Catholics
    Protestan:Protestant Budha:Buddha Buddha:Buddhist Hindu:Hindus Yahudi:Jewish Muslim:Muslims
    Alquran:Quran Natal:Christmas Paus:Pope Pangeran:Prince Putri:Princess Ratu:Queen
    Olimpiade:Olympics,Olympic,Olympiad Paralimpiade:Paralympics Liga:League Premier:Premiere
    Final:Finals Grup:Group Klub:Club Stadion:Stadium Teater:Theater,Theatre Stasiun:Station
    Hotel:Hotels Plaza:Plasa Sungai:River Utara:North Timur:Timor,East Selatan:South Barat:West
    Ekonomi:Economy,Economic Energi:Energy Statistik:Statistics Meteorologi:Meteorology
    Geologi:Geology Teknologi:Technology Moneter:Monetary Militer:Military Artileri:Artillery
    Marinir:Marines Divisi:Division Batalyon:Battalion Brigade:Brigades Sipil:Civil Sosial:Social
    Politik:Politics,Political Kanada:Canada Meksiko:Mexico,Mexican Kuba:Cuba,Cuban
    Kolombia:Colombia Jamaika:Jamaica Kroasia:Croatia Slovakia:Slovak Slowakia:Slovakia
    Serbia:Serbian Bosnia:Bosnian Albania:Albanian Bulgaria:Bulgarian Georgia:Georgian
    Armenia:Armenian Kazakstan:Kazakhstan Kirgistan:Kyrgyzstan Tajikistan:Tadjikistan
    Uzbekistan:Uzbek India:Indian Hindia:Indies Indonesia:Indonesian Malaysia:Malaysian
    Australia:Australian Kamboja:Cambodia Mongolia:Mongolian Nepal:Nepali,Nepalese Tibet:Tibetan
    Austria:Austrian Denmark:Danish Belanda:Netherlands Britania:Britain,British Skotlandia:Scotland
    Thailand:Thai Mesir:Egypt Libya:Libyan Tunisia:Tunisian Aljazair:Algeria Iran:Iranian
    Irak:Iraq,Iraqi Kuwait:Kuwaiti Qatar:Qatari Saudi:Saudis Oman:Omani Taliban:Talib
    Konstitusi:Constitution Revolusi:Revolution Proklamasi:Proclamation Deklarasi:Declaration
    Provinsi:Province Departemen:Department Tabel:Table Sensus:Census Industri:Industry,Industrial
    Infrastruktur:Infrastructure Institusi:Institute,Institution Esensial:Essential
    Personil:Personnel Personel:Personnel Sumatera:Sumatra,Sumatran Yesus:Jesus Yordan:Jordan
    Robotika:Robotics Aristoteles:Aristotle Manajemen:Management Kementerian:Ministry
    Konvensi:Convention Protokol:Protocol Traktat:Treaty Pakta:Pact Senin:Monday
"""
# Endings by which English makes an adjective or a plural, and Indonesian a noun, of a name.
_ENGLISH_ENDINGS = (
    "s",
    "es",
    "n",
    "ns",
    "an",
    "ans",
    "ian",
    "ians",
    "i",
    "ic",
    "ese",
    "ish",
    "ist",
    "e",
    "er",
)
_INDONESIAN_ENDINGS = ("nya", "is", "lah", "i", "a")
_SOUNDS = (
    ("sy", "sh"),
    ("ph", "f"),
    ("th", "t"),
    ("gh", "g"),
    ("kh", "k"),
    ("ch", "c"),
    ("ck", "c"),
    ("x", "ks"),
    ("qu", "ku"),
    ("q", "k"),
    ("c", "k"),
    ("y", "i"),
    ("v", "f"),
    ("z", "s"),
)
_LOAN_ENDINGS = re.compile(
    r"(?:asi|ation|isi|ition|si|tion|sion|en|ent|an|ant|is|ist|ik|ics?|isme?|ism|us|um|or|ur|er|tas"
    r"|ti|if|ife|al|nke|nsi|el|il|ile|e|a|i)$"
)


def _read(pairs: str) -> Mapping[str, frozenset[str]]:
    read: dict[str, set[str]] = {}
    for entry in pairs.casefold().split():
        indonesian, _, english = entry.partition(":")
        read.setdefault(indonesian, set()).update(english.split(","))
    return {word: frozenset(forms) for word, forms in read.items()}


_KNOWN = _read(_PAIRS)


def is_known(one: str, other: str, languages: Sequence[str]) -> bool:
    """
    Say whether two words are one name as each of two languages writes it.

    ``one`` is in the first of ``languages``, ``other`` in the second.
    """
    mine, others = one.casefold(), other.casefold()
    if "en" in languages:
        english, indonesian = (mine, others) if languages[0] == "en" else (others, mine)
        if _is_form(indonesian, english):
            return True
    return False


def _is_form(indonesian: str, english: str) -> bool:
    if english in _KNOWN.get(indonesian, frozenset()):
        return True
    if any(english == indonesian + ending for ending in _ENGLISH_ENDINGS):
        return True
    if any(indonesian == english + ending for ending in _INDONESIAN_ENDINGS):
        return True
    if any(form + "s" == english for form in _KNOWN.get(indonesian, frozenset())):
        return True
    stem, other = _sound(indonesian), _sound(english)
    if stem == other:
        return True
    # A loan word: the same stem, each language's ending.
    return _loan_stem(stem) == _loan_stem(other)


def _sound(word: str) -> str:
    """How a word sounds: Afghanistan and Afganistan, Aleksandr and Alexandr are alike."""
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return word


def _loan_stem(sound: str) -> str:
    return _LOAN_ENDINGS.sub("", sound)
