# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
#
# usage: openmetrics.py < TEXT
#
# Reads OpenMetrics text 1.0 as strictly as its specification is written, and
# prints each sample: NAME VALUE, then KEY=VALUE for each label, as Python writes
# them. If python3-prometheus-client is installed, its strict parser has to accept
# the text, too.

import re
import sys

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"'
SAMPLE = re.compile(rf"({NAME})(?:{{({LABEL}(?:,{LABEL})*)?}})? (\S+)")
ABOUT = re.compile(rf"# (TYPE|UNIT|HELP) ({NAME}) (.*)")
SUFFIXES = {"counter": ("_total",), "gauge": ("",)}
UNESCAPED = {"\\\\": "\\", '\\"': '"', "\\n": "\n"}


class Family:
    def __init__(self, name):
        self.name, self.about, self.samples = name, {}, 0

    # TYPE, UNIT and HELP may each come once, before the samples.
    def add(self, key, value):
        assert key not in self.about, f"{self.name} has two {key}"
        assert not self.samples, f"{key} of {self.name} is late"
        self.about[key] = value
        if key == "TYPE":
            assert value in SUFFIXES, f"{value} is no type"
        elif key == "UNIT":
            assert self.name.endswith("_" + value), f"{self.name} in {value}"
        else:
            assert re.fullmatch(r'(?:[^\\]|\\[\\"n])+', value), value

    def owns(self, sample):
        return sample in (self.name + suffix for suffix in
                          SUFFIXES[self.about["TYPE"]])


def labels_of(text):
    labels = {}
    for match in re.finditer(LABEL, text or ""):
        key, value = match.group(1, 2)
        assert key not in labels, f"two labels {key}"
        labels[key] = re.sub(r"\\.", lambda found: UNESCAPED[found.group()],
                             value)
    return labels


def samples_of(text):
    families, family, seen = {}, None, set()
    assert text.endswith("# EOF\n"), "no end"
    for line in text[:-len("# EOF\n")].splitlines():
        about, sample = ABOUT.fullmatch(line), SAMPLE.fullmatch(line)
        assert about or sample, f"neither a sample nor about one: {line}"
        if about:
            key, name, value = about.groups()
            if not family or family.name != name:
                assert name not in families, f"{name} is in two parts"
                family = families[name] = Family(name)
            family.add(key, value)
            continue
        name, labels, number = sample[1], labels_of(sample[2]), sample[7]
        assert family and family.owns(name), f"{name} is of no family"
        family.samples += 1
        assert (name, *sorted(labels.items())) not in seen, f"twice: {line}"
        seen.add((name, *sorted(labels.items())))
        assert re.fullmatch(r"\d+", number), f"{number} is no counter"
        yield name, int(number), labels


def main():
    text = sys.stdin.buffer.read().decode("utf-8", "strict")
    for name, number, labels in samples_of(text):
        print(name, number, *(f"{key}={value!a}" for key, value in
                              labels.items()))
    try:
        from prometheus_client.openmetrics import parser
    except ImportError:
        return
    for _ in parser.text_string_to_metric_families(text):
        pass


main()
