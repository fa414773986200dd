"""The files of deploy/ agree with the settings and with one another; what can't be run here is read."""

import json
import re
from typing import Any

import pytest
from pydantic import SecretStr

from bot.settings import Settings
from tests.kit import deployed
from tests.kit.deployed import (
    OURS,
    Unset,
    commented,
    compose,
    dockerfile,
    environment_of,
    example,
    in_build,
    seconds,
    unit,
)

SAMPLE = {"POSTGRES_PASSWORD": "sample0password", "SLACK_BOT_TOKEN": "xoxb-sample", "SLACK_SIGNING_SECRET": "sample"}
SETTINGS = {name.upper() for name in Settings.model_fields}
SECRETS = {name.upper() for name, field in Settings.model_fields.items() if field.annotation == SecretStr | None}
WEB_STOPS_SECONDS = 5  # what web gives answers under way, before the drain begins


def services() -> dict[str, Any]:
    found: dict[str, Any] = compose(SAMPLE)["services"]
    return found


def test_env_example_names_every_setting_once_and_nothing_but_compose_s_own() -> None:
    assert set(example()) & set(commented()) == set()
    assert set(example()) | set(commented()) == SETTINGS | {"POSTGRES_PASSWORD"}


def test_K1_R100_env_example_sets_nothing_that_the_image_or_the_unit_sets_itself() -> None:
    own = set(dockerfile().environment) | set(unit().environment)
    assert {"IMAGELANE_PICTURES", "DATABASE_URL"} <= own
    assert set(example()) & own == set()


def test_env_example_as_it_is_hides_no_default() -> None:
    """An empty value counts as unset to us, and as an empty one to the libraries that read the environment as well."""
    plain = Settings(_env_file=None)
    filled = Settings(_env_file=deployed.DEPLOY / "env.example")
    assert filled == plain
    assert "OPENAI_BASE_URL" not in example()


def test_K7_R106_every_variable_of_the_compose_file_is_named_in_env_example() -> None:
    variables = list(deployed.VARIABLE.finditer(deployed.compose_text()))
    assert {found["name"] for found in variables} == {"POSTGRES_PASSWORD"} <= set(example())
    assert all(found["refusal"] for found in variables), "an empty one must stop Compose, wherever it stands"
    assert "$" not in deployed.VARIABLE.sub("", deployed.compose_text()).replace("`${...}`", "").replace("${...}", "")


def test_K7_R106_without_a_password_compose_refuses_and_says_where_it_belongs() -> None:
    with pytest.raises(Unset, match=r"POSTGRES_PASSWORD: set it in deploy/\.env"):
        compose(SAMPLE | {"POSTGRES_PASSWORD": ""})


def test_K7_R106_the_password_is_one_for_server_and_processes_and_both_read_the_same_file() -> None:
    found = services()
    assert found["postgres"]["environment"]["POSTGRES_PASSWORD"] == "sample0password"
    for name in OURS:
        address = found[name]["environment"]["DATABASE_URL"]
        assert address == "postgresql+psycopg://imagelane:sample0password@postgres/imagelane"
        # Compose reads ${...} from the .env beside the compose file: the processes get that one, too.
        assert found[name]["env_file"] == ".env"


@pytest.mark.parametrize("name", OURS)
def test_K7_R106_each_process_gets_settings_that_are_whole_and_its_own(name: str) -> None:
    environment = environment_of(services()[name], example() | SAMPLE)
    strange = {each for each in environment if each.startswith("IMAGELANE_")} - SETTINGS
    assert strange == set()
    values: dict[str, Any] = {key.lower(): value for key, value in environment.items() if value}
    read = Settings(_env_file=None, **values)
    assert read.for_slack().store_url.endswith("@postgres/imagelane")
    assert (str(read.imagelane_pictures), read.port, read.imagelane_host) == ("/data/pictures", 3000, "0.0.0.0")


