"""No content of any file makes `kapm check` fall over, and every problem has its place (H1)."""

import pytest
from hypothesis import HealthCheck, given, settings
from mutations import any_file, mutated_bytes, mutated_markdown, mutated_values
from oracle import check_files
from seeds import Changed, Files, seeds

pytestmark = pytest.mark.promise("H1")

#: Inputs are large, and the first ones read the examples.
patient = settings(max_examples=60, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("files", seeds(), ids=max)
def test_what_the_inputs_are_made_of_is_good(files: Files) -> None:
    """Else all of them would stop at the same error."""
    assert not [problem for problem in check_files(files) if problem.severity == "error"]


@given(any_file())
@patient
def test_any_bytes_in_the_place_of_a_file(changed: Changed) -> None:
    """Random ones, texts in odd encodings, and what is nearly YAML."""
    check_files(changed.files, repr(changed))


@given(mutated_bytes())
@patient
def test_a_good_file_with_some_bytes_changed(changed: Changed) -> None:
    """As a failing disk, a bad merge or a slip of the hand leaves it."""
    check_files(changed.files, repr(changed))


@given(mutated_values())
@patient
def test_a_good_file_with_some_values_changed(changed: Changed) -> None:
    """Valid YAML, whose values are of another kind, at the edge of their range, or doubled."""
    check_files(changed.files, repr(changed))


@given(mutated_markdown())
@patient
def test_a_good_file_with_awkward_markdown(changed: Changed) -> None:
    """In updates and in the fields of registers."""
    check_files(changed.files, repr(changed))
