"""The people file: one person by many names, on the days they had them; complaints name row and column."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from callcoach.archive.people import import_people, read_people
from callcoach.core import LOCAL_OWNER
from callcoach.core.errors import BadMetadata

TABLE = """id,name,email,agent_id,extension,aliases,team,role,from,to
ana,Ana Okoro,ana@firm.example,A17,2041,Ana O.;AOKORO,north,rep,2024-01-01,2024-06-30
ben,Ben Tal,ben@firm.example,B02,2041,,north,Manager,2024-07-01,
cem,Cem Ates,cem@firm.example,C09,,,,,,
"""


def people_file(folder: Path, text: str = TABLE) -> Path:
    path = folder / "people.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("raw", ["ana okoro", "ANA@firm.example", "Ana O.", "  aokoro ", "ana"])
def test_a_person_is_found_by_every_name(tmp_path, raw: str) -> None:
    assert [p.name for p in read_people(people_file(tmp_path)).find(raw)] == ["Ana Okoro"]


def test_an_extension_is_whose_it_was_on_the_day(tmp_path) -> None:
    people = read_people(people_file(tmp_path))
    assert [p.id for p in people.find("2041", day=date(2024, 6, 30))] == ["ana"]
    assert [p.id for p in people.find("2041", day=date(2024, 7, 1))] == ["ben"]
    assert people.find("2041") == ()
    assert [p.id for p in people.find("C09")] == ["cem"]


def test_what_nobody_is_known_by_is_counted_most_frequent_first(tmp_path) -> None:
    people = read_people(people_file(tmp_path))
    raws = ["x9", "Ana O.", "x9", "q", "zz", "zz", "zz"]
    assert people.unmatched(raws, n=2) == (("zz", 3), ("x9", 2))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("dee,,d@f.example,,,,,,,", "row 5, column name"),
        (",Dee Park,,,,,,,,", "row 5, column id"),
        ("dee,Dee Park,,,,,,boss,,", "row 5, column role: needs one of rep, manager"),
        ("dee,Dee Park,,,,,,rep,soon,", "row 5, column from: needs a day such as 2026-09-14; found 'soon'"),
        ("dee,Dee Park,,,,,,rep,2024-02-01,2024-01-01", "row 5, column to: needs a day not before"),
        ("dee,Dee Park,,,,,,rep,,,extra", "row 5: must have at most 10 values"),
        ("ana,Anna Smith,,,,,,,,", "'ana' has two names"),
    ],
)
def test_a_wrong_row_names_file_row_and_column(tmp_path, row: str, said: str) -> None:
    with pytest.raises(BadMetadata) as caught:
        read_people(people_file(tmp_path, TABLE + row + "\n"))
    assert caught.value.message.startswith("people.csv")
    assert said in caught.value.message


def test_an_unknown_column_names_the_nearest(tmp_path) -> None:
    with pytest.raises(BadMetadata, match="unknown column 'e-mail'; the nearest known one is 'email'"):
        read_people(people_file(tmp_path, "id,name,e-mail\n1,A,b@c.d\n"))


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_and_a_byte_order_mark_read_the_same(tmp_path, separator: str) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f"id{separator}name\nana{separator}Ana Okoro\n", encoding="utf-8-sig")
    assert read_people(path).find("ana okoro")[0].id == "ana"


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00x"])
def test_damaged_tables_are_metadata_errors(tmp_path, data: bytes) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(data)
    with pytest.raises(BadMetadata, match=r"people\.csv"):
        read_people(path)


def test_importing_puts_everybody_with_all_names_into_the_store(tmp_path) -> None:
    from callcoach.store import Store

    moved = TABLE + "cem,Cem Ates,,C10,2099,Mr Cem,,,,\n"
    with Store.open(f"sqlite:///{tmp_path}/calls.db") as store:
        import_people(store, LOCAL_OWNER, people_file(tmp_path, moved))
        import_people(store, LOCAL_OWNER, people_file(tmp_path, moved))
        known = {p.id: p for p in store.people(LOCAL_OWNER)}
    assert set(known) == {"ana", "ben", "cem"}
    assert {"Mr Cem", "C09", "C10", "2099"} <= set(known["cem"].aliases)
    assert "2041" not in known["ana"].aliases  # handed on: looked up by day instead
    assert known["ben"].firm_role == "manager"
