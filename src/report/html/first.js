// SPDX-License-Identifier: Apache-2.0
// Before anything is shown: what needs scripts appears, and what scripts take over is not laid out in vain.
document.documentElement.classList.add("scripted");
