"""The scalars that TensorBoard itself finds in a directory of event files: python3 read_events.py DIRECTORY (needs tensorboard)"""
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

events = EventAccumulator(sys.argv[1])
events.Reload()
for tag in sorted(events.Tags()["scalars"]):
    print(tag, [(event.step, event.value) for event in events.Scalars(tag)])
