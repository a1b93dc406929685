#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A client of `ismsc serve` that asks for pages, and one that means harm: serve.py PROGRAM FOLDER"""
import base64
import hashlib
import os
import re
import signal
import socket
import subprocess
import sys
import time

PROGRAM, FOLDER = sys.argv[1:3]
SOURCE = os.path.join(FOLDER, "isms.yaml")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


PORT = free_port()


def talk(data, family=socket.AF_INET, wait=10):
    """What the server answers to these bytes."""
    with socket.socket(family) as s:
        s.settimeout(wait)
        s.connect(("127.0.0.1" if family == socket.AF_INET else "::1", PORT))
        s.sendall(data)
        answer = b""
        try:
            while more := s.recv(65536):
                answer += more
        except ConnectionResetError:
            pass
        return answer


def get(path, method="GET", host=None, **more):
    answer = talk(b"%s %s HTTP/1.1\r\nHost: %s\r\n\r\n" % (method.encode(), path.encode(), (host or "localhost:%d" % PORT).encode()), **more)
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), head.decode(), body.decode()


def begin():
    # A shell starts what runs behind it with SIGINT ignored; a terminal does not.
    server = subprocess.Popen([PROGRAM, "serve", FOLDER, "--port", str(PORT)], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                              preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    for line in server.stderr:
        if "serving" in line:
            return server
    raise SystemExit("it does not begin")


def pages():
    status, head, body = get("/")
    assert status == 200 and "text/html; charset=utf-8" in head and "no-store" in head and "nosniff" in head, head
    assert "<h1>" in body and body == get("/index.html")[2]
    script = re.findall(r"<script>(.*?)</script>", body, re.S)[-1]
    digest = "'sha256-%s'" % base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', body).group(1)
    assert "EventSource" in script and digest in re.search(r"script-src ([^;]*)", policy).group(1), policy
    assert "connect-src 'self'" in policy and "'none'" not in re.search(r"script-src ([^;]*)", policy).group(1), policy
    for link in set(re.findall(r'href="([^"#]+\.html)', body)):
        assert get("/" + link)[0] == 200, link
    status, head, body = get("/index.html", "HEAD")
    assert status == 200 and body == "", body
    if socket.has_ipv6:
        try:
            assert get("/", family=socket.AF_INET6, host="[::1]:%d" % PORT)[0] == 200
        except OSError:
            pass  # a machine without


def refusals():
    for path in ("/isms.yaml", "/../isms.yaml", "/..%2f..%2fetc%2fpasswd", "/%2e%2e", "/.hidden", "/a/b", "/nothing.html", "/index.html/"):
        assert get(path)[0] == 404, path
    assert get("/", host="evil.example")[0] == 421
    assert get("/", host="localhost.evil.example:%d" % PORT)[0] == 421
    assert get("/", "POST")[0] == 405
    assert get("/%00")[0] == 400
    assert talk(b"GET /index.html\0 HTTP/1.1\r\nHost: localhost\r\n\r\n").startswith(b"HTTP/1.1 400")
    assert talk(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n").startswith(b"HTTP/1.1 400")
    assert talk(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 9000 + b"\r\n\r\n").startswith(b"HTTP/1.1 431")


def crowd():
    """More who say nothing than there is room for: they time out, or are refused, and the server goes on."""
    idle = [socket.create_connection(("127.0.0.1", PORT)) for _ in range(20)]
    for s in idle:
        s.sendall(b"GET /")
    assert get("/")[0] == 200
    for s in idle:
        s.close()
    slow = socket.create_connection(("127.0.0.1", PORT))
    for byte in b"GET /index.html HTTP/1.1\r\nHost: localhost\r\n\r\n":
        slow.sendall(bytes([byte]))
    assert slow.recv(100).startswith(b"HTTP/1.1 200")
    slow.close()


def news():
    listener = socket.create_connection(("127.0.0.1", PORT))
    listener.settimeout(20)
    listener.sendall(b"GET /_news HTTP/1.1\r\nHost: localhost\r\n\r\n")
    got = b""

    def heard(n):
        nonlocal got
        while got.count(b"data: ") < n:
            more = listener.recv(4096)
            assert more, "the news end"
            got += more

    heard(1)
    with open(SOURCE, encoding="utf-8") as file:
        whole = file.read()
    with open(SOURCE, "a", encoding="utf-8") as file:
        file.write("\nrisks: [\n  <b>broken\n")
    heard(2)
    body = get("/")[2]
    assert 'class="_problem"' in body and "<h1>" in body and "isms.yaml" in body, body[-800:]
    with open(SOURCE, "w", encoding="utf-8") as file:
        file.write(whole)
    heard(3)
    assert 'class="_problem"' not in get("/")[2]
    listener.close()


def main():
    server = begin()
    try:
        pages()
        refusals()
        crowd()
        news()
        assert server.poll() is None
        server.send_signal(signal.SIGINT)
        status = server.wait(20)
        assert status == 0, "Ctrl-C ends it with %d" % status
    finally:
        server.kill()
    begun = time.monotonic()
    server = begin()  # the port is free again
    server.terminate()
    assert server.wait(20) == 0 and time.monotonic() - begun < 60
    print("ok")


main()
