# SPDX-License-Identifier: Apache-2.0
"""Other people's implementations of what m1bench computes; see scripts/make_golden.py."""
