"""Writes warps.json: images flipped, rotated and shifted by PyTorch's grid_sample (bilinear, zeros outside), in double precision.

Run: python3 make_transforms.py (PyTorch 1.13.1).
"""
import json
import math
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(5)


def warp(image, flip_x, flip_y, degrees, shift_x, shift_y):
    """Flip, then rotate counter-clockwise as seen, then shift right and down, each about the middle of the image."""
    height, width = image.shape[1:]
    flip = torch.tensor([[-1.0 if flip_x else 1.0, 0, 0], [0, -1.0 if flip_y else 1.0, 0], [0, 0, 1]]).double()
    angle = math.radians(degrees)
    rotate = torch.tensor([[math.cos(angle), math.sin(angle), 0], [-math.sin(angle), math.cos(angle), 0], [0, 0, 1]]).double()
    shift = torch.tensor([[1, 0, shift_x], [0, 1, shift_y], [0, 0, 1]]).double()
    back = torch.linalg.inv(shift @ rotate @ flip)
    y, x = torch.meshgrid(torch.arange(height).double() - (height - 1) / 2, torch.arange(width).double() - (width - 1) / 2, indexing="ij")
    at = torch.stack([x, y, torch.ones_like(x)], -1) @ back.T
    # grid_sample's coordinates without aligned corners: -1 and 1 are the outer edges of the pixels.
    grid = torch.stack([at[..., 0] * 2 / width, at[..., 1] * 2 / height], -1)
    return F.grid_sample(image[None], grid[None], mode="bilinear", padding_mode="zeros", align_corners=False)[0]


cases = []
for shape, arguments in [
    ((1, 4, 5), (False, False, 0.0, 1.0, -2.0)),
    ((2, 5, 4), (False, False, 0.0, 0.75, 0.25)),
    ((1, 5, 5), (False, False, 90.0, 0.0, 0.0)),
    ((3, 6, 5), (False, False, 17.5, 0.0, 0.0)),
    ((1, 4, 6), (True, False, 0.0, 0.0, 0.0)),
    ((1, 4, 6), (False, True, 0.0, 0.0, 0.0)),
    ((2, 7, 6), (True, True, -33.0, -1.3, 2.6)),
    ((1, 1, 5), (True, False, 5.0, 0.4, 0.1)),
]:
    image = torch.randn(*shape).mul(8).round().div(16).double()
    cases.append({
        "shape": shape, "flipX": arguments[0], "flipY": arguments[1], "degrees": arguments[2], "shiftX": arguments[3], "shiftY": arguments[4],
        "image": image.flatten().tolist(), "warped": warp(image, *arguments).flatten().tolist(),
    })

pathlib.Path(__file__).with_name("warps.json").write_text(json.dumps(cases, indent=1) + "\n")
