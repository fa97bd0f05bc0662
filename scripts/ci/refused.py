# SPDX-License-Identifier: Apache-2.0
class Refused(Exception):
    """What came from a pull request is not what m1bench writes. The message says how; it quotes nothing of it."""
