#!/usr/bin/env python3
"""Writes samples/Data/cars.csv from the copy that Debian's python3-vega-datasets carries (see samples/Data/ORIGIN.md).

Numbers and words are passed on as they stand in the source; cars of which a number is missing are left out, the maker is the first word of the
name, and the label comes last.  Usage: /usr/bin/python3 eng/data/make-cars.py [cars.json]
"""
import csv
import json
import sys
from pathlib import Path

SOURCE = "/usr/lib/python3/dist-packages/vega_datasets/_data/cars.json"
TARGET = Path(__file__).resolve().parents[2] / "samples" / "Data" / "cars.csv"
NUMBERS = {"displacement": "Displacement", "horsepower": "Horsepower", "weight": "Weight_in_lbs", "acceleration": "Acceleration"}


def main():
    cars = json.loads(Path(sys.argv[1] if len(sys.argv) > 1 else SOURCE).read_text())
    complete = [car for car in cars if all(value is not None for value in car.values())]
    with open(TARGET, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*NUMBERS, "year", "cylinders", "origin", "maker", "mpg"])
        for car in complete:
            writer.writerow([
                *(car[name] for name in NUMBERS.values()), car["Year"][:4], car["Cylinders"], car["Origin"], car["Name"].split()[0], car["Miles_per_Gallon"]])
    print(f"{TARGET.name}: {len(complete)} rows")


if __name__ == "__main__":
    main()
