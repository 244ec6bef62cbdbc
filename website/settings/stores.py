"""What several machines have to share: pictures in a bucket, counts in a Redis. Off until they are named."""

import os
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from .environment import refuse

A_YEAR: Final = "public, max-age=31536000, immutable"
_HOST: Final = re.compile(r"[a-z0-9.-]+(:[0-9]{1,5})?")


def media_store() -> dict[str, Any]:
    """Where uploaded pictures lie: in a folder, or in a bucket of any store that speaks S3."""
    bucket = os.environ.get("MEDIA_BUCKET", "")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if not find_spec("storages"):
        refuse("MEDIA_BUCKET needs more libraries: pip install -r requirements-machines.txt.")
    options = {
        "bucket_name": bucket,
        "endpoint_url": os.environ.get("MEDIA_ENDPOINT") or None,
        "region_name": os.environ.get("MEDIA_REGION") or None,
        "addressing_style": "path",  # any store understands it, and any name of a bucket
        "file_overwrite": True,  # names are made by chance: none needs to be looked for first
        "object_parameters": {"CacheControl": A_YEAR},
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def media_host() -> str:
    """Who hands pictures out instead of this site: the bucket itself, or a CDN in front of it."""
    host = os.environ.get("MEDIA_HOST", "")
    if host and not _HOST.fullmatch(host):
        refuse("MEDIA_HOST makes no sense; it can be a name such as media.example.org.")
    if host and not os.environ.get("MEDIA_BUCKET"):
        refuse("MEDIA_HOST hands out what is in a bucket; set MEDIA_BUCKET, too.")
    return host


def counts(name: str, address: str, here: dict[str, Any]) -> dict[str, Any]:
    """Where it is counted who asked how often: ``here``, or in a Redis for all machines."""
    if not address:
        return here
    if not find_spec("redis"):
        refuse("REDIS_URL needs more libraries: pip install -r requirements-machines.txt.")
    # A Redis that is away may cost a quarter of a second, not a page.
    patience = {"socket_connect_timeout": 0.25, "socket_timeout": 0.25}
    return {
        "BACKEND": "website.counting.RedisCounts",
        "LOCATION": address,
        "KEY_PREFIX": f"waymark:{name}",
        "OPTIONS": patience,
    }


def in_files(folder: Path, most: int, **more: Any) -> dict[str, Any]:
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    return {"BACKEND": backend, "LOCATION": folder, "OPTIONS": {"MAX_ENTRIES": most}, **more}


def counted_in_files(folder: Path, most: int) -> dict[str, Any]:
    return {**in_files(folder, most), "BACKEND": "website.counting.FileCounts"}


def in_memory(name: str, most: int) -> dict[str, Any]:
    backend = "django.core.cache.backends.locmem.LocMemCache"
    return {"BACKEND": backend, "LOCATION": name, "OPTIONS": {"MAX_ENTRIES": most}}
