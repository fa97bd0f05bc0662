# SPDX-License-Identifier: Apache-2.0
"""The parts of scripts/aa-study: how often does m1bench call identical code different?"""
