"""The settings of the service: the only file that reads the environment.

It is Django's settings module, and what it refuses it refuses at start-up: a
wrong variable raises ``SettingsError`` naming the variable, what is wrong with
it and what to give instead. Nothing here is needed to read a scan.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from intake.errors import IntakeError

_SIZES = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
_SPANS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class SettingsError(IntakeError):
    """A variable of the environment is wrong or missing."""


class Environment:
    """Typed readers of a set of variables; each raises SettingsError for nonsense."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables

    def text(self, name: str, default: str) -> str:
        """Return the variable without surrounding spaces; empty counts as not given."""
        return self._variables.get(name, "").strip() or default

    def whole(self, name: str, default: int, low: int = 0, high: int = 2**31) -> int:
        """Return a whole number from low to high."""
        given = self.text(name, str(default))
        if not given.isascii() or not given.isdigit() or not low <= int(given) <= high:
            raise SettingsError(
                f"{name}={given} is no whole number from {low} to {high}; correct it"
            )
        return int(given)

    def flag(self, name: str, *, default: bool) -> bool:
        """Return yes/no, given as 1/0, true/false, yes/no or on/off."""
        given = self.text(name, "yes" if default else "no").lower()
        if given in {"1", "true", "yes", "on"}:
            return True
        if given in {"0", "false", "no", "off"}:
            return False
        raise SettingsError(f"{name}={given} is neither yes nor no; give yes or no")

    def size(self, name: str, default: str) -> int:
        """Return a size in bytes, given as 500K, 100M or 2G."""
        given = self.text(name, default).upper()
        number, unit = given.rstrip("KMG"), given[len(given.rstrip("KMG")) :]
        if not number.isdigit() or unit not in _SIZES:
            raise SettingsError(f"{name}={given} is no size; give bytes, or 500K, 100M, 2G")
        return int(number) * _SIZES[unit]

    def seconds(self, name: str, default: str) -> int:
        """Return a span in seconds, given as 90s, 15m, 2h or 30d."""
        given = self.text(name, default).lower()
        if not given[:-1].isdigit() or given[-1] not in _SPANS or int(given[:-1]) == 0:
            raise SettingsError(f"{name}={given} is no span of time; give 90s, 15m, 2h or 30d")
        return int(given[:-1]) * _SPANS[given[-1]]

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        """Return one of the allowed words."""
        given = self.text(name, default)
        if given not in allowed:
            raise SettingsError(f"{name}={given} is not known; give one of {', '.join(allowed)}")
        return given

    def words(self, name: str, default: str) -> list[str]:
        """Return a list, given with commas."""
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def secret(self, name: str, default: str = "") -> str:
        """Return a secret from NAME, or from the file that NAME_FILE names."""
        path = self.text(f"{name}_FILE", "")
        if not path:
            return self.text(name, default)
        try:
            return Path(path).read_text("utf8").strip()
        except OSError as error:
            raise SettingsError(
                f"{name}_FILE={path} cannot be read ({error.strerror}); mount or correct it"
            ) from error


def database(url: str, home: Path) -> dict[str, Any]:
    """Return Django's description of the database at ``sqlite:///path`` or ``postgres://…``."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)) if parts.path.strip("/") else home / "intake.db")
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise SettingsError(
            "DATABASE_URL is neither sqlite:///path nor postgres://user:secret@host:port/name;"
            " correct it"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Searches intersect long lists of rows; with less memory PostgreSQL checks whole pages.
        # Compiling a query takes longer than any of ours.
        "OPTIONS": {
            "connect_timeout": 5,
            "options": "-c work_mem=32MB -c jit=off",
            **dict(parse_qsl(parts.query)),
        },
    }


def _sqlite(path: Path) -> dict[str, Any]:
    # IMMEDIATE: a transaction that will write takes its place in the queue at once,
    # instead of failing half way when another one wrote since its first read.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        # A test database in memory locks whole tables, which no file does.
        "TEST": {"NAME": path.with_suffix(".test.db")},
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
            ),
        },
    }


def secret_key(environment: Environment, home: Path) -> str:
    """Return the signing key: given, or one of this installation's own, made on first use."""
    given = environment.secret("INTAKE_SECRET_KEY")
    if given:
        if len(given) < 32:
            raise SettingsError("INTAKE_SECRET_KEY is shorter than 32 characters; give a longer")
        return given
    path = home / "secret-key"
    try:
        home.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be written ({error.strerror}); set INTAKE_HOME or INTAKE_SECRET_KEY"
        ) from error
    return path.read_text("ascii")


