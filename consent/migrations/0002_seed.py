"""The register and the banner's words in both languages, as every newsroom starts."""

from typing import NamedTuple

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Indonesian, English.
Texts = tuple[str, str]


class Cookie(NamedTuple):
    name: str
    why: Texts
    kept_for: Texts
    kind: str = "cookie"
    provider: str = ""
    domain: str = ""


class Purpose(NamedTuple):
    varname: str
    title: Texts
    summary: Texts
    data_kinds: Texts
    retention: Texts
    cookies: list[Cookie]
    is_required: bool = False
    is_offered: bool = False


BANNER: dict[str, Texts] = {
    "lead": ("Situs ini menggunakan kuki.", "This site uses cookies."),
    "link": ("Klik di sini untuk mempelajari lebih lanjut.", "Click here to learn more."),
    "purposes": (
        "Kuki wajib selalu aktif. Dengan izin Anda, kami juga memakai kuki untuk mengingat "
        "preferensi, menghitung kunjungan, dan menampilkan video atau kiriman dari situs lain.",
        "Necessary cookies are always on. With your permission we also use cookies to remember "
        "preferences, count visits and show videos or posts from other sites.",
    ),
    "accept": ("Terima kuki", "Accept cookies"),
    "reject": ("Tolak kuki", "Reject cookies"),
    "choose": ("Atur pilihan", "Choose which"),
}

HALF_A_YEAR = ("180 hari", "180 days")

PURPOSES = [
    Purpose(
        varname="necessary",
        is_required=True,
        title=("Kuki wajib", "Necessary cookies"),
        summary=(
            "Mengingat pilihan Anda tentang kuki. Bagi staf yang masuk ke ruang redaksi, kuki "
            "ini juga menjaga sesi dan melindungi formulir.",
            "They remember your choice about cookies. For staff who sign in to the newsroom "
            "they also keep the session and protect forms.",
        ),
        data_kinds=(
            "Pilihan Anda, waktunya, dan sebuah nomor acak; bagi staf: nomor sesi.",
            "Your choice, its time and a random number; for staff: a session number.",
        ),
        retention=("Paling lama satu tahun", "One year at most"),
        cookies=[
            Cookie(
                name="cookie_consent",
                why=(
                    "Menyimpan pilihan Anda tentang kuki dan nomor acak yang membuktikannya.",
                    "Keeps your choice about cookies and the random number that proves it.",
                ),
                kept_for=HALF_A_YEAR,
            ),
            Cookie(
                name="csrftoken",
                why=(
                    "Melindungi formulir dari kiriman palsu; hanya di ruang redaksi, dan bila "
                    "peramban Anda perlu mengonfirmasi pilihan.",
                    "Protects forms against forged submissions; only in the newsroom, and where "
                    "your browser has to confirm a choice.",
                ),
                kept_for=("1 tahun", "1 year"),
            ),
            Cookie(
                name="messages",
                why=(
                    "Menyampaikan pemberitahuan kepada staf di ruang redaksi.",
                    "Carries notices to staff in the newsroom.",
                ),
                kept_for=("Sampai pemberitahuan ditampilkan", "Until the notice is shown"),
            ),
            Cookie(
                name="sessionid",
                why=(
                    "Menjaga staf tetap masuk ke ruang redaksi. Pembaca tidak menerimanya.",
                    "Keeps staff signed in to the newsroom. Readers never get it.",
                ),
                kept_for=("2 minggu", "2 weeks"),
            ),
        ],
    ),
    Purpose(
        varname="preferences",
        is_offered=True,
        title=("Preferensi membaca", "Reading preferences"),
        summary=(
            "Mengingat cara Anda membaca: ukuran huruf dan dua bahasa berdampingan.",
            "They remember how you read: text size and the two languages side by side.",
        ),
        data_kinds=(
            "Pilihan tampilan Anda, tanpa nama atau akun.",
            "Your display choices, without a name or an account.",
        ),
        retention=HALF_A_YEAR,
        cookies=[
            Cookie(
                name="reader_prefs",
                why=("Menyimpan pilihan tampilan Anda.", "Keeps your display choices."),
                kept_for=HALF_A_YEAR,
            ),
        ],
    ),
    # Not offered until a tool is set up: its cookies are declared then.
    Purpose(
        varname="analytics",
        title=("Statistik kunjungan", "Visit statistics"),
        summary=(
            "Menghitung kunjungan agar redaksi tahu berita mana yang dibaca.",
            "They count visits, so that the newsroom knows which stories are read.",
        ),
        data_kinds=(
            "Halaman yang dibuka dan waktunya, jenis peramban, perkiraan wilayah.",
            "Pages opened and when, kind of browser, approximate region.",
        ),
        retention=("13 bulan", "13 months"),
        cookies=[],
    ),
    Purpose(
        varname="embeds",
        is_offered=True,
        title=("Video dan kiriman dari situs lain", "Videos and posts from other sites"),
        summary=(
            "Menampilkan video atau kiriman dari situs lain di dalam berita. Situs itu menerima "
            "alamat IP Anda dan dapat memasang kukinya sendiri.",
            "They show videos or posts from other sites inside stories. Those sites receive "
            "your IP address and may set cookies of their own.",
        ),
        data_kinds=(
            "Alamat IP Anda, halaman yang Anda baca, dan apa yang Anda tonton di sana.",
            "Your IP address, the page you are reading, and what you watch there.",
        ),
        retention=("Ditentukan oleh situs lain itu", "Decided by the other site"),
        cookies=[
            Cookie(
                name="VISITOR_INFO1_LIVE",
                kind="elsewhere",
                provider="YouTube (Google)",
                domain=".youtube.com",
                why=(
                    "Memperkirakan kecepatan sambungan Anda dan mengenali penonton.",
                    "Estimates your connection's speed and recognises a viewer.",
                ),
                kept_for=("6 bulan", "6 months"),
            ),
            Cookie(
                name="YSC",
                kind="elsewhere",
                provider="YouTube (Google)",
                domain=".youtube.com",
                why=("Mengenali satu sesi menonton.", "Recognises one viewing session."),
                kept_for=("Sampai peramban ditutup", "Until the browser is closed"),
            ),
        ],
    ),
]


def localized(**texts: Texts) -> dict[str, str]:
    """Return a row's columns; historical models know nothing of translation, so all are named."""
    columns: dict[str, str] = {}
    for name, (indonesian, english) in texts.items():
        columns |= {name: indonesian, f"{name}_ind": indonesian, f"{name}_en": english}
    return columns


def seed(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the register and the banner."""
    purpose_model = apps.get_model("consent", "Purpose")
    cookie_model = apps.get_model("consent", "CookieDeclaration")
    apps.get_model("consent", "BannerText").objects.create(pk=1, **localized(**BANNER))
    for ordering, purpose in enumerate(PURPOSES):
        group = purpose_model.objects.create(
            varname=purpose.varname,
            name=purpose.varname,
            ordering=ordering,
            is_required=purpose.is_required,
            is_deletable=not purpose.is_required,
            is_offered=purpose.is_offered,
            legal_basis="necessary" if purpose.is_required else "consent",
            **localized(
                title=purpose.title,
                summary=purpose.summary,
                data_kinds=purpose.data_kinds,
                retention=purpose.retention,
            ),
        )
        for cookie in purpose.cookies:
            cookie_model.objects.create(
                cookiegroup_id=group.pk,
                name=cookie.name,
                kind=cookie.kind,
                provider=cookie.provider,
                domain=cookie.domain,
                **localized(why=cookie.why, kept_for=cookie.kept_for),
            )


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
