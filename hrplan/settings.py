"""Settings of the product; every value that differs between places comes from the environment."""

from pathlib import Path

import dj_database_url
from environs import Env

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
env.read_env(str(BASE_DIR / ".env"), recurse=False)

# --- Place -------------------------------------------------------------------
DEBUG = env.bool("HRPLAN_DEBUG", True)
DATA_DIR = Path(env.str("HRPLAN_DATA", str(BASE_DIR / "data")))
SECRET_KEY = env.str("HRPLAN_SECRET_KEY", "insecure-key-for-development-only")
SECRET_KEY_FALLBACKS: list[str] = env.list("HRPLAN_SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env.list("HRPLAN_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
WORKSHOP_PORT = env.int("HRPLAN_WORKSHOP_PORT", 0)  # set by `manage.py workshop_server`
CSRF_TRUSTED_ORIGINS: list[str] = env.list("HRPLAN_TRUSTED_ORIGINS", [])

# --- Apps --------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "template_partials",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_tasks",
    "django_tasks_db",
    "hrplan",
    "hrplan.core",
    "competencies",
    "diagnostics",
    "training_calendar",
    "hrplan.strategy",
    "hrplan.partners",
    "hrplan.deliverables",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hrplan.core.http.content_security_policy",
    "hrplan.core.http.no_null_bytes",
    "hrplan.core.lan.guests_only",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "hrplan.urls"
WSGI_APPLICATION = "hrplan.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "hrplan" / "templates"],  # before allauth's own pages
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hrplan.journey.navigation",
            ],
        },
    },
]

# --- Database ----------------------------------------------------------------
DATABASES = {
    "default": dj_database_url.parse(
        env.str("DATABASE_URL", f"sqlite:///{DATA_DIR / 'hrplan.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    synchronous = env.str("HRPLAN_SQLITE_SYNCHRONOUS", "NORMAL" if DEBUG else "FULL")
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA cache_size=-20000;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Cache -------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", "")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# --- Long work ---------------------------------------------------------------
TASK_ENGINE = env.str("HRPLAN_TASKS", "rq" if REDIS_URL else "database")
TASK_BACKENDS = {
    "database": "django_tasks_db.DatabaseBackend",
    "rq": "django_tasks_rq.RQBackend",
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
}
TASKS = {"default": {"BACKEND": TASK_BACKENDS[TASK_ENGINE], "QUEUES": ["default"]}}
if TASK_ENGINE == "rq":
    INSTALLED_APPS += ["django_rq", "django_tasks_rq"]
    RQ_QUEUES = {"default": {"URL": REDIS_URL, "JOB_CLASS": "django_tasks_rq.Job"}}

# --- People ------------------------------------------------------------------
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "hrplan.core.accounts.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # HR opens the accounts, often where no mail is sent
MFA_TOTP_ISSUER = "hrplan"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# --- Mail --------------------------------------------------------------------
EMAIL_HOST = env.str("HRPLAN_EMAIL_HOST", "")
EMAIL_PORT = env.int("HRPLAN_EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("HRPLAN_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.str("HRPLAN_EMAIL_PASSWORD", "")
EMAIL_SECURITY = env.str("HRPLAN_EMAIL_SECURITY", "starttls")  # starttls, tls or none
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_SECURITY == "starttls", EMAIL_SECURITY == "tls"
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("HRPLAN_FROM_EMAIL", "hrplan@localhost")
MAIL_IS_SET_UP = bool(EMAIL_HOST)  # without it, people are told by hand
MAIL_DOMAIN = env.str("HRPLAN_MAIL_DOMAIN", DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">"))

# --- Server profile ----------------------------------------------------------
BEHIND_TLS = env.bool("HRPLAN_TLS", not DEBUG and not WORKSHOP_PORT)
SECURE_SSL_REDIRECT = BEHIND_TLS
SESSION_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SECURE_HSTS_PRELOAD = BEHIND_TLS
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
if WORKSHOP_PORT:
    SECURE_CROSS_ORIGIN_OPENER_POLICY = None  # browsers heed it on https only, and complain
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
IMPORT_MAX_BYTES = env.int("HRPLAN_IMPORT_MAX_BYTES", 20_000_000)

# --- Words -------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
DOCUMENT_LANGUAGES = [("en", "English"), ("fr", "français"), ("es", "español")]
TITLES = [  # of the content packs, in the other languages of the documents
    BASE_DIR / "competencies" / "library" / "titles.yaml",
    BASE_DIR / "diagnostics" / "questionnaires" / "titles.yaml",
    BASE_DIR / "training_calendar" / "titles.yaml",
]
FORMAT_MODULE_PATH = "hrplan.formats"
LOCALE_PATHS = [BASE_DIR / "hrplan" / "locale"]
TIME_ZONE = env.str("HRPLAN_TIME_ZONE", "America/Belize")
USE_I18N = True
USE_TZ = True

# --- Files -------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
PLAIN_STATIC = DEBUG or bool(WORKSHOP_PORT)  # served as they lie, without collecting them first
WHITENOISE_USE_FINDERS = PLAIN_STATIC
STATICFILES_DIRS = [("document", BASE_DIR / "hrplan" / "documents" / "house")]  # page.css
MEDIA_ROOT = DATA_DIR / "files"
EXPORTS_ROOT = DATA_DIR / "exports"  # for some days; no backup holds them
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PLAIN_STATIC
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- API ---------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
    "PAGE_SIZE": 100,
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "EXCEPTION_HANDLER": "hrplan.core.rest.exception_handler",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "hrplan",
    "DESCRIPTION": "From a diagnostic workshop to an approved human-resources strategy.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "RunState": "hrplan.core.models.RunState",
        "HolidayKind": "hrplan.core.models.Holiday.Kind",
        "ImportState": "hrplan.core.models.Import.State",
        "ProfileState": "competencies.models.JobProfile.State",
        "Answer": "competencies.models.Candidacy.Answer",
        "PromotionState": "competencies.models.PromotionRound.State",
        "StaffKind": "competencies.models.StaffMember.Kind",
        "QuestionnaireKind": "diagnostics.models.Questionnaire.Kind",
        "ExerciseState": "diagnostics.models.Exercise.State",
        "FindingKind": "diagnostics.models.Finding.Kind",
        "CauseKind": "diagnostics.models.Cause.Kind",
        "SwotKind": "diagnostics.models.SwotItem.Kind",
        "InterventionKind": "training_calendar.models.Intervention.Kind",
        "PlanState": "training_calendar.models.Plan.State",
        "RulingGround": "training_calendar.models.NeedRuling.Ground",
        "ProposalGround": "competencies.models.Proposal.Ground",
        "CertificateGround": "training_calendar.models.Certificate.Ground",
        "VotedUse": "diagnostics.models.rooms.Use",
        "UseAtWork": "training_calendar.models.BehaviourReport.Use",
        "FeedKind": "training_calendar.models.Feed.Kind",
        "MessageState": "training_calendar.models.Message.State",
        "CalendarState": "training_calendar.models.Calendar.State",
        "RuleKind": "hrplan.strategy.models.PolicyRule.Kind",
        "DocumentKind": "hrplan.deliverables.models.DocumentKind",
        "SubmissionState": "hrplan.deliverables.models.Submission.State",
        "CommentOutcome": "hrplan.deliverables.models.Comment.Outcome",
        "AppealOutcome": "competencies.models.Appeal.Outcome",
    },
}

# --- Log ---------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("HRPLAN_LOG_LEVEL", "WARNING")},
}
