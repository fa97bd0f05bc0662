# SPDX-License-Identifier: Apache-2.0
"""m1bench's kernels beside the libraries that people would use instead; see scripts/compare_peers.py."""
