"""Runs Python scripts that need ctapipe, each in its own process with ctapipe already imported.

Importing ctapipe takes two seconds, a script of the tests often less. This server imports it once and forks for each
request, so that scripts share only the imports. It exits at the end of its standard input.

requests, one JSON object per line: {"args": ["script.py", "one", "two"] or ["-c", "code", ...], "cwd": "/...", "env": {...}}
answers, one per line:              {"stdout": "...", "stderr": "...", "status": 0}
"""

import json
import os
import runpy
import signal
import sys
import tempfile
import traceback

# One thread per process: threads do not survive a fork, and other tests run on the other cores.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS", "NUMBA_NUM_THREADS", "BLOSC_NTHREADS"):
    os.environ[name] = "1"

import numba  # noqa: E402

# Cache the compiled code of all numba functions on disk. ctapipe does so for some only, the others take seconds to compile.
_njit = numba.njit
numba.njit = lambda *args, **options: _njit(*args, **{"cache": True, **options})

import ctapipe.io  # noqa: E402, F401
import ctapipe.tools.process  # noqa: E402, F401
import eventio  # noqa: E402, F401

LONGEST = 300  # seconds, after which a script is killed so that it does not block the others


def execute(args):
    """Executes a script as `python args` does."""
    if args[0] == "-c":
        sys.argv = ["-c", *args[2:]]
        sys.path.insert(0, "")
        exec(compile(args[1], "<string>", "exec"), {"__name__": "__main__"})
    else:
        sys.argv = list(args)
        sys.path.insert(0, os.path.dirname(os.path.abspath(args[0])))
        runpy.run_path(args[0], run_name="__main__")


def child(request, out, err):
    """Executes a request in the forked process and returns its exit status."""
    signal.alarm(LONGEST)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    try:
        os.chdir(request["cwd"])
        os.environ.update(request["env"])
        sys.path[1:1] = [path for path in request["env"].get("PYTHONPATH", "").split(os.pathsep) if path]
        execute(request["args"])
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return status


def answer(request):
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        pid = os.fork()
        if pid == 0:
            os._exit(child(request, out, err))
        _, ended = os.waitpid(pid, 0)
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode())
        return {"stdout": texts[0], "stderr": texts[1], "status": os.waitstatus_to_exitcode(ended)}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
