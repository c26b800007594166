"""ctapipe-process with an extension that Cherenkit has: `ImageProcessor.image_cleaner_type` per telescope.

usage: python process_per_telescope.py ARGUMENTS OF ctapipe-process

With the folder of converged.py in PYTHONPATH the timing fit does not depend on its seed.
"""

import sys

import converged  # noqa: F401
import ctapipe.image.image_processor as image_processor
import ctapipe.tools.process as process
from ctapipe.core.traits import ComponentName, TelescopeParameter
from ctapipe.image import ImageCleaner


class CleanersByTelescope:
    """Replaces the cleaner of ImageProcessor by one cleaner per telescope."""

    def __init__(self, parent, subarray):
        self.names = parent.image_cleaner_type.tel
        self.cleaners = {
            name: ImageCleaner.from_name(name, subarray=subarray, parent=parent)
            for name in {self.names[tel_id] for tel_id in subarray.tel}
        }

    @classmethod
    def from_name(cls, _, subarray, parent):
        return cls(parent, subarray)

    def __call__(self, tel_id, **values):
        return self.cleaners[self.names[tel_id]](tel_id=tel_id, **values)


class ImageProcessor(image_processor.ImageProcessor):
    image_cleaner_type = TelescopeParameter(
        trait=ComponentName(ImageCleaner), default_value="TailcutsImageCleaner"
    ).tag(config=True)


image_processor.ImageCleaner = CleanersByTelescope
process.ImageProcessor = ImageProcessor

if __name__ == "__main__":
    sys.argv[0] = "ctapipe-process"
    process.ProcessorTool().run()
