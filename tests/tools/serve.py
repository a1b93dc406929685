#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A client of `ismsc serve` that asks for pages, and one that means harm: serve.py PROGRAM FOLDER"""
import base64
import hashlib
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time

PROGRAM, FOLDER = sys.argv[1:3]
SOURCE = os.path.join(FOLDER, "isms.yaml")


def free_port():
    """Below those that systems give to programs that ask for any, since it has to be free again and again."""
    while True:
        with socket.socket() as s:
            port = random.randrange(10000, 32000)
            try:
                s.bind(("127.0.0.1", port))
                return port
            except OSError:
                pass


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


def start(*more, hang_up=signal.SIG_DFL):
    """The program, in a process group of its own, with a temporary folder that is empty."""
    def signals():  # a shell starts what runs behind it with SIGINT ignored; a terminal does not
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGHUP, hang_up)
    return subprocess.Popen([PROGRAM, "serve", FOLDER, *more], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
                            preexec_fn=signals)


def begin(*more, **how):
    server = start(*(more or ("--port", str(PORT))), **how)
    said = ""
    for line in server.stderr:
        said += line
        if "serving" in line:
            server.port = int(re.search(r"localhost:(\d+)", line).group(1))
            return server
    raise SystemExit("it does not begin: " + said)


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


def many_pages():
    """A browser with ten pages open has six connections: they are not all taken by pages that wait for news, and each of those is told."""
    waiting = []
    for _ in range(10):
        s = socket.create_connection(("127.0.0.1", PORT))
        s.settimeout(20)
        s.sendall(b"GET /_news HTTP/1.1\r\nHost: localhost\r\n\r\n")
        got = b""
        while b"data: " not in got:
            more = s.recv(4096)
            assert more, "the news end before they begin"
            got += more
        waiting.append(s)
    time.sleep(0.2)
    held = 0
    for s in waiting:
        s.setblocking(False)
        try:
            while s.recv(4096):
                pass
        except BlockingIOError:
            held += 1
        s.close()
    assert held == 4, "%d pages hold a connection" % held


def ends_quietly(server, what):
    """All of it, in time, without a word and with nothing left behind."""
    said = server.stderr.read()  # until whoever holds it has ended: the child, too
    status = server.wait(20)
    assert status == 0 and said == "", "%s: it ends with %d and says %r" % (what, status, said)
    assert os.listdir(os.environ["TMPDIR"]) == [], "%s leaves %s" % (what, os.listdir(os.environ["TMPDIR"]))


def endings():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        server = begin()
        server.send_signal(number)
        ends_quietly(server, "%s to the parent" % number.name)
    for _ in range(3):  # who hears of it first is chance
        server = begin()
        os.killpg(server.pid, signal.SIGINT)
        ends_quietly(server, "SIGINT to all")


def ended_while_building():
    folder = os.environ["TMPDIR"]
    for number in (signal.SIGINT, signal.SIGTERM):
        server = start("--port", str(PORT))
        while not os.listdir(folder):
            assert server.poll() is None, server.stderr.read()
            time.sleep(0.001)
        server.send_signal(number)
        ends_quietly(server, "%s before there are pages" % number.name)


def killed():
    for _ in range(2):  # the second time nobody has the port
        server = begin()
        server.kill()
        server.wait(20)
        server.stderr.read()  # the child ends by itself, and the folder goes with it
        assert os.listdir(os.environ["TMPDIR"]) == [], os.listdir(os.environ["TMPDIR"])


def not_hung_up():
    """As nohup starts it."""
    server = begin(hang_up=signal.SIG_IGN)
    server.send_signal(signal.SIGHUP)
    assert get("/")[0] == 200 and server.poll() is None
    server.terminate()
    ends_quietly(server, "SIGTERM")


def side_by_side():
    servers = [begin(), begin("--as-of", "2026-11-21"), begin("--as-of", "2026-11-21")]
    try:
        assert len({server.port for server in servers}) == 3, [server.port for server in servers]
    finally:
        for server in servers:
            server.terminate()
            server.stderr.read()
            assert server.wait(20) == 0


def main():
    endings()
    ended_while_building()
    killed()
    not_hung_up()
    side_by_side()
    server = begin()
    try:
        pages()
        refusals()
        crowd()
        many_pages()
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
