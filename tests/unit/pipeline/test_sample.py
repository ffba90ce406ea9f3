"""The project that is made to make others ready."""

import subprocess
import sys

from kapm_site.pipeline.sample import make_sample


def test_it_is_sound_and_has_all_its_files() -> None:
    """A change of the vocabulary that it does not follow would make nothing ready."""
    made = make_sample()
    assert (made.sound, made.problems, made.faults) == (True, [], [])
    assert {file.path.rpartition("/")[2] for file in made.files} >= {"index.html", "status.json", "risks.csv"}


def test_processes_are_copied_from_one_that_has_made_it() -> None:
    """The validators of the vocabulary are there before the first project."""
    program = (
        "import kapm_site.pipeline.preload\nfrom kapm_site.model.plan import Plan\nprint(Plan.__pydantic_complete__)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
