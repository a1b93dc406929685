#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes a portfolio to try things on: the ISMSs of many invented clients out of the examples, and a house brand.

  clients.py FOLDER [COUNT]     FOLDER/clients/NAME/ for each of them (default 50), FOLDER/house/ and FOLDER/as-of

Every fifth client is as large as examples/northwind, the others begin as examples/minimal does. Nothing that is there is written over.
"""
import os
import re
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = os.path.dirname(HERE)
FIRST = "Alder Birch Cedar Damson Elm Fennel Gorse Hazel Ivy Juniper".split()
SECOND = ["Bakery", "Freight", "Instruments", "Laboratories", "Travel"]
DAY = "2026-11-21"


def name_of(number):
    again = number // (len(FIRST) * len(SECOND))
    return "%s %s%s" % (FIRST[number % len(FIRST)], SECOND[number // len(FIRST) % len(SECOND)], " %d" % (again + 1) if again else "")


def rename(folder, was, now):
    """The client's own name in every source."""
    for base, _, names in os.walk(folder):
        for name in (n for n in names if n.endswith((".yaml", ".md"))):
            path = os.path.join(base, name)
            with open(path, encoding="utf-8") as f:
                text = f.read()
            if was in text:
                with open(path, "w", encoding="utf-8") as f:
                    f.write(text.replace(was, now))


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    folder, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) == 3 else 50
    os.makedirs(os.path.join(folder, "clients"), exist_ok=True)
    names = [name_of(i) for i in range(count)]
    for i, name in enumerate(names):
        client = os.path.join(folder, "clients", name.lower().replace(" ", "-"))
        if os.path.exists(client):
            continue
        large = i % 5 == 0
        shutil.copytree(os.path.join(EXAMPLES, "northwind" if large else "minimal"), client)
        rename(client, "Northwind Robotics" if large else "Harbour Tea", name)
    house = os.path.join(folder, "house")
    if not os.path.exists(house):
        shutil.copytree(os.path.join(EXAMPLES, "brands", "hollis-wren"), house)
        brand = os.path.join(house, "brand.yaml")
        with open(brand, encoding="utf-8") as f:
            text = f.read()
        # The house's documents must not name another client by accident.
        with open(brand, "w", encoding="utf-8") as f:
            f.write(re.sub(r"^clients:.*$", "clients: [%s]" % ", ".join(names), text, flags=re.M))
    day = os.path.join(folder, "as-of")
    if not os.path.exists(day):
        with open(day, "w", encoding="utf-8") as f:
            f.write(DAY + "\n")
    print("%d clients in %s" % (count, os.path.join(folder, "clients")))


if __name__ == "__main__":
    main()
