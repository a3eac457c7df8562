#!/usr/bin/python3 -I
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
"""valid.py --schema SCHEMA            checks the schema itself
valid.py SCHEMA FILE...             checks that each file is valid
valid.py --spoiled SCHEMA FILE...   checks that no changed file is valid

A file's name begins with the name of its definition and a dot.  If option_list
is among the files, options are also checked against their units."""

import json
import os
import sys

import jsonschema

# Optional fields; all others are required.
OPTIONAL = {
    "show": {"bridge_id", "stp_state"},
    "showmacs": {"port", "vlan"},
    "showvlans": {"bridge", "port", "bridge_vlans", "trees"},
    "showgroups": {"port", "source", "vlan", "filter", "proto", "dst",
                   "dst_port", "vni", "src_vni", "via"},
    "showmrp": {"p_port", "s_port", "i_port"},
    "showcfm": {"domain", "direction", "port", "mac", "mdlevel", "cc_enable",
                "cc_interval", "tx_mac", "tx_seq_no_update", "tx_period",
                "tx_if_tlv", "tx_if_tlv_value", "tx_port_tlv",
                "tx_port_tlv_value", "opcode_unexp_seen",
                "version_unexp_seen", "rx_level_low_seen", "ccm_defect",
                "port_tlv_value", "if_tlv_value", "seen", "tlv_seen",
                "seq_unexp_seen"},
    "stats": {"stp", "multicast"},
    "stats_rates": {"stp", "multicast"},
    "getport": {"bridge"},
    "link": {"address"},
    "tree": {"findings", "trace"},
    "reach": {"among"},
    "trace": {"follow"},
    "getvlan": {"bridge"},
    "option_list": {"alias", "words", "min", "max"},
    "save": {"up", "mtu", "address", "options", "vlans", "vlan_options", "fdb",
             "groups", "ports", "absent", "parent", "vlan", "protocol",
             "ingress_map", "egress_map", "links", "bridges", "vlan_devices",
             "pvid", "untagged", "tunnel_id", "state", "sticky", "source"},
    "vconfig_show": {"parent"},
}

# Fields that may be null.
NULLABLE = {
    "check/port", "check/vlan",
    "why/a/port", "why/a/mac", "why/a/tag",
    "why/b/port", "why/b/mac", "why/b/tag", "why/vlan",
    "why/frames/step", "why/frames/device", "why/frames/why",
    "why/frames/option",
    "tree/mac", "tree/master", "tree/parent", "tree/netns",
    "tree/netns/name", "tree/netns/netnsid", "tree/netns/device",
    "tree/vlan", "tree/protocol", "tree/state",
    "tree/trace/step", "tree/trace/vlan",
    "trace/dropped", "trace/out/vlan", "trace/steps/option",
    "trace/follow/netns", "trace/follow/trace",
}

# Fields that are a number or a string.
EITHER = {
    "save/bridges/vlans/vlan", "save/bridges/vlan_options/vlan",
    "save/bridges/ports/vlans/vlan", "save/bridges/ports/vlan_options/vlan",
}

# Paths of objects whose fields are options, and the scope of the options.
SCOPES = {
    "showstp/options": "bridge",
    "showstp/ports/options": "port",
    "showvlans/vlans/options": "port-vlan",
    "showvlans/bridge_vlans/options": "bridge-vlan",
    "showgroups/querier": "bridge",
    "get/options": "bridge",
    "get_list/options": "bridge",
    "getport/options": "port",
    "nf/bridges/options": "bridge",
    "save/bridges/options": "bridge",
    "save/bridges/ports/options": "port",
    "save/bridges/vlan_options/options": "bridge-vlan",
    "save/bridges/ports/vlan_options/options": "port-vlan",
    "save/vlan_devices/options": "vlan",
    "vconfig_show/options": "vlan",
}
# And those whose fields have other names that are not in the schema.
OPEN = {
    "nf/bridges/passes",
    *(f"{name}/{group}" for name in ("stats", "stats_rates")
      for group in ("device", "stp", "multicast", "vlans/counters")),
}

UNITS = {"number": int, "mask": int, "switch": bool, "seconds": (int, float)}


