"""Write plugin-traits.json: the traits that the classes of ctapipe's plugins for zfits files add, with their defaults.

Run with a Python that has ctapipe_io_lst 0.31.1 and ctapipe_io_zfits 0.5.0, and with one that has ctapipe_io_nectarcam 0.2.4:
    python make_plugin_traits.py ctapipe_io_lst ctapipe_io_lst.multifiles ctapipe_io_zfits.dl0 ctapipe_io_zfits.multifile
    python make_plugin_traits.py ctapipe_io_nectarcam
"""

import importlib
import inspect
import json
import pathlib
import sys

from ctapipe.core import Component
from ctapipe.core.telescope_component import TelescopeParameter

FILE = pathlib.Path(__file__).with_name("plugin-traits.json")


def plain(trait):
    default = trait.default()
    if isinstance(trait, TelescopeParameter) and default is not None:
        default = default[0][2]
    if isinstance(default, str) and "/" in default:  # a file of the plugin
        return pathlib.Path(default).name
    if default is None or isinstance(default, (bool, int, str)):
        return default
    # Longitudes and latitudes went through a conversion.
    return round(float(default), 9)


traits = json.loads(FILE.read_text()) if FILE.exists() else {}
for name in sys.argv[1:]:
    module = importlib.import_module(name)
    package = name.split(".")[0]
    for cls in vars(module).values():
        if inspect.isclass(cls) and issubclass(cls, Component) and cls.__module__.startswith(package):
            own = {k: t for k, t in cls.class_traits(config=True).items() if t.this_class.__module__.startswith(package)}
            traits.setdefault(package, {})[cls.__name__] = {key: plain(trait) for key, trait in sorted(own.items())}
FILE.write_text(json.dumps(traits, indent=1, sort_keys=True) + "\n")
