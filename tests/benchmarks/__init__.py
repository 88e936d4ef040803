"""Figures of use, measured in one run and given as ratios: ``python -m tests.benchmarks``."""