def once(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError(f"a field is given twice: {keys}")
    return dict(pairs)


def no_constant(word):
    raise ValueError(f"{word} is no JSON")


def load(path):
    with open(path, "rb") as file:
        text = file.read()
    return json.loads(text, object_pairs_hook=once,
                      parse_constant=no_constant)


def load_output(path):
    with open(path, "rb") as file:
        text = file.read()
    for byte in text:
        if byte != 0x0a and not 0x20 <= byte < 0x7f:
            raise ValueError(f"{path}: a byte {byte:#x}")
    return load(path)


def definition_of(path):
    return os.path.basename(path).split(".")[0]


def validator(schema, name):
    assert name in schema["definitions"], name
    return jsonschema.Draft7Validator({
        "$schema": schema["$schema"],
        "definitions": schema["definitions"],
        "$ref": "#/definitions/" + name,
    })


def objects(document, path):
    """All objects in a document, each with the path to it."""
    if isinstance(document, list):
        for item in document:
            yield from objects(item, path)
    elif isinstance(document, dict):
        yield path, document
        for key, item in document.items():
            yield from objects(item, path + "/" + key)


# --- check that files are valid -----------------------------------------------

def check_options(name, document, units):
    for path, item in objects(document, name):
        if path not in SCOPES:
            continue
        for key, value in item.items():
            unit = units[SCOPES[path], key]
            kind = UNITS.get(unit, str)
            if not isinstance(value, kind) or \
                    kind is int and isinstance(value, bool):
                raise ValueError(f"{path}/{key}: {value!r} is no {unit}")


def check(schema, paths):
    units = {}
    for path in paths:
        if definition_of(path) == "option_list":
            units = {(row["scope"], row["name"]): row["unit"]
                     for row in load_output(path)}
    for path in paths:
        name = definition_of(path)
        document = load_output(path)
        validator(schema, name).validate(document)
        if units:
            check_options(name, document, units)


# --- check that changed files are not valid -----------------------------------

def cut(document):
    """Shortens lists to the first two items and the last one."""
    if isinstance(document, dict):
        return {key: cut(item) for key, item in document.items()}
    if isinstance(document, list):
        items = document if len(document) < 4 else \
            document[:2] + document[-1:]
        return [cut(item) for item in items]
    return document


def spoil(name, path, item):
    """Changes an object in place, in one invalid way after the other."""
    item["No-Such-Field"] = 1
    yield f"{path} with one field more"
    del item["No-Such-Field"]
    is_open = path in SCOPES or path in OPEN
    for key, value in list(item.items()):
        if not is_open and key not in OPTIONAL.get(name, ()):
            del item[key]
            yield f"{path} without {key}"
        if f"{path}/{key}" not in NULLABLE:
            item[key] = None
            yield f"{path}/{key} as null"
        if not is_open and f"{path}/{key}" not in EITHER and \
                not isinstance(value, (dict, list)):
            item[key] = "no" if isinstance(value, (bool, int, float)) else \
                1 if value is not None else True
            yield f"{path}/{key} of another type"
        item[key] = value


def check_spoiled(schema, paths):
    count = 0
    for path in paths:
        name = definition_of(path)
        valid = validator(schema, name).is_valid
        document = cut(load_output(path))
        assert valid(document), f"{path}: {document}"
        other = {} if isinstance(document, list) else []
        assert not valid(other), f"{name} as {other}"
        for where, item in objects(document, name):
            for what in spoil(name, where, item):
                count += 1
                if valid(document):
                    raise ValueError(f"{path}: valid is {what}")
    print(count)


# --- the schema itself -------------------------------------------------------

def check_schema(schema):
    jsonschema.Draft7Validator.check_schema(schema)
    for path, item in list(objects(schema, "")):
        for name, field in item.get("properties", {}).items():
            # Fields in conditions are described elsewhere in the schema.
            if not path.endswith(("/if", "/then", "/else")) and \
                    "description" not in field:
                raise ValueError(f"{path}: no description of {name}")


def main():
    words = sys.argv[1:]
    mode = words.pop(0) if words[0].startswith("--") else ""
    schema = load(words.pop(0))
    if mode == "--schema":
        check_schema(schema)
    elif mode == "--spoiled":
        check_spoiled(schema, words)
    else:
        check(schema, words)


try:
    main()
except (AssertionError, KeyError, ValueError,
        jsonschema.ValidationError, jsonschema.SchemaError) as error:
    print(f"{type(error).__name__}: {error}")
    sys.exit(1)
