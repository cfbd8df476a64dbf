"""Every error carries its sentence, the next step and an exit status."""

import pytest

from rooflab.base.errors import ManifestError, RooflabError, SetupError, UsageError


@pytest.mark.parametrize(("kind", "status"), [(UsageError, 2), (SetupError, 3), (ManifestError, 3)])
def test_errors_say_what_is_wrong_and_what_to_do(kind: type[RooflabError], status: int) -> None:
    error = kind("no compiler", "sudo apt-get install g++")
    assert (error.message, error.help, error.exit_status) == (
        "no compiler",
        "sudo apt-get install g++",
        status,
    )