def test_K7_R106_the_processes_are_those_of_the_procfile_and_release_comes_first() -> None:
    found = services()
    procfile = (deployed.ROOT / "Procfile").read_text().splitlines()
    assert {line.partition(":")[0] for line in procfile} == set(OURS) == set(found) - {"postgres"}
    assert {name: found[name]["command"] for name in OURS} == {name: name for name in OURS}
    assert found["release"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    for name in ("web", "worker", "clock"):
        assert found[name]["depends_on"] == {"release": {"condition": "service_completed_successfully"}}


def test_K7_R106_what_stops_is_started_again_and_a_release_runs_once() -> None:
    restarts = {name: service["restart"] for name, service in services().items()}
    assert restarts.pop("release") == "no"
    assert set(restarts.values()) == {"unless-stopped"}


@pytest.mark.parametrize("name", OURS)
def test_K7_R106_a_process_is_given_longer_than_its_drain(name: str) -> None:
    service = services()[name]
    drain = int(service["environment"]["IMAGELANE_DRAIN_SECONDS"])
    assert drain == Settings(_env_file=None).imagelane_drain_seconds
    assert seconds(service["stop_grace_period"]) > drain + WEB_STOPS_SECONDS
    assert service["init"] is True


def test_K7_R106_web_is_asked_whether_it_lives_and_the_others_have_nobody_to_ask() -> None:
    found = services()
    check, port = found["web"]["healthcheck"], found["web"]["environment"]["PORT"]
    assert check["test"][:3] == ["CMD", "python", "-c"]
    assert '"/healthz"' in check["test"][3]
    assert f'"127.0.0.1", {port}' in check["test"][3]
    assert found["web"]["ports"] == [f"127.0.0.1:{port}:{port}"]
    for name in ("release", "worker", "clock"):
        assert found[name]["healthcheck"] == {"disable": True}


@pytest.mark.parametrize("name", OURS)
def test_K7_R84_each_process_has_a_read_only_root_and_no_rights(name: str) -> None:
    service = services()[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    assert "user" not in service  # the image's, which is nobody's


@pytest.mark.parametrize("name", OURS)
def test_K7_R106_what_a_process_writes_lies_in_its_volume_or_in_memory(name: str) -> None:
    whole, service = compose(SAMPLE), services()[name]
    volume, _, mounted = service["volumes"][0].partition(":")
    assert volume in whole["volumes"]
    writable = [mounted, *service["tmpfs"]]
    environment = environment_of(service, example() | SAMPLE)
    for setting in ("IMAGELANE_PICTURES", "MPLCONFIGDIR", "HOME"):
        assert any(f"{environment[setting]}/".startswith(f"{place}/") for place in writable), setting
    assert mounted in dockerfile().of("VOLUME")


def test_K7_R106_all_processes_share_one_picture_folder() -> None:
    found = services()
    assert {tuple(found[name]["volumes"]) for name in OURS} == {("pictures:/data",)}


# The image


def test_R84_the_image_runs_as_a_plain_user_and_nothing_is_done_as_root_after_it() -> None:
    words = [word for word, _ in dockerfile().final]
    assert dockerfile().of("USER") == ["10001"]
    assert not {"RUN", "COPY", "ADD", "USER"} & set(words[words.index("USER") + 1 :])
    compiled, made = dockerfile().of("RUN")
    assert json.loads(compiled) == ["python", "-m", "compileall", "-q", "bot"]  # nobody can write it there later
    assert made == "mkdir /data && chown 10001:10001 /data"  # the one place that is not root's


def test_R84_no_secret_is_built_into_the_image() -> None:
    whole = (deployed.DEPLOY / "Dockerfile").read_text()
    words = {word for word, _ in dockerfile().instructions}
    assert not {"ARG", "ADD", "ONBUILD", "SHELL"} & words
    assert "--mount" not in whole
    assert not SECRETS & set(re.findall(r"[A-Z_]{4,}", whole)) - {"DATABASE_URL"}
    assert dockerfile().environment["DATABASE_URL"].startswith("sqlite:")  # holds no password
    assert dockerfile().of("COPY") == ["--from=built /venv /venv", "bot bot", "data data"]


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("requirements.lock", True),
        ("bot/entrypoints/http/app.py", True),
        ("bot/playground/page/static/playground.js", True),
        ("data/catalog.toml", True),
        (".env", False),
        ("deploy/.env", False),
        ("bot/.env", False),
        ("data/.env.production", False),
        ("var/imagelane.db", False),
        (".git/config", False),
        ("tests/kit/books.py", False),
        ("bot/__pycache__/wiring.cpython-311.pyc", False),
    ],
)
def test_R84_only_what_the_image_is_made_of_goes_into_the_build(path: str, taken: bool) -> None:
    assert in_build(path) is taken


def test_every_file_the_dockerfile_copies_may_go_into_the_build() -> None:
    copied = [rest.split()[0] for word, rest in dockerfile().instructions if word == "COPY" and "--from" not in rest]
    assert copied == ["requirements.lock", "bot", "data"]
    assert all(in_build(name) and (deployed.ROOT / name).exists() for name in copied)


def test_K7_R106_the_image_by_itself_knows_its_database_and_is_asked_whether_it_lives() -> None:
    assert dockerfile().command("CMD") == ["serve"]
    assert dockerfile().environment["DATABASE_URL"] == "sqlite:////data/imagelane.db"
    (check,) = dockerfile().of("HEALTHCHECK")
    assert "'/healthz'" in check


# The unit


def test_K7_R106_the_unit_waits_longer_than_the_drain_and_gives_up_on_wrong_settings() -> None:
    found = unit()
    assert seconds(found.one("TimeoutStopSec")) > int(found.environment["IMAGELANE_DRAIN_SECONDS"]) + WEB_STOPS_SECONDS
    assert (found.one("Restart"), found.one("RestartPreventExitStatus")) == ("always", "2")
    assert found.one("ExecStart").endswith("-m bot serve")
    assert found.one("EnvironmentFile") == "/etc/imagelane/env"


def test_R84_the_unit_s_process_is_nobody_s_and_writes_in_its_own_folders_alone() -> None:
    found = unit()
    assert found.one("User") == "imagelane"
    for name in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices", "RestrictSUIDSGID"):
        assert found.one(name) == "yes"
    assert (found.one("ProtectSystem"), found.one("CapabilityBoundingSet")) == ("strict", "")
    own = [f"/var/lib/{found.one('StateDirectory')}/", f"/var/cache/{found.one('CacheDirectory')}"]
    for setting in ("IMAGELANE_PICTURES", "MPLCONFIGDIR", "DATABASE_URL"):
        assert any(place in found.environment[setting] for place in own)


def test_the_unit_s_settings_are_settings() -> None:
    own = unit().environment
    assert set(own) - SETTINGS == {"HOME", "MPLCONFIGDIR", "PYTHONDONTWRITEBYTECODE"}
    values: dict[str, Any] = {name.lower(): value for name, value in own.items()}
    assert Settings(_env_file=None, **values).on_loopback
