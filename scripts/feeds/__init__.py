# SPDX-License-Identifier: Apache-2.0
"""What scripts/check_feeds and the tests of the feeds share."""
