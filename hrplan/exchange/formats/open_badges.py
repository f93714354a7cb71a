"""Open Badges 3.0: a completed module as a credential that says what it lifts.

Pure. The credential is a W3C Verifiable Credential without proof: it is not signed, and the page
that its `id` opens says whether it holds. The person is told by a salted hash of the name alone.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)
MEDIA_TYPE = "application/vc+ld+json"


@dataclass(frozen=True, slots=True)
class Aligned:
    """A competency that what was achieved leads to; address : URI of its item in a CASE package."""

    title: str
    code: str
    address: str
    framework: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Achieved:
    """What a credential says.

    address : of the page that says whether it holds; achievement, issuer : URIs
    code : of the module; number : of the certificate
    name, salt : of the person; only a hash of both goes out
    """

    address: str
    issuer: str
    issuer_name: str
    achievement: str
    title: str
    description: str
    criteria: str
    code: str
    number: str
    name: str
    salt: str
    starts_on: date
    ends_on: date
    issued_on: date
    valid_until: date | None
    language: str
    aligned: Sequence[Aligned] = ()


def credential(one: Achieved) -> dict[str, Any]:
    """The credential as plain data, its keys as Open Badges 3.0 names them."""
    until = {"validUntil": _moment(one.valid_until, "23:59:59")} if one.valid_until else {}
    return {
        "@context": list(CONTEXTS),
        "id": one.address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": one.title,
        "issuer": {"id": one.issuer, "type": ["Profile"], "name": one.issuer_name},
        "validFrom": _moment(one.issued_on, "00:00:00"),
        **until,
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [_identity(one.name, one.salt)],
            "licenseNumber": one.number,
            "activityStartDate": _moment(one.starts_on, "00:00:00"),
            "activityEndDate": _moment(one.ends_on, "23:59:59"),
            "achievement": _achievement(one),
        },
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }


def _achievement(one: Achieved) -> dict[str, Any]:
    return {
        "id": one.achievement,
        "type": ["Achievement"],
        "achievementType": "Course",
        "humanCode": one.code,
        "inLanguage": one.language,
        "name": one.title,
        "description": one.description,
        "criteria": {"narrative": one.criteria},
        **({"alignment": [_alignment(each) for each in one.aligned]} if one.aligned else {}),
    }


def _alignment(one: Aligned) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetType": "CFItem",
        "targetName": one.title,
        "targetCode": one.code,
        "targetUrl": one.address,
        "targetFramework": one.framework,
        **({"targetDescription": one.words} if one.words else {}),
    }


def _identity(name: str, salt: str) -> dict[str, Any]:
    digest = hashlib.sha256((name + salt).encode()).hexdigest()
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${digest}",
        "identityType": "ext:name",
        "salt": salt,
    }


def _moment(day: date, time: str) -> str:
    return f"{day.isoformat()}T{time}Z"
