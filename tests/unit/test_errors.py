"""What is said of a failure that nobody foresaw."""

import duckdb

from pipelines.errors import internal


def test_a_copy_of_other_code_is_told_from_a_fault_and_what_to_do_is_said():
    try:
        duckdb.connect().execute("select * from core.of_later")
    except duckdb.Error as error:
        said = str(internal(error, during="report"))
    assert "autre état du code" in said and "Lancez «cii run»" in said and "of_later" not in said


def test_another_failure_says_where_it_happened_and_quotes_nothing():
    try:
        raise ValueError("756.1234.5678.97")
    except ValueError as error:
        said = str(internal(error, during="report"))
    assert said.startswith("Erreur interne pendant «report» (ValueError en test_errors.py") and "756" not in said
