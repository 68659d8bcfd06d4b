"""Sidecar, table and name of a file: put together, time zones kept, conflicts listed, errors with a place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from callcoach.archive.folder_csv import check_names, find_metadata, sides_of
from callcoach.archive.name_patterns import read_rules
from callcoach.core import CallType, Role
from callcoach.core.errors import BadMetadata, BadSettings

RULES = r"""
[[source]]
name = "phone"
files = "phone/**"
time_zone = "Europe/London"
time_format = "%Y%m%d-%H%M%S"
pattern = '(?P<started_at>\d{8}-\d{6})_(?P<rep>[^_]+)_(?P<direction>in|out)_(?P<source_id>\w+)$'
own_extensions = '2\d{3}'
people = "people.csv"
[source.channels]
left = "rep"
[source.values.direction]
in = "inbound"
out = "outbound"

[[source]]
name = "meetings"
files = "meetings/*/*"
csv = "meetings/export.csv"
own_domains = ["firm.example"]
[source.columns]
file = "Recording"
started_at = "Start (UTC)"
participants = "Who"
"""
PEOPLE = "id,name,extension,from,to\nana,Ana Okoro,2041,,\nben,Ben Tal,2042,,\n"


@pytest.fixture
def archive(tmp_path) -> Path:
    for name in ("phone/2026", "meetings/m1", "loose"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "archive.toml").write_text(RULES, encoding="utf-8")
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    return tmp_path


def found(archive: Path, name: str):
    path = archive / name
    path.touch()
    return find_metadata(path, rules=read_rules(archive / "archive.toml"))


def test_a_name_says_who_when_and_which_way(archive) -> None:
    known = found(archive, "phone/2026/20260914-103000_2041_out_c77.wav")
    assert known.metadata.started_at == datetime(2026, 9, 14, 9, 30, tzinfo=UTC)
    assert (known.metadata.rep, known.raw_rep, known.rep_known) == ("Ana Okoro", "2041", True)
    assert (known.direction, known.metadata.source_id, known.source) == ("outbound", "c77", "phone")
    assert known.metadata.channels == {"left": Role.REP, "right": Role.CUSTOMER}
    assert known.conflicts == ()


def test_a_rep_nobody_knows_stays_as_written(archive) -> None:
    known = found(archive, "phone/20260914-103000_9999_in_c1.wav")
    assert (known.metadata.rep, known.rep_known) == ("9999", False)


def test_a_name_that_does_not_fit_says_nothing(archive) -> None:
    known = found(archive, "phone/whatever.wav")
    assert known.metadata.started_at is None
    assert known.metadata.rep is None


def test_an_hour_that_came_twice_is_a_doubt_and_one_that_never_came_an_error(archive) -> None:
    twice = found(archive, "phone/20261025-013000_2041_in_c1.wav")
    assert twice.metadata.started_at.utcoffset() == timedelta(hours=1)
    assert "twice" in twice.doubts[0]
    with pytest.raises(BadMetadata, match="the clocks of Europe/London showed"):
        found(archive, "phone/20260329-013000_2041_in_c2.wav")


def test_a_time_without_any_zone_is_an_error(archive) -> None:
    (archive / "loose" / "callcoach.csv").write_text("file,started_at\na.wav,2026-09-14T10:00:00\n", "utf-8")
    with pytest.raises(BadMetadata, match=r"callcoach.csv, row 2, column started_at: needs a time zone"):
        found(archive, "loose/a.wav")


def test_a_table_of_another_system_is_read_by_its_own_headings(archive) -> None:
    (archive / "meetings" / "export.csv").write_text(
        "Recording,Start (UTC),Who,Cost\n"
        "m1/all.m4a,2026-09-14T10:00:00+00:00,Ana Okoro <ana@firm.example>; Lee <lee@buyer.example>,3\n"
        "m1/us.m4a,2026-09-15T10:00:00+00:00,ana@firm.example; ben@uk.firm.example,3\n",
        "utf-8",
    )
    rules = read_rules(archive / "archive.toml")
    known = found(archive, "meetings/m1/all.m4a")
    assert known.scope == "external"
    sides = sides_of(known, rules.of(archive / "meetings/m1/all.m4a"))
    assert sides["Ana Okoro"] is sides["ana@firm.example"] is Role.REP
    assert sides["Lee"] is Role.CUSTOMER
    assert found(archive, "meetings/m1/us.m4a").scope == "internal"


def test_the_sidecar_comes_first_and_every_conflict_is_listed(archive) -> None:
    (archive / "phone" / "callcoach.csv").write_text(
        "file,account,rep,call_type\n20260914-103000_2041_in_c1.wav,Larkspur,Ben Tal,demo\n", "utf-8"
    )
    (archive / "phone" / "20260914-103000_2041_in_c1.wav.callcoach.json").write_text(
        '{"started_at": "2026-09-14T11:45:00+01:00", "account": "Larkspur Ltd"}', "utf-8"
    )
    known = found(archive, "phone/20260914-103000_2041_in_c1.wav")
    assert known.metadata.account == "Larkspur Ltd"
    assert known.metadata.rep == "Ben Tal"
    assert known.metadata.call_type is CallType.DEMO
    assert {c.key for c in known.conflicts} == {"started_at", "account", "rep"}
    assert any("row 2 says 'Larkspur'" in str(c) for c in known.conflicts)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("call_type,pitch", "row 3, column call_type: needs"),
        ("direction,sideways", "row 3, column direction: needs one of inbound, outbound; found 'sideways'"),
        ("started_at,yesterday", "row 3, column started_at: needs a time such as"),
        ("first_meeting,perhaps", "row 3, column first_meeting: needs one of"),
        ("channels,left=boss", "row 3, column channels: needs"),
    ],
)
def test_a_wrong_cell_names_file_row_and_column(archive, cell: str, said: str) -> None:
    column, value = cell.split(",", 1)
    table = archive / "loose" / "callcoach.csv"
    table.write_text(f"file,{column}\nother.wav,\na.wav,{value}\n", "utf-8")
    with pytest.raises(BadMetadata) as caught:
        found(archive, "loose/a.wav")
    assert caught.value.message.startswith("callcoach.csv")
    assert said in caught.value.message


def test_a_file_that_is_in_a_table_twice_is_an_error(archive) -> None:
    (archive / "loose" / "callcoach.csv").write_text("file,rep\na.wav,Ana\na.wav,Ben\n", "utf-8")
    with pytest.raises(BadMetadata, match="row 3, column file: needs a file once; row 2 has it, too"):
        found(archive, "loose/a.wav")


def test_a_changed_table_is_read_again(archive) -> None:
    table = archive / "loose" / "callcoach.csv"
    for rep in ("Ana", "Benjamin"):
        table.write_text(f"file,rep\na.wav,{rep}\n", "utf-8")
        import os

        os.utime(table, ns=(len(rep), len(rep)))
        assert found(archive, "loose/a.wav").metadata.rep == rep


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("", r"needs one \[\[source\]\] block"),
        ("[[sorce]]\nname='x'", "unknown key 'sorce'; the nearest known one is 'source'"),
        ("[[source]]\nname='x'\npatern='a'", "unknown key 'patern'; the nearest known one is 'pattern'"),
        ("[[source]]\nname='x'\npattern='(?P<agnt>a)'", "has the group 'agnt'"),
        ("[[source]]\nname='x'\npattern='('", "must be a regular expression"),
        ("[[source]]\nname='x'\ntime_zone='Mars/Crater'", "time_zone must be a name such as"),
        ("[[source]]\nname='x'\n[source.values.when]\na='b'", "unknown key 'when'"),
        ("[[source]]\nfiles='x'", "needs a name"),
        ("not toml [", "must be a readable TOML file"),
    ],
)
def test_rules_that_cannot_be_used_say_where(tmp_path, rules: str, said: str) -> None:
    path = tmp_path / "archive.toml"
    path.write_text(rules, "utf-8")
    with pytest.raises(BadSettings, match=said):
        read_rules(path)


def test_checking_names_shows_what_was_understood_per_source(archive) -> None:
    names = ["phone/20260914-103000_2041_in_c1.wav", "phone/odd.wav", "elsewhere.wav"]
    paths = []
    for name in names:
        (archive / name).touch()
        paths.append(archive / name)
    report = check_names(paths, read_rules(archive / "archive.toml"))
    assert (report["phone"]["files"], report["no source"]["understood"]) == (2, 0)
    assert report["phone"]["examples"][0][1].metadata.rep == "Ana Okoro"
