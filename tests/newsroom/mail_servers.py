"""Mail servers as they are on a bad day, for ``EMAIL_BACKEND``."""

from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

from django.core.mail.backends.locmem import EmailBackend as Good


class Away(Good):
    """Nobody answers."""

    def open(self) -> bool:
        raise ConnectionRefusedError


class Choosy(Good):
    """Refuses mail for Ani, and sends the rest."""

    def send_messages(self, messages) -> int:
        if messages[0].to == ["ani@news.example"]:
            raise SMTPRecipientsRefused({"ani@news.example": (550, b"unknown")})
        return super().send_messages(messages)


class Fading(Good):
    """Takes one mail and is gone."""

    def open(self) -> bool:
        self.taken = 0
        return True

    def send_messages(self, messages) -> int:
        if self.taken:
            raise SMTPServerDisconnected
        self.taken += 1
        return super().send_messages(messages)

    def close(self) -> None:
        if getattr(self, "taken", 0):
            raise SMTPServerDisconnected
