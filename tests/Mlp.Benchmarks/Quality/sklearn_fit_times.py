#!/usr/bin/env python3
"""Fit seconds of scikit-learn's MLPClassifier or MLPRegressor on the training rows of one set.

Settings are the library's defaults (at most 200 epochs, on mnist 30). Numbers: missing ones become the median, then all are
standardised; categories: one-hot, a missing one is a category, standardised too; images: divided by 255; a number to predict is
standardised. Only fit is on the clock. Prints one line of JSON: set, seconds (median of up to three fits, no new one after 10
seconds), epochs.
"""
import argparse
import csv
import gzip
import json
import os
import statistics
import time
import warnings

import numpy
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor

IMAGES = ("mnist", "fashion_mnist_2k")


def read_table(folder, description):
    """Features [rows x inputs] and labels of the training rows, as the peers see them."""
    path = os.path.join(folder, description["file"])
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == "train"]
    columns = []
    for name in description["numeric"]:
        values = numpy.array([float(row[name]) if row[name] else numpy.nan for row in rows])
        columns.append(numpy.where(numpy.isnan(values), numpy.nanmedian(values), values))
    for name in description["categorical"]:
        values = numpy.array([row[name] for row in rows])
        columns.extend((values == category).astype(float) for category in numpy.unique(values))
    return numpy.column_stack(columns), numpy.array([row["label"] for row in rows])


def read_mnist(folder):
    """The 60,000 official training images."""
    def content(name, header):
        with gzip.open(os.path.join(folder, "mnist", name)) as file:
            return numpy.frombuffer(file.read(), numpy.uint8, offset=header)
    images = content("train-images-idx3-ubyte.gz", 16).reshape(-1, 784)
    return images.astype(float), content("train-labels-idx1-ubyte.gz", 8)


def standardised(values):
    """Mean 0 and standard deviation 1 per column; constant columns become 0."""
    deviation = values.std(axis=0)
    return (values - values.mean(axis=0)) / numpy.where(deviation > 0, deviation, 1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--set", required=True)
    arguments = parser.parse_args()
    with open(os.path.join(arguments.data, "datasets.json"), encoding="utf-8") as file:
        description = next(entry for entry in json.load(file) if entry["name"] == arguments.set)
    mnist = arguments.set == "mnist"
    features, labels = read_mnist(arguments.data) if mnist else read_table(arguments.data, description)
    features = features / 255 if arguments.set in IMAGES else standardised(features)
    regression = description["task"] == "regression"
    if regression:
        labels = standardised(labels.astype(float))
    warnings.simplefilter("ignore", ConvergenceWarning)
    seconds = []
    while len(seconds) < 3 and sum(seconds) < 10:
        net = (MLPRegressor if regression else MLPClassifier)(max_iter=30 if mnist else 200, random_state=len(seconds))
        start = time.perf_counter()
        net.fit(features, labels)
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"set": arguments.set, "seconds": statistics.median(seconds), "epochs": net.n_iter_}))


if __name__ == "__main__":
    main()
