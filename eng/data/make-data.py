#!/usr/bin/env python3
"""Writes samples/Data/*.csv from the copies that Debian's python3-sklearn and python3-statsmodels carry (see samples/Data/ORIGIN.md).

Numbers are passed on as they stand in the source text; only a header, named labels and a common column order
(features first, label last) are added.  Usage: /usr/bin/python3 eng/data/make-data.py [FOLDER OF statsmodels/datasets]
"""
import csv
import gzip
import sys
from pathlib import Path

import sklearn.datasets

SOURCE = Path(sklearn.datasets.__file__).parent / "data"
STATSMODELS = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/lib/python3/dist-packages/statsmodels/datasets")
TARGET = Path(__file__).resolve().parents[2] / "samples" / "Data"

IRIS = ["sepal_length", "sepal_width", "petal_length", "petal_width"]
WINE = ["alcohol", "malic_acid", "ash", "alcalinity_of_ash", "magnesium", "total_phenols", "flavanoids",
        "nonflavanoid_phenols", "proanthocyanins", "color_intensity", "hue", "od280_od315", "proline"]
CELL = ["radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave_points",
        "symmetry", "fractal_dimension"]
DIABETES = ["age", "sex", "bmi", "blood_pressure", "tc", "ldl", "hdl", "tch", "ltg", "glu"]


def lines(name, delimiter=","):
    path = SOURCE / name
    opened = gzip.open(path, "rt") if path.suffix == ".gz" else open(path)
    with opened as file:
        return [[cell.strip() for cell in row] for row in csv.reader(file, delimiter=delimiter)]


def write(name, header, rows):
    with open(TARGET / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(f"{name}: {len(rows)} rows, {len(header)} columns")


def main():
    write("digits.csv", [f"pixel{i}" for i in range(64)] + ["digit"], lines("digits.csv.gz"))

    rows = lines("iris.csv")
    species = rows[0][2:]
    write("iris.csv", IRIS + ["species"], [row[:-1] + [species[int(row[-1])]] for row in rows[1:]])

    rows = lines("wine_data.csv")[1:]
    write("wine.csv", WINE + ["cultivar"], [row[:-1] + [int(row[-1]) + 1] for row in rows])

    rows = lines("breast_cancer.csv")[1:]
    header = [f"{kind}_{name}" for kind in ("mean", "error", "worst") for name in CELL]
    write("breast_cancer.csv", header + ["malignant"], [row[:-1] + [1 - int(row[-1])] for row in rows])

    targets = [f"{float(row[0]):g}" for row in lines("diabetes_target.csv.gz")]
    rows = lines("diabetes_data_raw.csv.gz", " ")
    write("diabetes.csv", DIABETES + ["progression"], [row + [target] for row, target in zip(rows, targets)])

    # The Path on the right is absolute, so that lines() takes it as it is.
    write("sunspots.csv", ["year", "sunspots"], lines(STATSMODELS / "sunspots" / "sunspots.csv")[1:])


if __name__ == "__main__":
    main()
