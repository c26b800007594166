#!/usr/bin/env python3
"""Logarithms of factorials, and probabilities of Poisson and normal distributions, from scipy.

usage: make_random_reference.py OUTPUT.json   (with a Python that has scipy)
"""
import json
import sys

import numpy as np
from scipy.special import gammaln
from scipy.stats import chi2, norm, poisson

n = [0, 1, 2, 5, 10, 15, 16, 17, 30, 100, 1000, 123456, 10**9]
poisson_cases = []
for mean in (0.1, 1, 4.5, 9.99, 10, 11.3, 30, 200, 5000):
    # bins of about equal probability; the last one is open
    edges = sorted({int(poisson.ppf(p, mean)) for p in np.arange(0.05, 1, 0.05)})
    cdf = poisson.cdf(edges, mean)
    poisson_cases.append(dict(mean=mean, edges=edges, probabilities=np.diff([0, *cdf, 1]).tolist()))
edges = np.linspace(-2.5, 2.5, 21)
reference = dict(
    # by number of bins: the chi square that a correct distribution exceeds with a probability of 1 in 10 000
    chi_square_limits=[float(chi2.ppf(0.9999, max(bins - 1, 1))) for bins in range(25)],
    log_factorial=[[int(k), float(gammaln(k + 1))] for k in n],
    poisson=poisson_cases,
    normal=dict(edges=edges.tolist(), probabilities=np.diff([0, *norm.cdf(edges), 1]).tolist()),
)
with open(sys.argv[1], "w") as output:
    json.dump(reference, output)
    output.write("\n")
