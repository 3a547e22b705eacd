"""A TensorBoard event file written by PyTorch and read by TensorBoard: python3 make_events.py > events.json (needs tensorboard)"""
import base64
import glob
import json
import math
import os
import tempfile

import torch
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from torch.utils.tensorboard import SummaryWriter

with tempfile.TemporaryDirectory() as directory:
    with SummaryWriter(directory) as writer:
        for step, value in ((0, 0.0), (1, -1.5), (127, math.pi), (128, math.inf), (300, math.nan), (2**31 - 1, 1e-30)):
            writer.add_scalar("loss/train", value, step, walltime=1.7e9 + step)
        writer.add_scalar("Größe", 7.0, 3, walltime=1.7e9)
    (path,) = glob.glob(os.path.join(directory, "*"))
    with open(path, "rb") as file:
        content = file.read()
    events = EventAccumulator(directory)
    events.Reload()
    scalars = {tag: [[event.wall_time, event.step, repr(event.value)] for event in events.Scalars(tag)] for tag in events.Tags()["scalars"]}
print(json.dumps({"torch": torch.__version__, "file": base64.b64encode(content).decode(), "scalars": scalars}, indent=1))