def storages(environment: Environment, home: Path) -> dict[str, Any]:
    """Return where originals lie: a folder of this machine, or an S3-compatible store."""
    static = {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"}
    if environment.choice("INTAKE_STORAGE", "local", ("local", "s3")) == "local":
        folder = Path(environment.text("INTAKE_ORIGINALS", str(home / "originals")))
        local = {
            "BACKEND": "intake.registry.storage.DurableFolder",
            "OPTIONS": {"location": folder},
        }
        return {"default": local, "staticfiles": static}
    bucket = environment.text("S3_BUCKET", "")
    if not bucket:
        raise SettingsError("INTAKE_STORAGE=s3 without S3_BUCKET; name the bucket")
    options = {
        "bucket_name": bucket,
        "endpoint_url": environment.text("S3_ENDPOINT", "") or None,
        "access_key": environment.secret("S3_ACCESS_KEY") or None,
        "secret_key": environment.secret("S3_SECRET_KEY") or None,
        "region_name": environment.text("S3_REGION", "us-east-1"),
        "file_overwrite": True,
        "default_acl": None,
    }
    return {
        "default": {"BACKEND": "intake.registry.storage.Bucket", "OPTIONS": options},
        "staticfiles": static,
    }


def announce() -> None:
    """Tell Django which settings are meant, and Tesseract to stay on one thread.

    To be called before either is loaded. Tesseract's threads fight each other
    for the cores that the workers' processes share: 4 to 12 s a page, not 1 s.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intake.settings")
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")


_ENV = Environment(os.environ)

INTAKE_HOME = Path(
    _ENV.text("INTAKE_HOME", str(Path.home() / ".local" / "share" / "intake"))
).expanduser()
DEBUG = _ENV.flag("INTAKE_DEBUG", default=False)
SECRET_KEY = secret_key(_ENV, INTAKE_HOME)
ALLOWED_HOSTS = _ENV.words("INTAKE_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = _ENV.words("INTAKE_ORIGINS", "")
BEHIND_TLS = _ENV.flag("INTAKE_TLS", default=False)

DATABASES = {
    "default": database(_ENV.secret("DATABASE_URL") or "sqlite://", INTAKE_HOME),
}
STORAGES = storages(_ENV, INTAKE_HOME)
REDIS_URL = _ENV.secret("REDIS_URL", "redis://127.0.0.1:6379/0")
if urlsplit(REDIS_URL).scheme not in {"redis", "rediss", "unix"}:
    raise SettingsError("REDIS_URL is no address of Redis; give redis://host:port/0")
REDIS_PREFIX = _ENV.text("INTAKE_REDIS_PREFIX", "")  # where one Redis serves several installations

# What an upload may be.
UPLOAD_BYTES = _ENV.size("INTAKE_UPLOAD_LIMIT", "200M")
UPLOAD_PAGES = _ENV.whole("INTAKE_PAGE_LIMIT", 500, low=1)
DISK_RESERVE_BYTES = _ENV.size("INTAKE_DISK_RESERVE", "200M")

# How work is shared out and how long it may take.
LEASE_SECONDS = _ENV.seconds("INTAKE_LEASE", "150s")
TASK_SOFT_SECONDS = _ENV.seconds("INTAKE_TASK_SOFT_LIMIT", "2m")
TASK_HARD_SECONDS = _ENV.seconds("INTAKE_TASK_HARD_LIMIT", "140s")
if not TASK_SOFT_SECONDS < TASK_HARD_SECONDS < LEASE_SECONDS:
    raise SettingsError(
        "INTAKE_TASK_SOFT_LIMIT < INTAKE_TASK_HARD_LIMIT < INTAKE_LEASE does not hold;"
        " a task must end before its lease does"
    )
# Putting a long document together is one task: it has so much more time for each page.
ASSEMBLE_PAGE_SECONDS = _ENV.seconds("INTAKE_ASSEMBLE_PAGE", "3s")
SWEEP_SECONDS = _ENV.seconds("INTAKE_SWEEP", "30s")
RESEND_SECONDS = _ENV.seconds("INTAKE_RESEND", "2m")
ATTEMPTS = _ENV.whole("INTAKE_ATTEMPTS", 3, low=1, high=10)
DESK_LEASE_SECONDS = _ENV.seconds("INTAKE_DESK_LEASE", "5m")
PARALLEL_PAGES = _ENV.whole("INTAKE_PARALLEL_FROM", 4, low=2)
CHILD_MEMORY_BYTES = _ENV.size("INTAKE_CHILD_MEMORY", "1500M")
SCRATCH = Path(_ENV.text("INTAKE_SCRATCH", str(INTAKE_HOME / "scratch")))
LEARNED = Path(_ENV.text("INTAKE_LEARNED", str(INTAKE_HOME / "learned")))
READER = _ENV.text("INTAKE_READER", "workers.pipeline_reader:PipelineReader")

# The nightly batch.
DROP_FOLDERS = Path(_ENV.text("INTAKE_DROP", str(INTAKE_HOME / "drop")))
BATCH_HOUR = _ENV.whole("INTAKE_BATCH_HOUR", 20, high=23)
REPORT_HOUR = _ENV.whole("INTAKE_REPORT_HOUR", 6, high=23)
REPORTS = Path(_ENV.text("INTAKE_REPORTS", str(INTAKE_HOME / "reports")))
DROP_QUIET_SECONDS = _ENV.seconds("INTAKE_DROP_QUIET", "60s")

RATE_PER_MINUTE = _ENV.whole("INTAKE_RATE", 600, low=1)
WEBHOOK_ATTEMPTS = _ENV.whole("INTAKE_WEBHOOK_ATTEMPTS", 8, low=1, high=20)
METRICS_TOKEN = _ENV.secret("INTAKE_METRICS_TOKEN")
LOG_LEVEL = _ENV.choice("INTAKE_LOG", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "intake.registry",
    "intake.web",
]
MIDDLEWARE = [
    "intake.web.trace.TraceMiddleware",
    "intake.web.security.SecurityHeadersMiddleware",
    "intake.web.problems.ApiProblemMiddleware",
    "intake.web.limits.UploadLimitMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "intake.web.urls"
WSGI_APPLICATION = "intake.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "intake.web.workflow.navigation.navigation",
            ],
        },
    }
]
CSRF_FAILURE_VIEW = "intake.web.refusals.forged"
AUTH_USER_MODEL = "registry.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600  # a working day
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 180 * 86400 if BEHIND_TLS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "ru"
LANGUAGES = [("ky", "Кыргызча"), ("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = _ENV.text("INTAKE_TIME_ZONE", "Asia/Bishkek")
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # embedded: no collecting step
STATIC_ROOT = Path(_ENV.text("INTAKE_STATIC", str(INTAKE_HOME / "static")))
# Uploads go to the disk in chunks, on the file system of the originals: storing is a rename.
FILE_UPLOAD_HANDLERS = ["intake.web.uploads.HashingUploadHandler"]
FILE_UPLOAD_TEMP_DIR = _ENV.text("INTAKE_INCOMING", str(INTAKE_HOME / "incoming"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
LOGGING_CONFIG = None
