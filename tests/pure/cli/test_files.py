"""How an answer is written to where it was asked for: whole or not at all, and nowhere else."""

import os
import threading

import pytest

from hub.cli.files import write_whole


def names_in(folder):
    return {one.name for one in folder.iterdir()}


def test_a_file_is_replaced_and_keeps_who_may_read_it(tmp_path):
    there = tmp_path / "out.json"
    there.write_text("old")
    there.chmod(0o600)
    write_whole(there, "new")
    assert (there.read_text(), there.stat().st_mode & 0o777) == ("new", 0o600)
    assert names_in(tmp_path) == {"out.json"}


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_stays_a_link(tmp_path, is_there):
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    if is_there:
        target.write_text("old")
    link.symlink_to(target)
    write_whole(link, "new")
    assert (link.is_symlink(), target.read_text()) == (True, "new")


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_text()), daemon=True)
    reader.start()
    write_whole(pipe, "new")
    reader.join(timeout=10)
    assert (heard, pipe.is_fifo()) == (["new"], True)


@pytest.mark.parametrize("name", ["folder", "missing/out.json", "file/out.json"])
def test_a_failure_names_the_path_that_was_asked_for(tmp_path, name):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("old")
    with pytest.raises(OSError, match="irectory") as failing:
        write_whole(tmp_path / name, "new")
    assert failing.value.filename == str(tmp_path / name)
    assert names_in(tmp_path) == {"file", "folder"}
