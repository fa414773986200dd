"""Where the provider calls when no address is set: OpenAI, whatever the environment of its process says."""

import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.providers import PaintingFailed
from bot.providers.openai import OpenAIProvider


def asked_for(proxy: socket.socket) -> str:
    """The first line that comes to a proxy, which hangs up then."""
    connection, _ = proxy.accept()
    with connection:
        return connection.recv(4096).decode().splitlines()[0]


@pytest.mark.parametrize("empty", ["", "http://127.0.0.1:9/v1"])
def test_K7_R106_an_address_in_the_environment_that_is_no_setting_of_ours_is_not_called(
    empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A container hands on `OPENAI_BASE_URL=` as an empty value: unset to us, and an address to the client."""
    with socket.create_server(("127.0.0.1", 0)) as proxy, ThreadPoolExecutor(1) as threads:
        proxy.settimeout(60)
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.getsockname()[1]}")
        monkeypatch.setenv("OPENAI_BASE_URL", empty)
        first = threads.submit(asked_for, proxy)
        with pytest.raises(PaintingFailed):
            OpenAIProvider("sk-sample", None, timeout=60).models()
        assert first.result(60) == "CONNECT api.openai.com:443 HTTP/1.1"
