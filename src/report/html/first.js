// SPDX-License-Identifier: Apache-2.0
// Before anything is shown: what needs scripts appears.
document.documentElement.classList.add("scripted");
